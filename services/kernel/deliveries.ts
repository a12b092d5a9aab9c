/**
 * What is to be told outside, and what became of it: one row per thing told to an endpoint, in the collection
 * `webhook.deliveries`. A row says what to tell, and not the words: those are made of the history when it is told, for
 * every version is kept. A row is taken by compare-and-set, so that of several nodes one tells.
 */
import { mongo, type Connection } from "mongoose";
import type { Iso } from "../../models/kernel/row";
import { collectionIn, DUPLICATE_KEY, MAJORITY } from "./mongo-collection";

export type DeliveryStanding = "waiting" | "delivered" | "failed" | "dropped";

export interface Attempted {
  readonly at: Iso;
  readonly status: number | null;
  readonly ms: number;
  readonly reason: string | null;
  readonly answer: string | null;
}

/** Which event of which commit. */
export interface Occasion {
  readonly eventId: string;
  readonly type: string;
  readonly aggregate: string;
  readonly aggregateId: string;
  /** Null: of no commit, to try an endpoint. */
  readonly version: number | null;
  /** Among the events of the commit. */
  readonly n: number;
  readonly happenedAt: Iso;
}

export interface Delivery extends Occasion {
  readonly _id: string;
  readonly endpoint: string;
  /** When it was put here, and its id: the order in which deliveries are shown. */
  readonly seq: string;
  readonly status: DeliveryStanding;
  readonly attempts: number;
  /** When it was first tried, since it was put here or asked for again. */
  readonly begunAt: Iso | null;
  /** Empty: not any more. */
  readonly nextAt: Iso;
  /** Raised at each change: what compare-and-set compares. */
  readonly turn: number;
  readonly last: Attempted | null;
}

export interface DeliveryPage {
  readonly endpoint: string;
  readonly status?: DeliveryStanding | undefined;
  /** Before this one. */
  readonly before?: string | undefined;
  readonly limit: number;
}

export interface DeliveryStore {
  /** Keeps those that are not there yet. */
  put(deliveries: readonly Delivery[]): Promise<void>;
  /** Of an endpoint, the most overdue first. */
  due(endpoint: string, now: Iso, limit: number): Promise<readonly Delivery[]>;
  find(id: string): Promise<Delivery | null>;
  /** Replaces `before` by `after` unless somebody else was faster. */
  swap(before: Delivery, after: Delivery): Promise<boolean>;
  /** Newest first. */
  page(ask: DeliveryPage): Promise<readonly Delivery[]>;
  waiting(endpoint: string): Promise<number>;
  /** Whether anything was delivered to an endpoint after a moment. */
  deliveredSince(endpoint: string, at: Iso): Promise<boolean>;
  /** Forgets what came to its end before a moment. */
  forget(before: Iso): Promise<void>;
  /** Forgets all of an endpoint. */
  forgetAll(endpoint: string): Promise<void>;
}

export const DELIVERIES = "webhook.deliveries";

const seqAt = (at: Iso): string => `${at}/`;

function onlyDoubles(error: unknown): boolean {
  if (!(error instanceof mongo.MongoBulkWriteError)) return false;
  const errors = [error.writeErrors].flat();
  return errors.length > 0 && errors.every(({ code }) => code === DUPLICATE_KEY);
}

/** For who only looks: creates nothing. */
export function deliveriesIn(connection: Connection): DeliveryStore {
  const rows = () => collectionIn<Delivery>(connection, DELIVERIES);
  return {
    async put(deliveries) {
      if (deliveries.length === 0) return;
      try {
        await rows().insertMany([...deliveries], { ordered: false, ...MAJORITY });
      } catch (error) {
        if (!onlyDoubles(error)) throw error;
      }
    },
    // a range over strings leaves out what is empty
    due: (endpoint, now, limit) =>
      rows()
        .find({ endpoint, nextAt: { $gt: "", $lte: now } })
        .sort({ nextAt: 1 })
        .limit(limit)
        .toArray(),
    find: (id) => rows().findOne({ _id: id }),
    async swap({ _id, turn }, after) {
      const { matchedCount } = await rows().replaceOne({ _id, turn }, after, MAJORITY);
      return matchedCount === 1;
    },
    page: ({ endpoint, status, before, limit }) =>
      rows()
        .find({ endpoint, ...(status && { status }), ...(before !== undefined && { seq: { $lt: before } }) })
        .sort({ seq: -1 })
        .limit(limit)
        .toArray(),
    waiting: (endpoint) => rows().countDocuments({ endpoint, nextAt: { $gt: "" } }),
    async deliveredSince(endpoint, at) {
      return (await rows().findOne({ endpoint, status: "delivered", "last.at": { $gte: at } })) !== null;
    },
    async forget(before) {
      await rows().deleteMany({ nextAt: "", seq: { $lt: seqAt(before) } }, MAJORITY);
    },
    async forgetAll(endpoint) {
      await rows().deleteMany({ endpoint }, MAJORITY);
    },
  };
}

/** Creates the indexes that are missing. */
export async function createDeliveries(connection: Connection): Promise<DeliveryStore> {
  await collectionIn<Delivery>(connection, DELIVERIES).createIndexes([
    { key: { endpoint: 1, nextAt: 1 } },
    { key: { endpoint: 1, seq: -1 } },
    { key: { seq: 1 } },
  ]);
  return deliveriesIn(connection);
}

/** To be told now. */
export const awaiting = (endpoint: string, id: string, occasion: Occasion, now: Iso): Delivery => ({
  _id: id,
  endpoint,
  ...occasion,
  seq: `${seqAt(now)}${id}`,
  ...{ status: "waiting", attempts: 0, begunAt: null, nextAt: now, turn: 0, last: null },
});

/** The same once more, from the beginning. */
export const anew = (delivery: Delivery, now: Iso): Delivery => ({
  ...delivery,
  ...{ status: "waiting", attempts: 0, begunAt: null, nextAt: now, turn: delivery.turn + 1 },
});
