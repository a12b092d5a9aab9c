/** $out and $merge: the end of a pipeline that writes a collection. */
import { type Collection } from "./catalog";
import { type Server } from "./command";
import { CommandError, Refused } from "./errors";
import { withId } from "./documents";
import { documentKey } from "./keys";
import { isDocument } from "./paths";
import { documentOf } from "./compose";
import { elements, View } from "./raw";

type Target = {
  server: Server;
  db: string;
  spec: unknown;
  collectionFor: (server: Server, ns: string) => Collection;
};
type WriteStage = (target: Target, docs: Uint8Array[]) => void;

function namespaceOf(db: string, into: unknown): string {
  if (typeof into === "string") return `${db}.${into}`;
  const { db: other, coll } = into as { db?: string; coll: string };
  return `${other ?? db}.${coll}`;
}

/** Replaces all documents; the indexes stay. */
const out: WriteStage = ({ server, db, spec, collectionFor }, docs) => {
  const collection = collectionFor(server, namespaceOf(db, spec));
  const replaced = server.catalog.find(collection.ns);
  if (replaced) {
    const specs = replaced.indexes.slice(1).map((index) => index.spec);
    if (specs.length > 0) throw new Refused("$out into a collection with indexes");
    if (replaced.options.validator) throw new Refused("$out into a collection with a validator");
    server.catalog.drop(replaced);
  }
  const fresh = server.catalog.create(collection.ns);
  for (const doc of docs) server.documents.insert(fresh, Buffer.from(doc));
};

function merged(before: Buffer, after: Buffer): Buffer {
  const names = new Set([...elements(after)].map(({ name }) => name));
  const kept = [...elements(before)].filter(({ name }) => !names.has(name) || name === "_id");
  const rest = [...elements(after)].filter(({ name }) => name !== "_id");
  return documentOf([
    ...kept.map(({ start, end }) => before.subarray(start, end)),
    ...rest.map(({ start, end }) => after.subarray(start, end)),
  ]);
}

type Merge = { into: unknown; whenMatched: string; whenNotMatched: string };

/** @throws Refused for the forms that are not made: other keys than _id, variables, pipelines. */
function mergeOf(spec: unknown): Merge {
  const {
    into,
    whenMatched = "merge",
    whenNotMatched = "insert",
    on = "_id",
    ...more
  } = isDocument(spec) ? spec : { into: spec };
  const known = ["replace", "keepExisting", "merge", "fail"].some((form) => form === whenMatched);
  if (on !== "_id" || !known || Object.keys(more).length > 0) throw new Refused("This form of $merge");
  return { into, whenMatched: String(whenMatched), whenNotMatched: String(whenNotMatched) };
}

function mergeInto(server: Server, collection: Collection, doc: Buffer, how: Merge): void {
  const key = documentKey(collection.table, new View(doc).at(["_id"]));
  const before = server.storage.get(key);
  if (!before) {
    if (how.whenNotMatched === "insert") server.documents.insert(collection, doc);
    if (how.whenNotMatched === "fail") throw new CommandError(13113, "$merge found no document with that _id.");
    return;
  }
  if (how.whenMatched === "fail") throw new CommandError(11000, "$merge found a document with that _id.");
  if (how.whenMatched === "keepExisting") return;
  server.documents.replace(collection, key, before, { bytes: how.whenMatched === "merge" ? merged(before, doc) : doc });
}

const merge: WriteStage = ({ server, db, spec, collectionFor }, docs) => {
  const how = mergeOf(spec);
  const collection = collectionFor(server, namespaceOf(db, how.into));
  for (const raw of docs) mergeInto(server, collection, withId(Buffer.from(raw)), how);
};

export const writeStages: Record<string, WriteStage | undefined> = { $out: out, $merge: merge };
