/**
 * Message authentication codes under keys that are derived from the mall's secret, one per use, so that what is made
 * for one use opens nothing elsewhere, and a stolen database alone makes none.
 */
import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { base32 } from "../../models/kernel/ids";

const KEY_BYTES = 32;
const MAC_BYTES = 20;

export interface Pepper {
  /** 160 bits in 32 characters of `[0-9a-z]`. The same use and parts always give the same; no two lists do. */
  mac(use: string, ...parts: readonly string[]): string;
  /** Whether `mac` is that of these parts; takes the same time for any `mac` of the right length. */
  isMac(mac: string, use: string, ...parts: readonly string[]): boolean;
}

export function createPepper(secret: string): Pepper {
  const keys = new Map<string, Buffer>();
  const keyOf = (use: string): Buffer => {
    const key = keys.get(use) ?? Buffer.from(hkdfSync("sha256", secret, "", `stoa pepper 1 ${use}`, KEY_BYTES));
    keys.set(use, key);
    return key;
  };
  const mac: Pepper["mac"] = (use, ...parts) => {
    const hmac = createHmac("sha256", keyOf(use));
    for (const part of parts) hmac.update(`${part.length}:${part}`);
    return base32(hmac.digest().subarray(0, MAC_BYTES));
  };
  return {
    mac,
    isMac(given, use, ...parts) {
      const [wanted, found] = [Buffer.from(mac(use, ...parts)), Buffer.from(given)];
      return wanted.length === found.length && timingSafeEqual(wanted, found);
    },
  };
}
