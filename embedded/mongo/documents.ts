/**
 * Puts, replaces and removes documents together with their index entries. Every unique key is looked at before
 * anything is written, so a refused document leaves nothing behind.
 */
import { ObjectId, serialize } from "bson";
import { type Catalog, type Collection } from "./catalog";
import { CommandError } from "./errors";
import { type Index } from "./index-definition";
import { keysOf } from "./index-keys";
import { documentKey } from "./keys";
import { isDocument, places } from "./paths";
import { bodyOf, documentOf } from "./compose";
import { check, type Doc, DOCUMENT_BYTES_MAX, find, inArray, View } from "./raw";
import { type Storage } from "./storage";

/** New bytes; `touched` are the top-level fields that may differ, all when it is not given. */
export type Replacement = { bytes: Buffer; touched?: Set<string> | undefined };

export class Documents {
  constructor(
    private readonly storage: Storage,
    private readonly catalog: Catalog,
  ) {}

  /** @throws DuplicateKey with keyPattern and keyValue. */
  insert(collection: Collection, bytes: Buffer): void {
    const view = new View(withId(bytes));
    allow(collection, view.bytes);
    const key = documentKey(collection.table, idOf(view));
    if (this.storage.get(key)) throw duplicate(collection, collection.indexes[0], view);
    const suffix = key.subarray(4);
    const entries = collection.indexes.slice(1).flatMap((index) => this.newKeys(collection, index, view, suffix));
    this.storage.put(key, view.bytes);
    for (const entry of entries) this.storage.put(entry, suffix);
  }

  /**
   * Writes new bytes in the place of `before`.
   * @throws ImmutableField when the _id differs, DuplicateKey.
   */
  replace(collection: Collection, key: Buffer, before: Buffer, { bytes: after, touched }: Replacement): void {
    const [old, now] = [new View(before), new View(after)];
    const suffix = key.subarray(4);
    if (!touched && !documentKey(collection.table, idOf(now)).equals(key)) {
      throw new CommandError(66, "The _id of a document cannot be changed.");
    }
    allow(collection, after);
    const changes = collection.indexes
      .slice(1)
      .filter((index) => !touched || concerns(index, touched))
      .map((index) => [keysOf(index, old, suffix).keys, this.newKeys(collection, index, now, suffix)] as const);
    for (const [was, is] of changes) for (const entry of without(was, is)) this.storage.remove(entry);
    for (const [was, is] of changes) for (const entry of without(is, was)) this.storage.put(entry, suffix);
    this.storage.put(key, after);
  }

  remove(collection: Collection, key: Buffer, bytes: Buffer): void {
    const view = new View(bytes);
    const suffix = key.subarray(4);
    for (const index of collection.indexes.slice(1)) {
      for (const entry of keysOf(index, view, suffix).keys) this.storage.remove(entry);
    }
    this.storage.remove(key);
  }

  /** Makes the entries of a new index. @throws DuplicateKey when the documents break its promise. */
  build(collection: Collection, index: Index, all: Iterable<{ key: Buffer; value: Buffer }>): void {
    for (const { key, value } of all) {
      const suffix = key.subarray(4);
      const keys = this.newKeys(collection, index, new View(value), suffix);
      for (const entry of keys) this.storage.put(entry, suffix);
    }
  }

  /** The entries of a document, free or already its own. Notes the first array seen by an index. */
  private newKeys(collection: Collection, index: Index, view: View, suffix: Buffer): Buffer[] {
    const { keys, multikey } = keysOf(index, view, suffix);
    if (index.unique) {
      for (const entry of keys) {
        const holder = this.storage.get(entry);
        if (holder && !holder.equals(suffix)) throw duplicate(collection, index, view);
      }
    }
    if (multikey && !index.multikey) {
      index.multikey = true;
      if (collection.indexes.includes(index)) this.catalog.save(collection);
    }
    return keys;
  }
}

function without(keys: Buffer[], others: Buffer[]): Buffer[] {
  const names = new Set(others.map((bytes) => bytes.toString("latin1")));
  return keys.filter((bytes) => !names.has(bytes.toString("latin1")));
}

const concerns = (index: Index, touched: Set<string>): boolean =>
  index.fields.some(({ parts }) => touched.has(parts[0] ?? "")) ||
  (index.partial ?? []).some(({ path }) => touched.has(path.split(".")[0] ?? ""));

/** @throws BSONObjectTooLarge, and DocumentValidationFailure where the collection has a validator. */
function allow({ validate }: Collection, bytes: Buffer): void {
  if (bytes.length > DOCUMENT_BYTES_MAX) throw tooLarge(bytes.length);
  validate?.(bytes);
}

const tooLarge = (bytes: number): CommandError =>
  new CommandError(10334, `A document of ${bytes} bytes is larger than the ${DOCUMENT_BYTES_MAX} that are allowed.`);

/** The document with its _id first; one is made when it is missing. */
export function withId(bytes: Buffer): Buffer {
  check(bytes);
  const id = find(bytes, "_id");
  if (id?.start === 4) return bytes;
  if (!id) return documentOf([bodyOf(serialize({ _id: new ObjectId() })), bodyOf(bytes)]);
  const own = bytes.subarray(id.start, id.end);
  return documentOf([own, bytes.subarray(4, id.start), bytes.subarray(id.end, bytes.length - 1)]);
}

export function idOf(view: View): unknown {
  const id = view.at(["_id"]);
  if (id === inArray || id instanceof RegExp) throw new CommandError(2, "An _id cannot be an array or a pattern.");
  if (isDocument(id) && Object.keys(id).some((name) => name.startsWith("$"))) {
    throw new CommandError(52, "The fields of an _id cannot begin with $.");
  }
  return id;
}

function shown(view: View, parts: string[]): unknown {
  const value = view.at(parts);
  return value === inArray ? places(view.doc, parts)[0] : value;
}

function duplicate(collection: Collection, index: Index | undefined, view: View): CommandError {
  const keyPattern = (index?.spec.key ?? {}) as Doc;
  const fields = index?.fields ?? [];
  const keyValue: Doc = Object.fromEntries(fields.map(({ path, parts }) => [path, shown(view, parts) ?? null]));
  const message = `E11000 duplicate key error collection: ${collection.ns} index: ${index?.name ?? ""} dup key:`;
  return new CommandError(11000, `${message} ${JSON.stringify(keyValue)}`, { keyPattern, keyValue });
}
