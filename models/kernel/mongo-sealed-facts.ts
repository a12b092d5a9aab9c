/** Facts about people in MongoDB: inserts and removals only; the store itself removes them after their time. */
import { mongo, type Connection } from "mongoose";
import type { SealedFact, SealedFacts } from "./sealed-facts";

const DUPLICATE_KEY = 11000;
const DAY_MS = 24 * 60 * 60 * 1_000;
const durable = { writeConcern: { w: "majority", journal: true } } as const;

export interface SealedKind {
  readonly collection: string;
  readonly keptDays: number;
}

type Row = SealedFact & { readonly expiresAt: Date };

/** Which of the batch were there before. @throws the error when that is not all that went wrong */
function doublesIn(error: unknown, facts: readonly SealedFact[]): ReadonlySet<string> {
  if (!(error instanceof mongo.MongoBulkWriteError)) throw error;
  const errors = [error.writeErrors].flat();
  if (errors.length === 0 || errors.some(({ code }) => code !== DUPLICATE_KEY)) throw error;
  return new Set(errors.map(({ index }) => facts[index]?._id ?? ""));
}

/** Creates the collection's indexes when they are missing. */
export async function createMongoSealedFacts(connection: Connection, kind: SealedKind): Promise<SealedFacts> {
  const rows = connection.collection<Row>(kind.collection) as unknown as mongo.Collection<Row>;
  await rows.createIndexes([{ key: { who: 1, at: -1 } }, { key: { expiresAt: 1 }, expireAfterSeconds: 0 }]);
  const keptMs = kind.keptDays * DAY_MS;
  return {
    async append(facts) {
      if (facts.length === 0) return new Set();
      const kept = facts.map((fact) => ({ ...fact, expiresAt: new Date(Date.parse(fact.at) + keptMs) }));
      try {
        await rows.insertMany(kept, { ordered: false, ...durable });
        return new Set();
      } catch (error) {
        return doublesIn(error, facts);
      }
    },
    async newest(who, limit) {
      const found = rows.find({ who }, { readConcern: "majority" }).sort({ at: -1 }).limit(limit);
      return (await found.toArray()).map(({ expiresAt: _expiresAt, ...fact }) => fact);
    },
    async remove(who) {
      await rows.deleteMany({ who }, durable);
    },
  };
}
