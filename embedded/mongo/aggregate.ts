/**
 * Pipelines: the leading $match, $sort, $skip and $limit are a search with the indexes, the rest is mingo's. Arithmetic
 * over 64-bit integers beyond 2^53 or Decimal128 is refused, because mingo would leave them out in silence.
 */
import { serialize } from "bson";
import { Aggregator } from "mingo/aggregator";
import { collectionFor, type Command, countOf, docOf, type Reply, type Request, type Server } from "./command";
import { countDocuments, documentsOf } from "./commands-read";
import { CommandError, Refused } from "./errors";
import { optionsOf, refuseScripts } from "./matcher";
import { bsonType } from "./order";
import { isDocument } from "./paths";
import { foldOf } from "./predicates";
import { decode, type Doc } from "./raw";
import { type Search } from "./scan";
import { writeStages } from "./aggregate-write";

const FOREIGN_BYTES_MAX = 256 * 1024 * 1024;
const STAGES_MAX = 1000;
const arithmetic =
  /"\$(sum|avg|add|subtract|multiply|divide|mod|abs|ceil|floor|round|trunc|pow|sqrt|exp|ln|log10|log|stdDevPop|stdDevSamp|range|inc|derivative|integral|expMovingAvg|bucket|bucketAuto|densify|toInt|toLong|toDouble|percentile|median)"/;
const refusedStages: Record<string, number> = {
  $changeStream: 40573,
  $search: 115,
  $vectorSearch: 115,
  $geoNear: 115,
  $collStats: 115,
  $indexStats: 115,
  $currentOp: 115,
  $listSessions: 115,
  $graphLookup: 115,
};

type Led = { search: Search; rest: Doc[] };
const searchStages = ["$match", "$sort", "$skip", "$limit"];

/** Takes the stages that a search can do from the front of the pipeline. */
export function leading(pipeline: Doc[]): Led {
  const search: Search = { filter: {} };
  let last = -1;
  let taken = 0;
  for (const stage of pipeline) {
    const [name = ""] = Object.keys(stage);
    const place = searchStages.indexOf(name);
    // each once and in this order; only one $match after another is the same as one
    if (place < last || place < 0 || (place === last && name !== "$match")) break;
    take(search, name, stage[name]);
    last = place;
    taken++;
  }
  return { search, rest: pipeline.slice(taken) };
}

function take(search: Search, name: string, value: unknown): void {
  if (name === "$match") {
    search.filter = Object.keys(search.filter).length > 0 ? { $and: [search.filter, value] } : docOf(value);
  }
  if (name === "$sort") search.sort = docOf(value);
  if (name === "$skip") search.skip = countOf(value, "$skip") ?? 0;
  if (name === "$limit") search.limit = countOf(value, "$limit") ?? 0;
}

function checkStages(pipeline: Doc[]): void {
  if (pipeline.length > STAGES_MAX) throw new CommandError(2, `A pipeline has ${STAGES_MAX} stages at most.`);
  for (const stage of pipeline) {
    const [name, ...more] = Object.keys(stage);
    if (name === undefined || more.length > 0) throw new CommandError(40323, "A pipeline stage has exactly one field.");
    const code = refusedStages[name];
    if (code !== undefined) throw new Refused(name, code);
  }
}

/** mingo leaves out the _id of a group whose key is missing; MongoDB says null. */
function normal(stage: Doc): Doc {
  const group = stage.$group as Doc | undefined;
  if (!group || (typeof group._id !== "string" && !isDocument(group._id))) return stage;
  const operators = typeof group._id === "string" || Object.keys(group._id)[0]?.startsWith("$");
  return operators ? { $group: { ...group, _id: { $ifNull: [group._id, null] } } } : stage;
}

function isWide(value: unknown): boolean {
  const type = bsonType(value);
  if (type !== undefined) return type === "Long" || type === "Decimal128";
  if (Array.isArray(value)) return value.some(isWide);
  return isDocument(value) && Object.values(value).some(isWide);
}

function* decoded(docs: Iterable<Buffer>, calculates: boolean): Generator<Doc> {
  for (const bytes of docs) {
    const doc = decode(bytes);
    if (calculates && isWide(doc)) throw new Refused("Arithmetic over Decimal128 or integers beyond 2^53");
    yield doc;
  }
}

function foreign(server: Server, db: string, calculates: boolean): (name: string) => Doc[] {
  const known = new Map<string, Doc[]>();
  return (name) => {
    const held = known.get(name);
    if (held) return held;
    const collection = server.catalog.find(`${db}.${name}`);
    const docs: Doc[] = [];
    let bytes = 0;
    for (const raw of collection ? documentsOf(server, collection, { filter: {} }) : []) {
      bytes += raw.length;
      if (bytes > FOREIGN_BYTES_MAX) throw new Refused(`Joining ${name}, which is larger than 256 MB,`);
      docs.push(...decoded([raw], calculates));
    }
    known.set(name, docs);
    return docs;
  };
}

function* encoded(iterator: { next(): { value?: unknown; done: boolean } }): Generator<Uint8Array> {
  for (;;) {
    const { value, done } = iterator.next();
    if (done) return;
    yield serialize(value as Doc);
  }
}

/** The driver's countDocuments: one number, from the keys where an index answers. */
function countOnly(rest: Doc[]): boolean {
  const [stage, ...more] = rest;
  return more.length === 0 && JSON.stringify(stage) === '{"$group":{"_id":1,"n":{"$sum":1}}}';
}

const counted = (n: number): Uint8Array[] => (n > 0 ? [serialize({ _id: 1, n })] : []);

/** Whether a pipeline over no collection can still give something. */
const bringsDocuments = (pipeline: Doc[]): boolean =>
  pipeline[0]?.$documents !== undefined || pipeline.some((stage) => stage.$unionWith);

function results(server: Server, request: Request, pipeline: Doc[]): Iterable<Uint8Array> {
  const { body, db } = request;
  const { search, rest } = leading(pipeline);
  search.collation = body.collation as Doc | undefined;
  search.variables = body.let as Doc | undefined;
  if (pipeline.some((stage) => stage.$limit === 0)) throw new CommandError(15958, "$limit is 1 or more.");
  const collection = typeof body.aggregate === "string" ? server.catalog.find(`${db}.${body.aggregate}`) : undefined;
  if (!collection) return bringsDocuments(pipeline) ? staged(server, db, { search, rest }, []) : emptyResult(rest);
  if (countOnly(rest)) return counted(countDocuments(server, collection, search));
  const docs = documentsOf(server, collection, search);
  return rest.length === 0 ? docs : staged(server, db, { search, rest }, docs);
}

/** What mingo makes of the documents in the stages that are left. */
function staged(server: Server, db: string, { search, rest }: Led, docs: Iterable<Buffer>): Iterable<Uint8Array> {
  const calculates = arithmetic.test(JSON.stringify(rest).replaceAll('"$sum":1', ""));
  if (foldOf(search.collation)) throw new Refused("A pipeline under a collation");
  const options = { ...optionsOf(undefined, search.variables), collectionResolver: foreign(server, db, calculates) };
  return encoded(new Aggregator(rest.map(normal), options).stream(decoded(docs, calculates)));
}

/** Over no collection: what the stages make of nothing ($group by a constant still gives nothing, $facet one). */
const emptyResult = (rest: Doc[]): Iterable<Uint8Array> =>
  encoded(new Aggregator(rest.map(normal), { ...optionsOf(undefined), collectionResolver: () => [] }).stream([]));

export const aggregate: Command = (server, request): Reply => {
  const { body, db } = request;
  const pipeline = body.pipeline as Doc[];
  checkStages(pipeline);
  refuseScripts(pipeline);
  const last = Object.keys(pipeline.at(-1) ?? {})[0] ?? "";
  const ns = `${db}.${typeof body.aggregate === "string" ? body.aggregate : "$cmd.aggregate"}`;
  if (body.explain === true) throw new Refused("explain of a pipeline");
  const write = writeStages[last];
  if (write) {
    const found = [...results(server, request, pipeline.slice(0, -1))];
    write({ server, db, spec: pipeline.at(-1)?.[last], collectionFor }, found);
    return server.cursors.start(ns, [], undefined);
  }
  const batch = countOf(docOf(body.cursor).batchSize, "batchSize");
  return server.cursors.start(ns, results(server, request, pipeline), batch);
};
