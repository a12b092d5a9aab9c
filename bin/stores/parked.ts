/**
 * Commits that are parked, for whoever mends what could not read them. What a projection's reader parked is read again
 * at once; what the relay parked goes back into the outbox, from which the running mall publishes it. Other readers
 * (sagas, live boards) live in the mall's own processes: theirs are shown.
 */
import type { Connection } from "mongoose";
import { createReadSide } from "../../indexers";
import { createSearchClient } from "../../indexers/kernel/client";
import { collectionOf } from "../../models/kernel/model";
import type { Histories } from "../../models/kernel/histories";
import { collectionIn, MAJORITY } from "../../services/kernel/mongo-collection";
import { CONSUMER_PARKED, createParkedStore, RELAY_PARKED, type Parked } from "../../services/kernel/parked";
import { replayParked, type Replayed } from "../../services/kernel/replay-parked";
import { searchUrlOf, type Places } from "./places";

/** So many are told. */
export const TOLD_MAX = 1_000;

export interface ParkedCommits {
  /** By who parked it, oldest reader first; so many at most. */
  all(): Promise<readonly Parked[]>;
  /** Reads again what this one parked; null for a reader that lives in the mall's own processes. */
  again(by: string): Promise<Replayed | null>;
}

const RELAY = "relay";

interface Outgoing {
  readonly aggregateId: string;
  readonly version: number;
  readonly published: boolean;
}

/** Unpublished again, a row lies in the outbox: the sweeper of the running mall takes it. */
async function sendAgain(connection: Connection): Promise<Replayed> {
  const store = await createParkedStore(connection, RELAY_PARKED);
  const [found, replayed] = [await store.of(RELAY, "", TOLD_MAX), { replayed: 0, failed: 0 }];
  for (const { _id, aggregate, aggregateId, version } of found) {
    const rows = collectionIn<Outgoing>(connection, collectionOf({ aggregate }));
    const { matchedCount } = await rows.updateOne({ aggregateId, version }, { $set: { published: false } }, MAJORITY);
    if (matchedCount > 0) await store.remove(_id);
    replayed[matchedCount > 0 ? "replayed" : "failed"] += 1;
  }
  return replayed;
}

/** @param connection of the mall's store, which stays the caller's */
export function parkedCommits(
  connection: Connection,
  { places, histories }: { readonly places: Places; readonly histories: readonly Histories[] },
): ParkedCommits {
  async function readAgain(by: string): Promise<Replayed | null> {
    const client = createSearchClient(searchUrlOf(places));
    try {
      const reader = createReadSide({ client, namespace: places.namespace }).indexers.find(({ name }) => name === by);
      const store = await createParkedStore(connection, CONSUMER_PARKED);
      return reader === undefined ? null : await replayParked(reader, histories, store);
    } finally {
      await client.close();
    }
  }
  return {
    async all() {
      const of = (name: string) =>
        collectionIn<Parked>(connection, name).find().sort({ by: 1, _id: 1 }).limit(TOLD_MAX);
      return [...(await of(RELAY_PARKED).toArray()), ...(await of(CONSUMER_PARKED).toArray())];
    },
    again: (by) => (by === RELAY ? sendAgain(connection) : readAgain(by)),
  };
}
