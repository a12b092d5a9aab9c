/**
 * The keys that sign access tokens, in a file of the data folder that only the mall's user can read, sealed under the
 * mall's secret. The first one
 * signs; those after it were rotated out and still check what they signed. Every process reads the file again from
 * time to time, and at once for a key that it does not know, so that a rotation needs no restart.
 */
import { createSecretKey, randomBytes, randomUUID, type KeyObject } from "node:crypto";
import { link, mkdir, readFile, rename, unlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { createKeySeal } from "./key-seal";

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
  readonly sealed?: string;
  /** Of a mall of earlier days: as it is; the next rotation seals it. */
  readonly secret?: string;
  readonly madeAt: string;
}

interface Place {
  readonly dataDir: string;
  /** The mall's own. */
  readonly secret: string;
}

const KEY_BYTES = 32;
const KID_BYTES = 6;
/** More than can have signed a token that is still good. */
const KEPT_MAX = 3;
const FRESH_MS = 5_000;
const UNKNOWN_EVERY_MS = 1_000;

const fileOf = (dataDir: string): string => path.join(dataDir, "keys", "access.json");

function newKey(secret: string): KeptKey {
  const kid = randomBytes(KID_BYTES).toString("hex");
  const sealed = createKeySeal(secret).seal(kid, randomBytes(KEY_BYTES));
  return { kid, sealed, madeAt: new Date().toISOString() };
}

function bytesOf({ kid, sealed, secret: plain = "" }: KeptKey, { dataDir, secret }: Place): Buffer {
  if (sealed === undefined) return Buffer.from(plain, "base64url");
  try {
    return createKeySeal(secret).open(kid, sealed);
  } catch {
    const todo = "Start it with that secret; or delete the file, and everybody logs in again.";
    throw new Error(`${fileOf(dataDir)} was sealed under another secret than the mall has now. ${todo}`);
  }
}

const ringKey = (kept: KeptKey, place: Place): RingKey => ({
  kid: kept.kid,
  key: createSecretKey(bytesOf(kept, place)),
});

function sealedAnew(kept: KeptKey, { secret }: Place): KeptKey {
  const { kid, madeAt, secret: plain } = kept;
  if (plain === undefined) return kept;
  return { kid, sealed: createKeySeal(secret).seal(kid, Buffer.from(plain, "base64url")), madeAt };
}

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
async function make({ dataDir, secret }: Place): Promise<void> {
  const file = fileOf(dataDir);
  const name = await draft(file, [newKey(secret)]);
  await link(name, file).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  });
  await unlink(name);
}

/** Signs with a new key from now on; what was signed before stays good until it expires. Gives the new key's name. */
export async function rotateKeys(place: Place): Promise<string> {
  const file = fileOf(place.dataDir);
  await make(place);
  const fresh = newKey(place.secret);
  const older = (await readKeys(file)).map((one) => sealedAnew(one, place));
  await rename(await draft(file, [fresh, ...older].slice(0, KEPT_MAX)), file);
  return fresh.kid;
}

/** @throws Error when the keys were sealed under another secret */
export async function loadKeyRing(place: Place, now: () => number = Date.now): Promise<KeyRing> {
  const file = fileOf(place.dataDir);
  await make(place);
  let keys: readonly RingKey[] = [];
  let readAt = 0;
  const read = async (): Promise<void> => {
    keys = (await readKeys(file)).map((one) => ringKey(one, place));
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
