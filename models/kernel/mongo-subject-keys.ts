/**
 * Keys of data subjects in MongoDB, in a collection of their own: its backups are kept apart and expire, so that an
 * erasure reaches them too. A key is never changed, only replaced by its tombstone.
 */
import { mongo, type Connection } from "mongoose";
import type { KeyRow, KeyRows } from "./subject-keys";

const COLLECTION = "subject.keys";
const DUPLICATE_KEY = 11000;
const durable = { writeConcern: { w: "majority", journal: true } } as const;

export function mongoKeyRows(connection: Connection): KeyRows {
  const rows = connection.collection<KeyRow>(COLLECTION) as unknown as mongo.Collection<KeyRow>;
  return {
    find: (subjects) => rows.find({ _id: { $in: [...subjects] } }, { readConcern: "majority" }).toArray(),
    async keep(row) {
      try {
        const { _id, wrapped } = row;
        const options = { upsert: true, returnDocument: "after", ...durable } as const;
        return (await rows.findOneAndUpdate({ _id }, { $setOnInsert: { wrapped } }, options)) ?? row;
      } catch (error) {
        // two upserts at once: one of them is told of the other
        if (!(error instanceof mongo.MongoServerError && error.code === DUPLICATE_KEY)) throw error;
        return (await rows.findOne({ _id: row._id }, { readConcern: "majority" })) ?? row;
      }
    },
    async bury(subject) {
      await rows.updateOne({ _id: subject }, { $set: { wrapped: null } }, { upsert: true, ...durable });
    },
  };
}
