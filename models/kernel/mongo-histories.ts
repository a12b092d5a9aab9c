/**
 * Histories in MongoDB: one collection per aggregate. Rows are written through the driver beneath mongoose, for a
 * row is built by the kernel and checked by the contract; casting it again would only cost time. Reads that decide
 * something (relay, reconcilers, refusals) ask for majority.
 */
import { mongo, type Connection } from "mongoose";
import type { Histories, InsertOutcome, Standing } from "./histories";
import { collectionOf, historySchema, upcast, type Model } from "./model";
import { createTimelines, type Looks, type Stamped } from "./moment-search";
import type { Row } from "./row";

const DUPLICATE_KEY = 11000;

interface FailedBulk {
  readonly writeErrors?: readonly { readonly index: number; readonly code?: number }[];
  readonly result?: { getWriteConcernError(): unknown };
}

/** What became of each row when the driver threw. */
export function outcomesOf(error: unknown, rows: number, ordered: boolean): InsertOutcome[] {
  const failed: FailedBulk = error instanceof mongo.MongoBulkWriteError ? (error as FailedBulk) : {};
  const outcomes = new Array<InsertOutcome>(rows).fill(writtenOf(failed));
  for (const { index, code } of failed.writeErrors ?? []) {
    outcomes[index] = code === DUPLICATE_KEY ? "conflict" : "unknown";
    if (ordered) outcomes.fill("untried", index + 1);
  }
  return outcomes;
}

/** What became of the rows that are not named. Without the majority's word they may be rolled back: not "inserted". */
function writtenOf({ writeErrors = [], result }: FailedBulk): InsertOutcome {
  const durable = writeErrors.length > 0 && result?.getWriteConcernError() === undefined;
  return durable ? "inserted" : "unknown";
}

/** In one round trip for each collection: sixty models, each asking for one index after the other, slow a start. */
const INDEXES = historySchema.indexes().map(([key, options]) => ({ key, ...options }) as mongo.IndexDescription);

/** Creates the collection's indexes when they are missing. Called once at start. */
export async function createHistories(connection: Connection, model: Model, schema: number): Promise<Histories> {
  await connection.collection(collectionOf(model)).createIndexes(INDEXES);
  return openHistories(connection, model, schema);
}

/** Takes the collection as it is: for those who only look, and must not leave a trace where no mall is. */
export function openHistories(connection: Connection, model: Model, schema: number): Histories {
  const rows = connection.collection<Row>(collectionOf(model)) as unknown as mongo.Collection<Row>;
  const read = (row: Row): Row => upcast(model, schema, row);
  return {
    aggregate: model.aggregate,
    insert: (batch, ordered) => insert(rows, batch, ordered),
    newest: (ids) => newest(rows, ids, read),
    standing: (id, commandIds) => standing(rows, { id, commandIds, read }),
    ...pages(rows, read),
    async markPublished(rowIds) {
      await rows.updateMany({ _id: { $in: [...rowIds] } }, { $set: { published: true } });
    },
    count: () => rows.estimatedDocumentCount(),
  };
}

const durable = { writeConcern: { w: "majority", journal: true } } as const;

async function insert(rows: mongo.Collection<Row>, batch: readonly Row[], ordered: boolean): Promise<InsertOutcome[]> {
  const [only] = batch;
  if (only && batch.length === 1) return [await insertOne(rows, only)];
  try {
    await rows.insertMany([...batch], { ordered, ...durable });
    return new Array<InsertOutcome>(batch.length).fill("inserted");
  } catch (error) {
    return outcomesOf(error, batch.length, ordered);
  }
}

/** A lone row spares itself the driver's bookkeeping of batches. */
async function insertOne(rows: mongo.Collection<Row>, row: Row): Promise<InsertOutcome> {
  try {
    await rows.insertOne(row, durable);
    return "inserted";
  } catch (error) {
    return error instanceof mongo.MongoServerError && error.code === DUPLICATE_KEY ? "conflict" : "unknown";
  }
}

async function newest(
  rows: mongo.Collection<Row>,
  ids: readonly string[],
  read: (row: Row) => Row,
): Promise<ReadonlyMap<string, Row>> {
  const found = await Promise.all(
    ids.map((id) => rows.find({ aggregateId: id }, { readConcern: "majority" }).sort({ version: -1 }).limit(1).next()),
  );
  return new Map(found.flatMap((row) => (row ? [[row.aggregateId, read(row)] as const] : [])));
}

async function standing(
  rows: mongo.Collection<Row>,
  ask: { id: string; commandIds: readonly string[]; read: (row: Row) => Row },
): Promise<Standing> {
  const { id, commandIds, read } = ask;
  const [latest, known] = await Promise.all([
    newest(rows, [id], read),
    rows.find({ aggregateId: id, "command.id": { $in: [...commandIds] } }, { readConcern: "majority" }).toArray(),
  ]);
  return { newest: latest.get(id) ?? null, byCommand: new Map(known.map((row) => [row.command.id, read(row)])) };
}

async function timesOf(rows: mongo.Collection<Row>, id: string, versions: readonly number[]): Promise<Stamped[]> {
  const asked = { aggregateId: id, version: { $in: [...versions] } };
  const only = { projection: { _id: 0, version: 1, committedAt: 1 }, readConcern: "majority" } as const;
  return rows.find<Stamped>(asked, only).toArray();
}

function pages(
  rows: mongo.Collection<Row>,
  read: (row: Row) => Row,
): Pick<Histories, "asOf" | "page" | "scan" | "unpublished"> {
  const majority = { readConcern: "majority" } as const;
  const recordedBy = createTimelines();
  const list = async (filter: object, sort: Record<string, 1 | -1>, limit: number): Promise<Row[]> => {
    const found = await rows.find(filter, majority).sort(sort).limit(limit).toArray();
    return found.map(read);
  };
  return {
    async asOf(id, moment) {
      const newestOf = async (filter: object): Promise<Row | null> =>
        (await list({ aggregateId: id, ...filter }, { version: -1 }, 1))[0] ?? null;
      if ("version" in moment) return newestOf({ version: { $lte: moment.version } });
      // business time may go back from one version to the next: nothing but reading them tells
      if ("occurredAt" in moment) return newestOf({ occurredAt: { $lte: moment.occurredAt } });
      const look: Looks = {
        newest: () => newestOf({}),
        times: (versions) => timesOf(rows, id, versions),
        version: (version) => newestOf({ version }),
      };
      return recordedBy(id, look, moment.committedAt);
    },
    page: (id, afterVersion, limit) => list({ aggregateId: id, version: { $gt: afterVersion } }, { version: 1 }, limit),
    scan: (after, limit) => list({ _id: { $gt: after } }, { _id: 1 }, limit),
    async unpublished(after, limit, until) {
      // two index ranges instead of one `$or`, which not every planner turns into ranges
      const sort = { aggregateId: 1, hlc: 1 } as const;
      const { aggregateId, hlc } = after ?? { aggregateId: "", hlc: "" };
      const old = until === undefined ? {} : { $lte: until };
      const same = after ? await list({ published: false, aggregateId, hlc: { $gt: hlc, ...old } }, sort, limit) : [];
      if (same.length === limit) return same;
      const others = { published: false, aggregateId: { $gt: aggregateId }, ...(until !== undefined && { hlc: old }) };
      const next = await list(others, sort, limit - same.length);
      return [...same, ...next];
    },
  };
}
