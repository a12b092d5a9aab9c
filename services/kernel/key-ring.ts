/**
 * The keys that sign access tokens, in a file of the data folder that only the mall's user can read. The first one
 * signs; those after it were rotated out and still check what they signed. Every process reads the file again from
 * time to time, and at once for a key that it does not know, so that a rotation needs no restart.
 */
import { createSecretKey, randomBytes, randomUUID, type KeyObject } from "node:crypto";
import { link, mkdir, readFile, rename, unlink, writeFile } from "node:fs/promises";
import path from "node:path";

export interface RingKey {
  /** Stands in the header of each token. */
  readonly kid: string;
  readonly key: KeyObject;
}

export interface KeyRing {
  /** The key that signs. */
  current(): Promise<RingKey>;
  find(kid: string): Promise<RingKey | undefined>;
}

interface KeptKey {
  readonly kid: string;
  readonly secret: string;
  readonly madeAt: string;
}

const KEY_BYTES = 32;
const KID_BYTES = 6;
/** More than can have signed a token that is still good. */
const KEPT_MAX = 3;
const FRESH_MS = 5_000;
const UNKNOWN_EVERY_MS = 1_000;

const fileOf = (dataDir: string): string => path.join(dataDir, "keys", "access.json");

const newKey = (): KeptKey => ({
  kid: randomBytes(KID_BYTES).toString("hex"),
  secret: randomBytes(KEY_BYTES).toString("base64url"),
  madeAt: new Date().toISOString(),
});

const ringKey = ({ kid, secret }: KeptKey): RingKey => ({
  kid,
  key: createSecretKey(Buffer.from(secret, "base64url")),
});

async function readKeys(file: string): Promise<readonly KeptKey[]> {
  return (JSON.parse(await readFile(file, "utf8")) as { keys: KeptKey[] }).keys;
}

async function draft(file: string, keys: readonly KeptKey[]): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const name = `${file}.${randomUUID()}.tmp`;
  await writeFile(name, `${JSON.stringify({ keys }, null, 2)}\n`, { mode: 0o600, flush: true });
  return name;
}

/** Processes that start at once agree on one first key: a link never replaces what another has made. */
async function make(file: string): Promise<void> {
  const name = await draft(file, [newKey()]);
  await link(name, file).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  });
  await unlink(name);
}

/** Signs with a new key from now on; what was signed before stays good until it expires. Gives the new key's name. */
export async function rotateKeys(dataDir: string): Promise<string> {
  const file = fileOf(dataDir);
  await make(file);
  const fresh = newKey();
  await rename(await draft(file, [fresh, ...(await readKeys(file))].slice(0, KEPT_MAX)), file);
  return fresh.kid;
}

export async function loadKeyRing(dataDir: string, now: () => number = Date.now): Promise<KeyRing> {
  const file = fileOf(dataDir);
  await make(file);
  let keys: readonly RingKey[] = [];
  let readAt = 0;
  const read = async (): Promise<void> => {
    keys = (await readKeys(file)).map(ringKey);
    readAt = now();
  };
  await read();
  return {
    async current() {
      if (now() - readAt > FRESH_MS) await read();
      const [first] = keys;
      if (!first) throw new Error(`${file} holds no key: delete it, and a new one is made`);
      return first;
    },
    async find(kid) {
      const known = keys.find((key) => key.kid === kid);
      const ageMs = now() - readAt;
      // a key that was rotated out must go; a stranger's invented key names must not make the disk busy
      if (known ? ageMs <= FRESH_MS : ageMs < UNKNOWN_EVERY_MS) return known;
      await read();
      return keys.find((key) => key.kid === kid);
    },
  };
}
