/**
 * One key per data subject. Erasing a person is destroying their key: every copy of what it sealed — histories,
 * streams, backups — turns to noise, and no row is touched. Keys are stored wrapped by a master key that is derived
 * from the mall's secret, so that a stolen table of keys opens nothing. A destroyed key leaves a tombstone: the
 * subject can neither be revealed nor sealed for again.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { LRUCache } from "lru-cache";
import { refuseKernel } from "./refusal";

export type SubjectKey =
  { readonly status: "live"; readonly key: Buffer } | { readonly status: "erased" } | { readonly status: "none" };

export interface SubjectKeys {
  /** The keys of these subjects, all of them in one read. */
  get(subjects: readonly string[]): Promise<ReadonlyMap<string, SubjectKey>>;
  /** The subject's key, made when there is none. @throws SUBJECT_ERASED */
  create(subject: string): Promise<Buffer>;
  /** Destroys the key for good. Doing it twice is doing it once. */
  destroy(subject: string): Promise<void>;
  /** Drops the key from this process' memory: every node does so when it hears of an erasure. */
  forget(subject: string): void;
}

/** A key as it is kept. `wrapped` is null on a tombstone. */
export interface KeyRow {
  /** The subject's id. */
  readonly _id: string;
  readonly wrapped: string | null;
}

/** The store of keys: its own collection, with a backup of its own. */
export interface KeyRows {
  find(subjects: readonly string[]): Promise<readonly KeyRow[]>;
  /** Keeps the row unless the subject has one already; gives the one that stands then, in one operation. */
  keep(row: KeyRow): Promise<KeyRow>;
  /** Writes a tombstone, whether there was a row or not. */
  bury(subject: string): Promise<void>;
}

const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const CACHED_MAX = 10_000;
/** A node that has not heard of an erasure stops revealing after this time. */
const CACHED_MS = 60_000;

/** AES-256-GCM: base64url of iv, tag and ciphertext. `bound` must be the same when it is opened. */
export function encrypt(key: Buffer, clear: Buffer, bound: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(bound));
  const body = Buffer.concat([cipher.update(clear), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString("base64url");
}

/** @throws Error when the text was changed, or was sealed with another key or for another place */
export function decrypt(key: Buffer, sealed: string, bound: string): Buffer {
  const bytes = Buffer.from(sealed, "base64url");
  const options = { authTagLength: TAG_BYTES };
  const cipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, IV_BYTES), options)
    .setAAD(Buffer.from(bound))
    .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return Buffer.concat([cipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), cipher.final()]);
}

/** The key that wraps keys. The same secret always gives the same one; losing the secret loses every person. */
export const masterKey = (secret: string): Buffer =>
  Buffer.from(hkdfSync("sha256", secret, "", "stoa subject keys 1", KEY_BYTES));

const boundTo = (subject: string): string => `subject key\n${subject}`;

function unwrap(master: Buffer, row: KeyRow): SubjectKey {
  if (row.wrapped === null) return { status: "erased" };
  return { status: "live", key: decrypt(master, row.wrapped, boundTo(row._id)) };
}

export function createSubjectKeys(rows: KeyRows, secret: string): SubjectKeys {
  const master = masterKey(secret);
  const cached = new LRUCache<string, SubjectKey>({ max: CACHED_MAX, ttl: CACHED_MS });
  /** State and events of one row are sealed at once, for one subject: they make one key between them. */
  const making = new Map<string, Promise<SubjectKey>>();
  const make = async (subject: string): Promise<SubjectKey> => {
    const wrapped = encrypt(master, randomBytes(KEY_BYTES), boundTo(subject));
    // another node may have been faster, or the subject may have been erased: what stands is told
    return unwrap(master, await rows.keep({ _id: subject, wrapped }));
  };
  const made = (subject: string): Promise<SubjectKey> => {
    const known = making.get(subject);
    if (known) return known;
    const own = make(subject)
      .then((key) => {
        // forgotten or destroyed meanwhile: what was asked before says nothing of now
        if (making.get(subject) === own) cached.set(subject, key);
        return key;
      })
      .finally(() => {
        if (making.get(subject) === own) making.delete(subject);
      });
    making.set(subject, own);
    return own;
  };
  const get = async (subjects: readonly string[]): Promise<ReadonlyMap<string, SubjectKey>> => {
    const missing = [...new Set(subjects)].filter((subject) => !cached.has(subject));
    const found = new Map(missing.length === 0 ? [] : (await rows.find(missing)).map((row) => [row._id, row]));
    for (const row of found.values()) cached.set(row._id, unwrap(master, row));
    return new Map(subjects.map((subject) => [subject, cached.get(subject) ?? { status: "none" }]));
  };
  return {
    get,
    async create(subject) {
      const key = cached.get(subject) ?? (await made(subject));
      if (key.status === "live") return key.key;
      return refuseKernel("SUBJECT_ERASED", "This person's data was erased; nothing can be kept for them any more.");
    },
    async destroy(subject) {
      await rows.bury(subject);
      making.delete(subject);
      cached.set(subject, { status: "erased" });
    },
    forget(subject) {
      making.delete(subject);
      cached.delete(subject);
    },
  };
}

export function memoryKeyRows(): KeyRows & { all(): readonly KeyRow[] } {
  const rows = new Map<string, KeyRow>();
  return {
    find: (subjects) => Promise.resolve(subjects.flatMap((subject) => rows.get(subject) ?? [])),
    keep(row) {
      const standing = rows.get(row._id) ?? row;
      rows.set(row._id, standing);
      return Promise.resolve(standing);
    },
    bury(subject) {
      rows.set(subject, { _id: subject, wrapped: null });
      return Promise.resolve();
    },
    all: () => [...rows.values()],
  };
}
