/** Collections and databases: made, changed, listed, renamed, dropped. */
import { serialize } from "bson";
import { type Command, docOf, existing, namespaceOf, refuseOptions } from "./command";
import { CommandError } from "./errors";
import { matcher } from "./matcher";
import { validationIn } from "./validator";

const otherKinds = ["capped", "timeseries", "viewOn", "collation", "clusteredIndex", "changeStreamPreAndPostImages"];
const otherChanges = [
  "index",
  "viewOn",
  "pipeline",
  "changeStreamPreAndPostImages",
  "timeseries",
  "cappedSize",
  "cappedMax",
  "expireAfterSeconds",
  "recordPreImages",
  "dryRun",
];

export const create: Command = (server, request) => {
  const ns = namespaceOf(request);
  refuseOptions(request, otherKinds);
  if (server.catalog.find(ns)) throw new CommandError(48, `Collection ${ns} already exists.`);
  server.catalog.create(ns, validationIn(request.body, {}));
  return { ok: 1 };
};

/** Documents that are there already are not looked at, as in mongod. */
export const collMod: Command = (server, request) => {
  const collection = existing(server, request);
  refuseOptions(request, otherChanges);
  server.catalog.setOptions(collection, validationIn(request.body, collection.options));
  return { ok: 1 };
};

export const drop: Command = (server, request) => {
  const collection = existing(server, request);
  server.catalog.drop(collection);
  return { ns: collection.ns, nIndexesWas: collection.indexes.length, ok: 1 };
};

export const renameCollection: Command = (server, { body }) => {
  const [from, to] = [String(body.renameCollection), String(body.to)];
  const collection = server.catalog.find(from);
  if (!collection) throw new CommandError(26, `ns does not exist: ${from}`);
  const other = server.catalog.find(to);
  if (other && body.dropTarget !== true) throw new CommandError(48, `Collection ${to} already exists.`);
  if (other) server.catalog.drop(other);
  server.catalog.rename(collection, to);
  return { ok: 1 };
};

export const dropDatabase: Command = (server, { db }) => {
  for (const collection of server.catalog.all()) if (collection.db === db) server.catalog.drop(collection);
  return { dropped: db, ok: 1 };
};

export const listCollections: Command = (server, { db, body }) => {
  const matches = matcher(docOf(body.filter));
  const docs = server.catalog
    .all()
    .filter((collection) => collection.db === db)
    .map(({ name, options }) => ({
      name,
      type: "collection",
      options,
      info: { readOnly: false },
      idIndex: { v: 2, key: { _id: 1 }, name: "_id_" },
    }));
  const chosen = docs.filter((doc) => matches(doc)).map((doc) => serialize(doc));
  return server.cursors.start(`${db}.$cmd.listCollections`, chosen, undefined);
};

export const listDatabases: Command = (server) => {
  const names = [...new Set(server.catalog.all().map(({ db }) => db))].sort();
  const databases = names.map((name) => ({ name, sizeOnDisk: 0, empty: false }));
  return { databases, totalSize: 0, ok: 1 };
};
