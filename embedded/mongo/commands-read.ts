/** find, getMore, killCursors, count, distinct, explain. */
import { serialize } from "bson";
import { type Collection } from "./catalog";
import { type Command, countOf, docOf, namespaceOf, refuseOptions, type Request, type Server } from "./command";
import { CommandError } from "./errors";
import { compareValues } from "./order";
import { candidates } from "./paths";
import { type Plan } from "./plan";
import { foldOf } from "./predicates";
import { projector } from "./project";
import { decode, decodeToWrite, type Doc } from "./raw";
import { Scan, type Search, search } from "./scan";

const refused = ["tailable", "awaitData", "min", "max", "returnKey", "showRecordId", "oplogReplay"];

export function searchOf(body: Doc, filter: unknown): Search {
  const skip = countOf(body.skip, "skip") ?? 0;
  const limit = countOf(body.limit, "limit") ?? 0;
  if (skip < 0) throw new CommandError(2, "skip cannot be negative.");
  return {
    filter: docOf(filter),
    sort: docOf(body.sort),
    skip,
    limit: Math.abs(limit),
    collation: body.collation as Doc | undefined,
    variables: body.let as Doc | undefined,
  };
}

const hasFields = (doc: unknown): doc is Doc => Object.keys(docOf(doc)).length > 0;

export function* documentsOf(server: Server, collection: Collection, request: Search): Generator<Buffer> {
  const scan = new Scan(server.storage, collection, request);
  for (const { bytes } of search(scan, request)) yield bytes;
}

function* projected(docs: Iterable<Buffer>, project: (doc: Doc) => Doc): Generator<Uint8Array> {
  for (const bytes of docs) yield serialize(project(decodeToWrite(bytes)));
}

export const find: Command = (server, request) => {
  refuseOptions(request, refused);
  const { body } = request;
  const ns = namespaceOf(request);
  const wanted = searchOf(body, body.filter);
  const batch = countOf(body.batchSize, "batchSize");
  const single = body.singleBatch === true || (countOf(body.limit, "limit") ?? 0) < 0;
  const collection = server.catalog.find(ns);
  if (!collection) return server.cursors.start(ns, [], batch, single);
  const docs = documentsOf(server, collection, wanted);
  const projection = body.projection;
  const out = hasFields(projection)
    ? projected(docs, projector(projection, wanted.filter, foldOf(wanted.collation)))
    : docs;
  return server.cursors.start(ns, out, batch, single);
};

export const getMore: Command = (server, request) => {
  const id = BigInt(String(request.body.getMore));
  const ns = `${request.db}.${String(request.body.collection)}`;
  return server.cursors.more(id, ns, countOf(request.body.batchSize, "batchSize"));
};

export const killCursors: Command = (server, { body }) => {
  const ids = (body.cursors as unknown[]).map((id) => ({ id, found: server.cursors.kill(BigInt(String(id))) }));
  const chosen = (found: boolean): unknown[] => ids.filter((item) => item.found === found).map(({ id }) => id);
  return { cursorsKilled: chosen(true), cursorsNotFound: chosen(false), cursorsAlive: [], cursorsUnknown: [], ok: 1 };
};

/** How many documents a search finds; from the keys alone where the index answers the whole filter. */
export function countDocuments(server: Server, collection: Collection, wanted: Search): number {
  const unordered = { ...wanted, sort: {} };
  const scan = new Scan(server.storage, collection, unordered);
  const { skip = 0, limit = 0 } = wanted;
  if (scan.countable) {
    const rest = Math.max(0, scan.count() - skip);
    return limit > 0 ? Math.min(limit, rest) : rest;
  }
  let count = 0;
  for (const found of search(scan, unordered)) count += found.bytes.length > 0 ? 1 : 0;
  return count;
}

export const count: Command = (server, request) => {
  const collection = server.catalog.find(namespaceOf(request));
  const { body } = request;
  return { n: collection ? countDocuments(server, collection, searchOf(body, body.query)) : 0, ok: 1 };
};

export const distinct: Command = (server, request) => {
  const { body } = request;
  const collection = server.catalog.find(namespaceOf(request));
  if (!collection) return { values: [], ok: 1 };
  const path = String(body.key).split(".");
  const values: unknown[] = [];
  for (const bytes of documentsOf(server, collection, searchOf(body, body.query))) {
    const found = candidates(decode(bytes), path).filter((value) => value !== undefined && !Array.isArray(value));
    values.push(...found);
  }
  values.sort(compareValues);
  const fold = foldOf(body.collation as Doc | undefined);
  if (fold) throw new CommandError(115, "distinct with a collation is not supported by the embedded MongoDB.");
  return { values: values.filter((value, i) => i === 0 || compareValues(value, values[i - 1]) !== 0), ok: 1 };
};

function accessOf({ index, ranges, backwards }: Plan): Doc {
  const how = { direction: backwards ? "backward" : "forward", ranges: ranges.length };
  if (index.isTable) return { stage: "COLLSCAN", ...how };
  const named = { indexName: index.name, keyPattern: index.spec.key, isMultiKey: index.multikey };
  return { stage: "FETCH", inputStage: { stage: "IXSCAN", ...named, ...how } };
}

/** The plan, and with executionStats what running it looked at. */
export const explain: Command = (server, request: Request) => {
  const inner = docOf(request.body.explain);
  const name = Object.keys(inner)[0] ?? "";
  if (name !== "find" && name !== "count") throw new CommandError(115, `explain of ${name} is not supported.`);
  const ns = `${request.db}.${String(inner[name])}`;
  const collection = server.catalog.find(ns);
  const wanted = searchOf(inner, inner.filter ?? inner.query);
  if (!collection) return { queryPlanner: { namespace: ns, winningPlan: { stage: "EOF" } }, ok: 1 };
  const scan = new Scan(server.storage, collection, wanted);
  const access = accessOf(scan.plan);
  const winningPlan = scan.plan.sorted ? access : { stage: "SORT", inputStage: access };
  const nReturned = [...search(scan, wanted)].length;
  const { keys: totalKeysExamined, docs: totalDocsExamined } = scan.examined;
  const executionStats = { executionSuccess: true, nReturned, totalKeysExamined, totalDocsExamined };
  return { queryPlanner: { namespace: ns, winningPlan }, executionStats, ok: 1 };
};
