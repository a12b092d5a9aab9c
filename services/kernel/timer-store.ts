/**
 * The collection `timers`: one document per aggregate with what it wants to be told later. A document belongs to one
 * version of its aggregate; a newer version replaces it, an older one is refused.
 */
import { mongo, type Connection } from "mongoose";
import type { Due } from "../../models/kernel/aggregate";
import type { Iso } from "../../models/kernel/row";
import { collectionIn, DUPLICATE_KEY, MAJORITY } from "./mongo-collection";

/** How a timer ended: its command was accepted, or refused with this type and detail. */
export type TimerOutcome = { readonly fired: Iso } | { readonly refused: string; readonly at: Iso };

export interface Timer extends Due {
  /** Failed attempts, and when to try again. */
  readonly attempts: number;
  readonly retryAt: Iso | null;
  readonly reason: string | null;
  readonly outcome: TimerOutcome | null;
}

export interface TimerDocument {
  /** `<aggregate>/<id>`; `<aggregate>/<id>#<reader>` for what another reader of its commits wants to be done. */
  readonly _id: string;
  readonly version: number;
  /** Raised at each change of the document: what compare-and-set compares, together with the version. */
  readonly turn: number;
  readonly due: readonly Timer[];
  /** The earliest moment at which something is to be done; null when nothing is. */
  readonly nextAt: Iso | null;
}

export interface TimerStore {
  /** Keeps the documents that are newer than what is known. */
  project(documents: readonly TimerDocument[]): Promise<void>;
  /** Documents with something to do now, most overdue first. */
  due(now: Iso, limit: number): Promise<readonly TimerDocument[]>;
  /** When there will be something to do. */
  next(): Promise<Iso | null>;
  /** Replaces `before` by `after` unless somebody else was faster. */
  swap(before: TimerDocument, after: TimerDocument): Promise<boolean>;
}

export const due = ({ nextAt }: Pick<TimerDocument, "nextAt">, now: Iso): boolean => nextAt !== null && nextAt <= now;

/** Creates the collection's index when it is missing. */
export async function createTimerStore(connection: Connection): Promise<TimerStore> {
  const timers = collectionIn<TimerDocument>(connection, "timers");
  await timers.createIndexes([{ key: { nextAt: 1 } }]);
  return {
    async project(documents) {
      const writes = documents.map(({ _id, ...rest }) => ({
        updateOne: { filter: { _id, version: { $lt: rest.version } }, update: { $set: rest }, upsert: true },
      }));
      try {
        if (writes.length > 0) await timers.bulkWrite(writes, { ordered: false, ...MAJORITY });
      } catch (error) {
        if (!onlyOlder(error)) throw error;
      }
    },
    // a range over strings leaves out null
    due: (now, limit) =>
      timers
        .find({ nextAt: { $gt: "", $lte: now } })
        .sort({ nextAt: 1 })
        .limit(limit)
        .toArray(),
    async next() {
      const [first] = await timers
        .find({ nextAt: { $gt: "" } })
        .sort({ nextAt: 1 })
        .limit(1)
        .toArray();
      return first?.nextAt ?? null;
    },
    async swap({ _id, version, turn }, after) {
      const { matchedCount } = await timers.replaceOne({ _id, version, turn }, after, MAJORITY);
      return matchedCount === 1;
    },
  };
}

/** An upsert that finds a version not older than its own runs into the unique id: that is how it is refused. */
function onlyOlder(error: unknown): boolean {
  if (!(error instanceof mongo.MongoBulkWriteError)) return false;
  const errors = [error.writeErrors].flat();
  return errors.length > 0 && errors.every(({ code }) => code === DUPLICATE_KEY);
}
