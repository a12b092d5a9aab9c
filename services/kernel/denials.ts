/**
 * Denied attempts are facts: who tried what, whose, why not, when. Each is durable before it is answered, unless the
 * store takes longer than a second; past the bounds of denial-bounds.ts they are counted instead. Facts never hold
 * params, but for what looks like an id under the names of owner and key.
 */
import type { Logger } from "pino";
import type { ServiceSchema } from "moleculer";
import type { ActionContract } from "../../models/kernel/contract";
import {
  DENIAL_TYPES,
  denialContract,
  type Denial,
  type ListDenials,
  type ListedDenials,
} from "../../models/kernel/denial.contract";
import { createFactWriter, factId, type FactStore } from "../../models/kernel/facts";
import { ID_PATTERN } from "../../models/kernel/ids";
import { isRefusal, type Refusal } from "../../models/kernel/refusal";
import type { Iso } from "../../models/kernel/row";
import { ANONYMOUS, type Principal } from "./call";
import { createDenialBounds } from "./denial-bounds";
import { listFacts } from "./fact-list";
import type { Roles } from "./permission";
import { queryService } from "./service";
import { backoffMs, reasonOf, wait, within } from "./wait";

export interface Attempt {
  readonly name: string;
  readonly action: Pick<ActionContract, "owner" | "key"> | undefined;
  readonly params: unknown;
  readonly principal: Principal | undefined;
  readonly trace: string | undefined;
  readonly error: unknown;
}

/** Told every failure of an action; keeps those that are denials. Never rejects; waits for the store for a moment. */
export type Denied = (attempt: Attempt) => Promise<void>;

export interface Denials {
  readonly denied: Denied;
  /** Keeps what was only counted so far. */
  flush(): Promise<void>;
  stop(): Promise<void>;
}

export interface DenialsOptions {
  readonly store: FactStore<Denial>;
  readonly now: () => Iso;
  readonly log: Logger;
}

export const DENIALS = { collection: "denials", indexed: ["principal", "action"], keptDays: 90 } as const;

const FLUSH_MS = 60_000;
const DURABLE_WITHIN_MS = 1_000;
const REASON_MAX = 500;

/** Only what looks like an id: whatever else was sent is none of a fact's business. */
function idIn(params: unknown, field: string | undefined): string | null {
  if (field === undefined || typeof params !== "object" || params === null) return null;
  const value = (params as Readonly<Record<string, unknown>>)[field];
  return typeof value === "string" && ID_PATTERN.test(value) ? value : null;
}

const isDenial = (type: string | undefined): type is Denial["type"] =>
  (DENIAL_TYPES as readonly (string | undefined)[]).includes(type);

/** The refusal, when it denies this action; a denial of an action that it called is kept where it happened. */
function refusalOf({ name, error }: Attempt): Pick<Denial, "type" | "reason"> | null {
  if (!isRefusal(error)) return null;
  const { type, message, data = {} } = error as Partial<Refusal>;
  if (!isDenial(type)) return null;
  const { action = name } = data as { action?: string };
  return action === name ? { type, reason: (message ?? "").slice(0, REASON_MAX) } : null;
}

function denialOf(attempt: Attempt, at: Iso): Denial | null {
  const refusal = refusalOf(attempt);
  if (!refusal) return null;
  const { name, action, params, principal = ANONYMOUS, trace = null } = attempt;
  const owner = typeof action?.owner === "object" ? action.owner.field : undefined;
  const whom = { owner: idIn(params, owner), thing: idIn(params, action?.key) };
  return {
    _id: factId(at),
    at,
    ...refusal,
    principal: principal.id,
    action: name,
    ...whom,
    trace,
    count: 1,
    since: at,
  };
}

export function createDenials({ store, now, log }: DenialsOptions): Denials {
  const stopping = new AbortController();
  const pause = (attempt: number): Promise<void> => wait(backoffMs(attempt, 100, 5_000), stopping.signal);
  const writer = createFactWriter({ store, pause });
  const bounds = createDenialBounds();
  const keep = (denial: Denial): Promise<void> =>
    within(DURABLE_WITHIN_MS, "Keeping a denial", writer.write(denial)).catch((error: unknown) =>
      log.warn({ reason: reasonOf(error), denial }, "A denied attempt may not have been kept"),
    );
  const flush = async (): Promise<void> => {
    await Promise.all(bounds.counted().map((denial) => keep({ ...denial, _id: factId(denial.at) })));
  };
  const timer = setInterval(() => void flush(), FLUSH_MS);
  timer.unref();
  return {
    async denied(attempt) {
      const denial = denialOf(attempt, now());
      if (denial && bounds.admit(denial)) await keep(denial);
    },
    flush,
    async stop() {
      clearInterval(timer);
      await flush();
      stopping.abort();
      await writer.stop();
    },
  };
}

/** Answers `denial.list`. */
export function denialService(store: FactStore<Denial>, roles: Roles): ServiceSchema {
  const list = ({ principal, action, ...page }: ListDenials): Promise<ListedDenials> =>
    listFacts(store, { where: { principal, action }, ...page });
  return queryService({ name: "denial", contracts: [denialContract], queries: { "denial.list": list }, roles });
}
