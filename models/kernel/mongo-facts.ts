/** Facts in MongoDB: one collection per kind, inserts only; the store itself removes them after their time. */
import { mongo, type Connection } from "mongoose";
import type { Fact, FactKind, FactPage, FactStore } from "./facts";

const DUPLICATE_KEY = 11000;
const DAY_MS = 24 * 60 * 60 * 1_000;
const durable = { ordered: false, writeConcern: { w: "majority", journal: true } } as const;

type Kept<F> = F & { readonly expiresAt: Date };

/** A batch that comes a second time runs into its own ids: it is there. */
function onlyDoubles(error: unknown): boolean {
  if (!(error instanceof mongo.MongoBulkWriteError)) return false;
  const errors = [error.writeErrors].flat();
  return errors.length > 0 && errors.every(({ code }) => code === DUPLICATE_KEY);
}

const rangeOf = ({ from, to, before }: FactPage): Record<string, string> => {
  const until = [to, before].filter((bound) => bound !== undefined).sort()[0];
  return { ...(from !== undefined && { $gte: from }), ...(until !== undefined && { $lt: until }) };
};

/** Creates the collection's indexes when they are missing. */
export async function createMongoFacts<F extends Fact>(connection: Connection, kind: FactKind): Promise<FactStore<F>> {
  const facts = connection.collection(kind.collection) as unknown as mongo.Collection<Kept<F> & { _id: string }>;
  await facts.createIndexes([
    ...kind.indexed.map((field) => ({ key: { [field]: 1, _id: -1 } })),
    { key: { expiresAt: 1 }, expireAfterSeconds: 0 },
  ]);
  const among = ({ where, limit, ...ask }: FactPage, projection?: { readonly _id: 1 }) => {
    const range = rangeOf({ where, limit, ...ask });
    const filter = { ...where, ...(Object.keys(range).length > 0 && { _id: range }) };
    const asked = { readConcern: "majority", ...(projection && { projection }) } as const;
    return facts
      .find(filter as never, asked)
      .sort({ _id: -1 })
      .limit(limit)
      .toArray();
  };
  const bare = ({ expiresAt: _expiresAt, ...fact }: Kept<F>): F => fact as unknown as F;
  return {
    async append(batch) {
      const kept = batch.map((fact) => ({
        ...fact,
        expiresAt: new Date(Date.parse(fact.at) + kind.keptDays * DAY_MS),
      }));
      try {
        await facts.insertMany(kept as never, durable);
      } catch (error) {
        if (!onlyDoubles(error)) throw error;
      }
    },
    page: async (ask) => (await among(ask)).map((fact) => bare(fact as Kept<F>)),
    ids: async (ask) => (await among(ask, { _id: 1 })).map(({ _id }) => _id),
    async those(ids) {
      const found = await facts.find({ _id: { $in: [...ids] } } as never, { readConcern: "majority" }).toArray();
      return found.map((fact) => bare(fact as Kept<F>));
    },
  };
}

/** Facts as they lie, without what is sealed: for whoever counts them. */
export interface FactTrail {
  /** Oldest first, from a moment on. */
  since(at: string, limit: number): Promise<readonly Fact[]>;
}

export type TrailKind = Pick<FactKind, "collection" | "personal">;

/**
 * Of a kind whose collection somebody else makes. What is sealed is left in the store: it is most of a fact, tells
 * nothing to who has no key, and facts of the last moments are read again and again.
 */
export function mongoFactTrail(connection: Connection, { collection, personal }: TrailKind): FactTrail {
  const left = ["expiresAt", ...(personal?.fields ?? [])];
  const projection = Object.fromEntries(left.map((field) => [field, 0]));
  const rows = connection.collection(collection) as unknown as mongo.Collection<Fact>;
  return {
    since: (at, limit) =>
      rows
        .find({ _id: { $gte: at } } as never, { readConcern: "majority", projection })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray(),
  };
}
