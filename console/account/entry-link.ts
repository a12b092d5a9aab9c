/**
 * The links that the start of a demo market prints: who comes by one is signed in. What it takes stands behind the `#`
 * of the address, which no server and no log ever sees, and is taken out of the address at once.
 */
export interface Entry {
  readonly email: string;
  readonly password: string;
}

const PREFIX = "#enter=";

/** `#enter=` and base64url of `address:password`; null for anything else. */
export function entryIn(hash: string): Entry | null {
  if (!hash.startsWith(PREFIX)) return null;
  try {
    const text = atob(hash.slice(PREFIX.length).replaceAll("-", "+").replaceAll("_", "/"));
    const at = text.indexOf(":");
    return at < 1 ? null : { email: text.slice(0, at), password: text.slice(at + 1) };
  } catch {
    return null;
  }
}
