/**
 * Codes that are sent to somebody and come back once. A code is the id of a challenge and a MAC over it, so that
 * nobody can make one up and nothing that opens anything is stored; that it is good once is kept by the challenge.
 */
import { ID_PATTERN } from "../../models/kernel/ids";
import type { Pepper } from "./pepper";

const USE = "one-time code";

export const CODE_LENGTH_MAX = 128;

export const codeOf = (pepper: Pepper, challengeId: string): string => `${challengeId}.${pepper.mac(USE, challengeId)}`;

/** The challenge that the code belongs to, or null for a code that this mall never gave out. */
export function challengeIdOf(pepper: Pepper, code: string): string | null {
  const [id = "", mac = "", ...more] = code.trim().slice(0, CODE_LENGTH_MAX).split(".");
  return more.length === 0 && ID_PATTERN.test(id) && pepper.isMac(mac, USE, id) ? id : null;
}
