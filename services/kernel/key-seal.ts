/**
 * Keys of the mall as they lie in files: sealed under the mall's secret, each bound to its name. Where the secret comes
 * from a vault, the data folder and its backups hold nothing that signs or opens anything.
 */
import { hkdfSync } from "node:crypto";
import { decrypt, encrypt } from "../../models/kernel/subject-keys";

export interface KeySeal {
  readonly seal: (name: string, key: Buffer) => string;
  /** @throws Error for what was sealed under another secret, for another name, or was changed */
  readonly open: (name: string, sealed: string) => Buffer;
}

const KEY_BYTES = 32;

export function createKeySeal(secret: string): KeySeal {
  const master = Buffer.from(hkdfSync("sha256", secret, "", "stoa access keys 1", KEY_BYTES));
  const boundTo = (name: string): string => `access key\n${name}`;
  return {
    seal: (name, key) => encrypt(master, key, boundTo(name)),
    open: (name, sealed) => decrypt(master, sealed, boundTo(name)),
  };
}
