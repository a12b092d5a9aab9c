/**
 * Calls between services, typed by the contracts: `typed(ctx)("product.get", { id })` knows its params and result.
 * What goes along with every call (who, why, in whose name) travels in Moleculer's meta, under these names.
 */
import type { Call, WriteMark } from "../../models/kernel/contract";
import { derivedId } from "../../models/kernel/ids";

/** A role that somebody holds: its permissions, for what is the party's and lies in the channels. */
export interface Grant {
  readonly role: string;
  /** A seller's id, or the account's own; null is the whole mall. */
  readonly party: string | null;
  /** Ids of channels. Left out: all of them. Else nothing but what an action does in these. */
  readonly channels?: readonly string[];
}

export interface Principal {
  /** `anonymous` for somebody who has not logged in. */
  readonly id: string;
  /** `product.write`, for everything in the mall; `*` is every permission. */
  readonly permissions: readonly string[];
  readonly grants?: readonly Grant[];
  /** Of a program's key: of what the account may do, only these permissions. */
  readonly scopes?: readonly string[];
  /** The session that the request was made in. */
  readonly session?: { readonly id: string; readonly family: string };
}

export const ANONYMOUS: Principal = { id: "anonymous", permissions: [] };

export interface CallMeta {
  readonly principal: Principal;
  /** Names the request in logs and problems. */
  readonly trace: string;
  /** Where the request came from, for procedures that count what comes from one place: `192.0.2.7`. */
  readonly address?: string;
  /** From `Stoa-Visitor`: the id that the browser made up, for queries that go by what it did. */
  readonly visitorId?: string;
  /** `H(principal, action, Idempotency-Key)`, or random: what makes a repeated command one version. */
  readonly commandId?: string;
  /** From `If-Match`: the command is refused unless the aggregate stands at this version. */
  readonly expectedVersion?: number;
  readonly onBehalfOf?: string;
  /** Not a person's call, so no second person is asked: see four-eyes.ts. Holds for this one call. */
  readonly exempt?: "approved" | "timer";
  /** `<aggregate>/<id>@<version>` and the stamp of the commit that caused this command. */
  readonly causedBy?: string;
  readonly hlc?: string;
  /** Business time; only with the permission `time.backdate`. */
  readonly occurredAt?: string;
  /** What the caller wrote and wants to see: queries wait for it. */
  readonly after?: readonly WriteMark[];
}

/** Anything that can call: a broker or a context. */
export interface Caller {
  call(action: string, params: object, options: { meta: CallMeta }): Promise<unknown>;
}

export type TypedCall<Calls> = <N extends keyof Calls & string>(
  action: N,
  params: Calls[N] extends Call ? Calls[N]["params"] : never,
) => Promise<Calls[N] extends Call ? Calls[N]["result"] : never>;

/** The one place where the compiler is told what an action returns; the contract tests hold it true. */
export const typed =
  <Calls>(caller: Caller, meta: CallMeta): TypedCall<Calls> =>
  (action, params) =>
    caller.call(action, params, { meta }) as never;

/**
 * In the name of the mall itself, with the id of who asked: for the steps of a procedure, whose own permission was
 * checked. `step` tells the steps' commands apart, and is the same when the procedure is repeated.
 */
export const asMall = (meta: CallMeta, step: string, by?: string): CallMeta => ({
  principal: { id: by ?? meta.principal.id, permissions: ["*"] },
  trace: meta.trace,
  ...(meta.commandId === undefined ? {} : { commandId: derivedId("step", meta.commandId, step) }),
});

/** What a query's function is given beside its params. */
export interface QueryContext {
  readonly meta: CallMeta;
  /** Of queries of the read side: whether the caller holds a permission for what is this party's; null: the mall's. */
  readonly holds?: (permission: string, party: string | null) => boolean;
}
