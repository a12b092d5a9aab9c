/**
 * Actions that one person alone cannot have done: a call becomes a request, kept by an aggregate of its own, and is
 * carried out when a second person has approved it. Nobody is exempt for being an administrator or a program; exempt
 * is only what the mall sends itself: timers, and what was approved. That is said in meta, which no request can set,
 * and it holds for one call: it is not handed on to the calls that the action makes.
 */
import type { ActionContract, Receipt, WriteMark } from "../../models/kernel/contract";
import { derivedId } from "../../models/kernel/ids";
import { isRefusal } from "../../models/kernel/refusal";
import type { CallMeta, Caller } from "./call";

/** The action that keeps a request, and the one that tells how it stands. */
const REQUEST = "approval.request";
const LOOK = "approval.get";

/** What a caller gets in place of the action's own answer. */
export interface Pending {
  readonly approval: { readonly id: string; readonly status: string };
  /** The request itself, for queries that must see it. */
  readonly wrote: WriteMark;
}

export const isPending = (result: unknown): result is Pending =>
  typeof result === "object" && result !== null && "approval" in result;

/** Whoever holds the mall's secret could sign for two: not by a role, which somebody else has given. */
const isOperator = ({ permissions }: CallMeta["principal"]): boolean => permissions.includes("*");
const isForMall = ({ grants = [] }: CallMeta["principal"]): boolean => grants.some(({ party }) => party === null);

/** True for a person of the mall of whom nobody has approved what they do: for aggregates that keep count of that. */
export const actsAlone = ({ exempt, principal }: CallMeta): boolean =>
  exempt === undefined && isForMall(principal) && !isOperator(principal);

export function needsSecond(
  { fourEyes }: Pick<ActionContract, "fourEyes">,
  { exempt, principal }: CallMeta,
  params: object,
): boolean {
  if (fourEyes === undefined || fourEyes === "by-state" || exempt !== undefined) return false;
  const forMall = isForMall(principal);
  return fourEyes === true || (fourEyes(params as never, { forMall }) && !isOperator(principal));
}

/** True where the aggregate itself has said that this takes a second person. */
export const wantsSecond = ({ fourEyes }: Pick<ActionContract, "fourEyes">, error: unknown): boolean =>
  fourEyes === "by-state" && isRefusal(error, "SECOND_PERSON");

export interface Asked {
  readonly name: string;
  readonly params: object;
  readonly meta: CallMeta & { readonly commandId: string };
}

/** Keeps the call as a request; asked again under the same key, it tells how that request stands. */
export async function requestApproval(caller: Caller, { name, params, meta }: Asked): Promise<Pending> {
  const { principal, trace, commandId, expectedVersion } = meta;
  const { id: by, permissions, grants = [] } = principal;
  const requester = { id: by, permissions: [...permissions], grants: grants.map((grant) => ({ ...grant })) };
  const known = { action: name, params, requester, ...(expectedVersion !== undefined && { expectedVersion }) };
  const as = { principal: { id: by, permissions: [REQUEST, "approval.read"] }, trace };
  const made = await caller.call(REQUEST, known, { meta: { ...as, commandId: derivedId("four-eyes", commandId) } });
  const { id, wrote } = made as Receipt;
  const { status } = (await caller.call(LOOK, { id }, { meta: as })) as { status: string };
  return { approval: { id, status }, wrote };
}
