/**
 * Idempotency keys and the ids that follow from them. The id of a created thing is a function of principal, action and
 * key, so a whole row of commands (product, its offers, their stock) can be written down before the first is sent.
 */
import { derivedId } from "../../models/kernel/ids";
import { commandIdOf, createdId } from "../../services/kernel/command-id";

const PLAIN = /^[\w.~-]{1,64}$/;

const KEY_CHARS_MAX = 120;

/** `icecat/3920564/create`. What would not do in a header, might contain a slash, or is too long is hashed. */
export function keyOf(...parts: readonly string[]): string {
  const key = parts.map((part) => (PLAIN.test(part) ? part : derivedId(part))).join("/");
  return key.length <= KEY_CHARS_MAX ? key : `long/${derivedId(...parts)}`;
}

/** The id of what a `create` action makes when `principalId` sends it under this key. */
export const idMadeBy = (principalId: string, action: string, idempotencyKey: string): string =>
  createdId(action.slice(0, action.indexOf(".")), commandIdOf(principalId, action, idempotencyKey));
