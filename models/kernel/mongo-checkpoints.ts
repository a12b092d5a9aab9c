/**
 * Checkpoints in MongoDB, and the rows that they vouch for as they were stored: a reader that upcasts would show a
 * row whose hash is of an older shape.
 */
import { mongo, type Connection } from "mongoose";
import type { RowSource } from "./audit";
import type { Checkpoint, CheckpointStore, ChunkHead, LeafChunk } from "./checkpoint";
import { collectionOf } from "./model";
import type { Row } from "./row";

const DUPLICATE_KEY = 11000;
const INDEX_DIGITS = 7;
const durable = { writeConcern: { w: "majority", journal: true } } as const;
const majority = { readConcern: "majority" } as const;

interface CheckpointRow extends Checkpoint {
  readonly _id: number;
}

interface LeafRow extends LeafChunk {
  readonly _id: string;
}

/** Reads one aggregate's history row by row as stored. */
export function rawRows(connection: Connection, aggregate: string): RowSource {
  const rows = connection.collection<Row>(collectionOf({ aggregate })) as unknown as mongo.Collection<Row>;
  return {
    aggregate,
    scan: (after, limit) =>
      rows
        .find({ _id: { $gt: after } }, majority)
        .sort({ _id: 1 })
        .limit(limit)
        .toArray(),
  };
}

const leafId = (leaves: string, index: number): string => `${leaves}/${String(index).padStart(INDEX_DIGITS, "0")}`;

/** "0" is the character after "/". */
const chunksOf = (leaves: string) => ({ _id: { $gt: `${leaves}/`, $lt: `${leaves}0` } });

export function mongoCheckpoints(connection: Connection): CheckpointStore {
  const rows = connection.collection<CheckpointRow>("checkpoints") as unknown as mongo.Collection<CheckpointRow>;
  const chunks = connection.collection<LeafRow>("checkpoint.leaves") as unknown as mongo.Collection<LeafRow>;
  const read = ({ _id, ...checkpoint }: CheckpointRow): Checkpoint => checkpoint;
  return {
    async latest() {
      const [row] = await rows.find({}, majority).sort({ _id: -1 }).limit(1).toArray();
      return row ? read(row) : null;
    },
    async page(afterSeq, limit) {
      const found = await rows
        .find({ _id: { $gt: afterSeq } }, majority)
        .sort({ _id: 1 })
        .limit(limit)
        .toArray();
      return found.map(read);
    },
    async put(checkpoint) {
      try {
        await rows.insertOne({ _id: checkpoint.seq, ...checkpoint }, durable);
        return true;
      } catch (error) {
        if (error instanceof mongo.MongoServerError && error.code === DUPLICATE_KEY) return false;
        throw error;
      }
    },
    async putLeaves(chunk) {
      await chunks.insertOne({ _id: leafId(chunk.leaves, chunk.index), ...chunk }, durable);
    },
    async chunkHeads(leaves) {
      const found = await chunks
        .find(chunksOf(leaves), majority)
        .project<ChunkHead>({ _id: 0, leaves: 1, index: 1, first: 1, root: 1 })
        .sort({ _id: 1 })
        .toArray();
      return found;
    },
    leaves: (leaves, index) => chunks.findOne({ _id: leafId(leaves, index) }, majority),
    async discardLeaves(leaves) {
      await chunks.deleteMany(chunksOf(leaves));
    },
  };
}
