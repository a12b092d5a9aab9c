/**
 * Facts that are counted by somebody else later, in MongoDB: taken in once each, by their id, and read in the order in
 * which they came in. The one index beside that of the ids serves both their order and their end.
 */
import { mongo, type Connection } from "mongoose";
import type { CountedFact, CountedFacts } from "./counted-facts";

const DUPLICATE_KEY = 11000;
const DAY_MS = 24 * 60 * 60 * 1_000;
const durable = { ordered: false, writeConcern: { w: "majority", journal: true } } as const;

export interface CountedKind {
  readonly collection: string;
  readonly keptDays: number;
}

type Row<F> = F & { readonly expiresAt: Date };

/** Which of the batch were there before. @throws the error when that is not all that went wrong */
function doublesIn(error: unknown, facts: readonly CountedFact[]): ReadonlySet<string> {
  if (!(error instanceof mongo.MongoBulkWriteError)) throw error;
  const errors = [error.writeErrors].flat();
  if (errors.length === 0 || errors.some(({ code }) => code !== DUPLICATE_KEY)) throw error;
  return new Set(errors.map(({ index }) => facts[index]?._id ?? ""));
}

/** Creates the collection's index when it is missing. */
export async function createMongoCountedFacts<F extends CountedFact>(
  connection: Connection,
  { collection, keptDays }: CountedKind,
): Promise<CountedFacts<F>> {
  const rows = connection.collection(collection) as unknown as mongo.Collection<Row<F> & { _id: string }>;
  await rows.createIndexes([{ key: { expiresAt: 1 }, expireAfterSeconds: 0 }]);
  const expiry = (at: string): Date => new Date(Date.parse(at) + keptDays * DAY_MS);
  return {
    async append(facts) {
      try {
        await rows.insertMany(facts.map((fact) => ({ ...fact, expiresAt: expiry(fact.at) })) as never, durable);
        return new Set();
      } catch (error) {
        return doublesIn(error, facts);
      }
    },
    async since(at, limit) {
      const filter = { expiresAt: { $gte: expiry(at) } } as never;
      const found = rows.find(filter, { readConcern: "majority" }).sort({ expiresAt: 1 }).limit(limit);
      return (await found.toArray()).map(({ expiresAt: _expiresAt, ...fact }) => fact as unknown as F);
    },
  };
}
