/**
 * Commits that could not be published, or that a reader could not read, are parked: recorded with the reason, so that
 * they hold up nothing else, can be seen, and can be replayed when the cause is gone. The commit itself stays where
 * it is, in its history; only a reference is kept.
 */
import type { Connection } from "mongoose";
import { commitRef, type Commit, type Iso } from "../../models/kernel/row";
import { collectionIn, MAJORITY } from "./mongo-collection";

/** Collections of what was parked. */
export const RELAY_PARKED = "relay.parked";
export const CONSUMER_PARKED = "consumer.parked";

export interface Parked {
  /** `<by>:<aggregate>/<id>@<version>`: unique, so parking the same again only renews it. */
  readonly _id: string;
  /** Name of the reader; `relay` for what was not published. */
  readonly by: string;
  readonly aggregate: string;
  readonly aggregateId: string;
  readonly version: number;
  /** At most 500 characters. */
  readonly reason: string;
  readonly at: Iso;
  readonly attempts: number;
}

export interface ParkedStore {
  /** Records it; what is parked already gets the new reason. */
  put(parked: Parked): Promise<void>;
  /** By `_id`, after this one. */
  of(by: string, after: string, limit: number): Promise<readonly Parked[]>;
  remove(id: string): Promise<void>;
  count(by: string): Promise<number>;
}

type Ref = Pick<Commit, "aggregate" | "aggregateId" | "version">;

export function parkedFor(by: string, ref: Ref, why: Pick<Parked, "reason" | "at" | "attempts">): Parked {
  const { aggregate, aggregateId, version } = ref;
  return { _id: `${by}:${commitRef(aggregate, aggregateId, version)}`, by, aggregate, aggregateId, version, ...why };
}

/** Creates the collection's index when it is missing. */
export async function createParkedStore(connection: Connection, name: string): Promise<ParkedStore> {
  const parked = collectionIn<Parked>(connection, name);
  await parked.createIndexes([{ key: { by: 1, _id: 1 } }]);
  return {
    async put(entry) {
      await parked.replaceOne({ _id: entry._id }, entry, { upsert: true, ...MAJORITY });
    },
    of: (by, after, limit) =>
      parked
        .find({ by, _id: { $gt: after } })
        .sort({ by: 1, _id: 1 })
        .limit(limit)
        .toArray(),
    async remove(id) {
      await parked.deleteOne({ _id: id }, MAJORITY);
    },
    count: (by) => parked.countDocuments({ by }),
  };
}
