/**
 * Ed25519 signatures under checkpoints. The private key lies in a file that only the mall's user can read, apart from
 * the database: whoever can rewrite histories cannot sign for them. Keep the public key elsewhere; it tells
 * everybody else whether a checkpoint is ours.
 */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomUUID,
  sign,
  verify,
} from "node:crypto";
import type { KeyObject } from "node:crypto";
import { link, mkdir, readFile, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";

export interface Signer {
  /** Names the key pair: the first 16 hex digits of the SHA-256 of its public key. */
  readonly keyId: string;
  /** PEM; may be published. */
  readonly publicKey: string;
  /** Signs a hash given in hex; base64url. */
  sign(hash: string): string;
}

const keyIdOf = (key: KeyObject): string =>
  createHash("sha256")
    .update(key.export({ type: "spki", format: "der" }))
    .digest("hex")
    .slice(0, 16);

/** @param privateKey PEM (PKCS #8) of an Ed25519 key */
export function createSigner(privateKey: string): Signer {
  const key = createPrivateKey(privateKey);
  const publicKey = createPublicKey(key);
  return {
    keyId: keyIdOf(publicKey),
    publicKey: publicKey.export({ type: "spki", format: "pem" }).toString(),
    sign: (hash) => sign(null, Buffer.from(hash, "hex"), key).toString("base64url"),
  };
}

/** True when one of the trusted keys (PEM) made the signature. */
export function isSigned(hash: string, signature: string, trusted: readonly string[]): boolean {
  const bytes = Buffer.from(hash, "hex");
  return trusted.some((key) => verify(null, bytes, createPublicKey(key), Buffer.from(signature, "base64url")));
}

export const newPrivateKey = (): string =>
  generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString();

/** The signer of a data folder; its key is made when there is none. Processes that start at once agree on one. */
export async function loadSigner(dataDir: string): Promise<Signer> {
  const folder = join(dataDir, "keys");
  const file = join(folder, "checkpoint.pem");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, `${randomUUID()}.tmp`);
  await writeFile(draft, newPrivateKey(), { mode: 0o600, flush: true });
  // a link appears whole or not at all, and never replaces what another process has made
  await link(draft, file).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  });
  await unlink(draft);
  return createSigner(await readFile(file, "utf8"));
}

/** The public key (PEM) of a data folder's signer, or null: looking must not make a key. */
export async function readPublicKey(dataDir: string): Promise<string | null> {
  try {
    return createSigner(await readFile(join(dataDir, "keys", "checkpoint.pem"), "utf8")).publicKey;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
