/**
 * Ids are random or derived from a hash, never ordered by time: as leading part of every index they spread writes
 * over the shards. Alphabet `[a-z0-9-]`, so that they fit into URLs, subjects and file names as they are.
 */
import { hash, randomFillSync } from "node:crypto";
import { canonical } from "./canonical";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const ID_BYTES = 16;

/** What an id may look like; also bounds the ids that callers send. */
export const ID_PATTERN = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** Crockford's base 32 in lower case, 5 bits per character. */
export function base32(bytes: Uint8Array, from = 0, to = bytes.length): string {
  let text = "";
  let bits = 0;
  let held = 0;
  for (let at = from; at < to; at++) {
    held = (held << 8) | (bytes[at] ?? 0);
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET.charAt((held >>> bits) & 31);
      held &= (1 << bits) - 1;
    }
  }
  return bits > 0 ? text + ALPHABET.charAt((held << (5 - bits)) & 31) : text;
}

/** Random bytes are asked for by the page: asking for sixteen costs as much as asking for thousands. */
const drawn = Buffer.alloc(256 * ID_BYTES);
let used = drawn.length;

/** 128 random bits in 26 characters. */
export function randomId(): string {
  if (used === drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  used += ID_BYTES;
  return base32(drawn, used - ID_BYTES, used);
}

/** The same parts always give the same id; no two different lists of parts do (parts are length-prefixed). */
export function derivedId(...parts: readonly string[]): string {
  let text = "";
  for (const part of parts) text += `${part.length}:${part}`;
  // in one call: a hash that is fed piece by piece costs three times as much
  return base32(hash("sha256", text, "buffer"), 0, ID_BYTES);
}

/** Tells whether two commands under one key ask for the same. */
export const paramsHash = (params: object): string => hash("sha256", canonical(params), "hex");
