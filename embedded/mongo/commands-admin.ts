/** Indexes, and what a driver asks about the server. */
import { serialize } from "bson";
import { type Collection, tableRange } from "./catalog";
import { collectionFor, type Command, docOf, existing, namespaceOf } from "./command";
import { CommandError } from "./errors";
import { type Index, indexOf, nameOf } from "./index-definition";
import { compareValues } from "./order";
import { type Doc, DOCUMENT_BYTES_MAX } from "./raw";

export const VERSION = "7.0.14";
export const MESSAGE_BYTES_MAX = 48_000_000;

export const hello: Command = (_server, { body }) => ({
  helloOk: true,
  ...("hello" in body ? { isWritablePrimary: true } : { ismaster: true, isWritablePrimary: true }),
  maxBsonObjectSize: DOCUMENT_BYTES_MAX,
  maxMessageSizeBytes: MESSAGE_BYTES_MAX,
  maxWriteBatchSize: 100_000,
  localTime: new Date(),
  logicalSessionTimeoutMinutes: 30,
  connectionId: 1,
  minWireVersion: 0,
  maxWireVersion: 21,
  readOnly: false,
  ok: 1,
});

export const buildInfo: Command = () => ({
  version: VERSION,
  versionArray: [...VERSION.split(".").map(Number), 0],
  gitVersion: "embedded",
  modules: ["stoa-embedded"],
  bits: 64,
  debug: false,
  maxBsonObjectSize: DOCUMENT_BYTES_MAX,
  storageEngines: ["lmdb"],
  ok: 1,
});

export const ok: Command = () => ({ ok: 1 });

export const serverStatus: Command = (server) => ({
  host: "127.0.0.1",
  version: VERSION,
  process: "stoa-embedded-mongo",
  pid: process.pid,
  uptime: (Date.now() - server.startedAt) / 1000,
  localTime: new Date(),
  mem: { resident: Math.round(process.memoryUsage.rss() / 2 ** 20) },
  metrics: {
    cursor: { open: { total: server.cursors.count } },
    commands: Object.fromEntries([...server.taken].map(([name, total]) => [name, { total }])),
  },
  storageEngine: { name: "lmdb", persistent: true },
  ok: 1,
});

const sameKey = (a: Doc, b: Doc): boolean =>
  compareValues(Object.entries(a.key as Doc), Object.entries(b.key as Doc)) === 0;

function sameIndex(index: Index, spec: Doc): boolean {
  const options = ["unique", "sparse", "partialFilterExpression", "expireAfterSeconds", "collation"];
  const differs = (option: string): boolean => {
    const [a, b] = [index.spec[option], spec[option]].map((value) => (value === false ? undefined : value));
    return compareValues(a, b) !== 0;
  };
  return sameKey(index.spec, spec) && !options.some(differs);
}

/** Whether the collection has the index already. @throws when it has another one by that name or key. */
function has(collection: Collection, spec: Doc): boolean {
  const name = typeof spec.name === "string" ? spec.name : nameOf(spec.key as Doc);
  const named = collection.indexes.find((index) => index.name === name);
  if (named) {
    if (named.isTable || sameIndex(named, spec)) return true;
    throw new CommandError(86, `An index named ${name} exists with other options. Drop it first.`);
  }
  const alike = collection.indexes.find((index) => sameKey(index.spec, spec));
  if (!alike) return false;
  if (alike.isTable) return true;
  if (sameIndex(alike, spec)) throw new CommandError(85, `The index exists already, named ${alike.name}.`);
  return false;
}

export const createIndexes: Command = (server, request) => {
  const collection = collectionFor(server, namespaceOf(request));
  const before = collection.indexes.length;
  for (const spec of request.body.indexes as Doc[]) {
    if (has(collection, spec)) continue;
    if (collection.indexes.length > 64) throw new CommandError(67, "A collection has 64 indexes at most.");
    const index = indexOf({ ...spec, v: 2 }, server.catalog.newTable());
    try {
      server.documents.build(collection, index, server.storage.entries(tableRange(collection.table), false));
    } catch (error) {
      server.catalog.discard([index.table]);
      throw error;
    }
    collection.indexes.push(index);
    server.catalog.save(collection);
  }
  return { numIndexesBefore: before, numIndexesAfter: collection.indexes.length, ok: 1 };
};

export const listIndexes: Command = (server, request) => {
  const collection = existing(server, request);
  const docs = collection.indexes.map(({ spec, name }) => serialize({ ...spec, name }));
  return server.cursors.start(collection.ns, docs, undefined);
};

export const dropIndexes: Command = (server, request) => {
  const collection = existing(server, request);
  const wanted = request.body.index;
  const nIndexesWas = collection.indexes.length;
  const names = [wanted].flat();
  const chosen = collection.indexes.filter(
    (index) =>
      !index.isTable &&
      (wanted === "*" || names.some((name) => name === index.name || sameKey(index.spec, { key: docOf(name) }))),
  );
  if (chosen.length === 0 && wanted !== "*") throw new CommandError(27, `index not found: ${JSON.stringify(wanted)}`);
  collection.indexes = collection.indexes.filter((index) => !chosen.includes(index));
  server.catalog.discard(chosen.map((index) => index.table));
  server.catalog.save(collection);
  return { nIndexesWas, ok: 1 };
};
