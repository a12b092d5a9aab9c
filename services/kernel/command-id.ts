/**
 * Which command this is and whom it concerns: pure functions of what the caller sent, so that a repeated request is
 * the same command, on whatever node it arrives.
 */
import type { ActionContract } from "../../models/kernel/contract";
import { derivedId } from "../../models/kernel/ids";

/** The same principal, action and key always give the same command. */
export const commandIdOf = (principalId: string, action: string, idempotencyKey: string): string =>
  derivedId("command", principalId, action, idempotencyKey);

/** The id of the aggregate that a creating command makes: a repeated POST makes one thing. */
export const createdId = (aggregate: string, commandId: string): string => derivedId("created", aggregate, commandId);

export type Params = Readonly<Record<string, unknown>>;

/** Longer than any id: what is longer will be refused by the action, so it may go to any node. */
const KEY_LENGTH_MAX = 200;

const aggregateOf = (action: string): string => action.slice(0, action.indexOf("."));

/** The aggregate that a valid call concerns. */
export function aggregateIdOf(name: string, action: ActionContract, params: Params, commandId: string): string {
  if (action.kind === "create") return createdId(aggregateOf(name), commandId);
  if (action.keyOf) return action.keyOf(params);
  const id = action.key && params[action.key];
  if (typeof id !== "string") throw new Error(`${name} has no key: see services/kernel/service.ts`);
  return id;
}

/** By what a call is routed, or undefined for a call that any node may take. Params may still be invalid. */
export function routingKeyOf(
  name: string,
  action: ActionContract,
  params: Params,
  commandId: string | undefined,
): string | undefined {
  if (action.kind === "create" ? commandId === undefined : !(action.key ?? action.keyOf)) return undefined;
  try {
    const key = aggregateIdOf(name, action, params, commandId ?? "");
    return key.length > 0 && key.length <= KEY_LENGTH_MAX ? key : undefined;
  } catch {
    return undefined; // whoever takes it will say what is wrong with the params
  }
}
