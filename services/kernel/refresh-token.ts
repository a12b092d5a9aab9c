/** Refresh tokens: a MAC over the session, the log-in and how often the token was replaced. Nothing of it is stored. */
import { ID_PATTERN } from "../../models/kernel/ids";
import type { Pepper } from "./pepper";

export interface RefreshToken {
  readonly id: string;
  readonly family: string;
  readonly generation: number;
}

const USE = "refresh token";
const GENERATION = /^\d{1,9}$/;

export function refreshToken(pepper: Pepper, { id, family, generation }: RefreshToken): string {
  const parts = [id, family, String(generation)];
  return [...parts, pepper.mac(USE, ...parts)].join(".");
}

/** Null for a token that this mall never gave out. */
export function readRefreshToken(pepper: Pepper, text: string): RefreshToken | null {
  const [id = "", family = "", generation = "", mac = "", ...more] = text.split(".");
  const formed =
    more.length === 0 && [id, family].every((part) => ID_PATTERN.test(part)) && GENERATION.test(generation);
  if (!formed || !pepper.isMac(mac, USE, id, family, generation)) return null;
  return { id, family, generation: Number(generation) };
}
