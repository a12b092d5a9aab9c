/** Refresh tokens: a MAC over the session, the log-in and how often the token was replaced. Nothing of it is stored. */
import type { Pepper } from "./pepper";

export interface RefreshToken {
  readonly id: string;
  readonly family: string;
  readonly generation: number;
}

const USE = "refresh token";
const FORM = /^([a-z0-9-]{1,64})\.([a-z0-9-]{1,64})\.(\d{1,9})\.([a-z0-9]{1,64})$/;

export function refreshToken(pepper: Pepper, { id, family, generation }: RefreshToken): string {
  const parts = [id, family, String(generation)];
  return [...parts, pepper.mac(USE, ...parts)].join(".");
}

/** Null for a token that this mall never gave out. */
export function readRefreshToken(pepper: Pepper, text: string): RefreshToken | null {
  const [id = "", family = "", generation = "", mac = ""] = FORM.exec(text)?.slice(1) ?? [];
  return pepper.isMac(mac, USE, id, family, generation) ? { id, family, generation: Number(generation) } : null;
}
