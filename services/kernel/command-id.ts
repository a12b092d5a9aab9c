/**
 * Names that are worked out instead of drawn. A repeated command has the id of the first one, what it creates has the
 * id of what the first one created, and both go to the node that holds that aggregate: this is what makes a request
 * that is sent twice one thing.
 */
import type { ActionContract } from "../../models/kernel/contract";
import { derivedId } from "../../models/kernel/ids";

/** Longer than any id: what is longer will be refused by the action, so it may go to any node. */
const KEY_LENGTH_MAX = 200;

/** `H(principal, action, Idempotency-Key)`; `action` is the wire name. */
export const commandIdOf = (principalId: string, action: string, idempotencyKey: string): string =>
  derivedId("command", principalId, action, idempotencyKey);

/** The id of the aggregate that a command of kind `create` makes. */
export const createdId = (aggregate: string, commandId: string): string => derivedId(aggregate, commandId);

const sendable = (key: unknown): string | undefined =>
  typeof key === "string" && key !== "" && key.length <= KEY_LENGTH_MAX ? key : undefined;

/** `keyOf` is written for valid params; these are not yet checked, and must reach the check that names their fault. */
function derivedKey(keyOf: (params: object) => string, params: object): string | undefined {
  try {
    return sendable(keyOf(params));
  } catch {
    return undefined;
  }
}

/** What of a contract's action says which aggregate it is for. */
interface Keyed extends Pick<ActionContract, "kind" | "keyOf"> {
  readonly key?: string;
}

/** Which aggregate a call is for; undefined when any node may take it, or the params do not say. Never throws. */
export function routingKeyOf(aggregate: string, action: Keyed, params: object, commandId: string): string | undefined {
  if (action.kind === "create") return createdId(aggregate, commandId);
  if (action.keyOf) return derivedKey(action.keyOf, params);
  return action.key === undefined ? undefined : sendable((params as Record<string, unknown>)[action.key]);
}
