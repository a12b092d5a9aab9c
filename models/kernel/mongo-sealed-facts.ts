/** Facts about people in MongoDB: inserts and removals only; the store itself removes them after their time. */
import { mongo, type Connection } from "mongoose";
import type { SealedFact, SealedFacts } from "./sealed-facts";

const DUPLICATE_KEY = 11000;
const DAY_MS = 24 * 60 * 60 * 1_000;
const majority = { readConcern: "majority" } as const;
const durable = { writeConcern: { w: "majority", journal: true } } as const;

export interface SealedKind {
  readonly collection: string;
  readonly keptDays: number;
}

type Row = SealedFact & { readonly expiresAt: Date };

/** Creates the collection's indexes when they are missing. */
export async function createMongoSealedFacts(connection: Connection, kind: SealedKind): Promise<SealedFacts> {
  const rows = connection.collection<Row>(kind.collection) as unknown as mongo.Collection<Row>;
  await rows.createIndexes([{ key: { who: 1, at: -1 } }, { key: { expiresAt: 1 }, expireAfterSeconds: 0 }]);
  const keptMs = kind.keptDays * DAY_MS;
  return {
    async add(fact) {
      try {
        await rows.insertOne({ ...fact, expiresAt: new Date(Date.parse(fact.at) + keptMs) }, durable);
      } catch (error) {
        // it came a second time: it is there
        if (!(error instanceof mongo.MongoServerError) || error.code !== DUPLICATE_KEY) throw error;
      }
    },
    async newest(who, limit) {
      const found = rows.find({ who }, majority).sort({ at: -1 }).limit(limit);
      return (await found.toArray()).map(({ expiresAt: _expiresAt, ...fact }) => fact);
    },
    async *all(who) {
      for await (const { expiresAt: _expiresAt, ...fact } of rows.find({ who }, majority).sort({ at: 1 })) yield fact;
    },
    async remove(who) {
      await rows.deleteMany({ who }, durable);
    },
  };
}
