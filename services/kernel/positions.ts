/**
 * What a reader remembers of the stream it last saw. NATS alone cannot tell that a stream was lost and made anew, or
 * that messages went before they were read: comparing with what is remembered can, and then the reconciler runs.
 */
import type { Connection } from "mongoose";
import { collectionIn, MAJORITY } from "./mongo-collection";
import type { Cursor } from "./reconcile";

export interface Seen {
  /** When stream and consumer were made, as the server says. */
  readonly streamCreated: string;
  readonly consumerCreated: string;
  readonly lastSeq: number;
  /** Every message up to this sequence was acknowledged. */
  readonly readTo: number;
}

export interface Position extends Seen {
  /** Name of the reader. */
  readonly _id: string;
}

/** How far a reconciliation has come that is not finished. */
export interface Progress {
  readonly _id: string;
  /** Which loss it makes good: another one means starting again. */
  readonly cause: string;
  readonly cursor: Cursor;
}

export interface PositionStore {
  get(reader: string): Promise<Position | null>;
  /** Also ends the reconciliation that was under way. */
  set(position: Position): Promise<void>;
  progress(reader: string): Promise<Progress | null>;
  setProgress(progress: Progress): Promise<void>;
}

/** Why the reader may have missed something since it remembered `before`; null when it cannot have. */
export function missed(before: Seen | null, now: Seen, firstSeq: number): string | null {
  if (before === null) return "it has never read";
  if (before.streamCreated !== now.streamCreated) return "the stream was made anew";
  if (before.consumerCreated !== now.consumerCreated) return "the consumer was made anew";
  if (now.lastSeq < before.lastSeq) return "the stream lost its end";
  // what is remembered, not what the server says now: a purge moves a consumer's floor over what it never read
  return firstSeq > before.readTo + 1 ? "messages went before they were read" : null;
}

const progressId = (reader: string): string => `${reader}/progress`;

export function createPositionStore(connection: Connection): PositionStore {
  const positions = collectionIn<Position>(connection, "consumer.positions");
  const unfinished = collectionIn<Progress>(connection, "consumer.positions");
  return {
    get: (reader) => positions.findOne({ _id: reader }),
    async set(position) {
      await positions.replaceOne({ _id: position._id }, position, { upsert: true, ...MAJORITY });
      await unfinished.deleteOne({ _id: progressId(position._id) }, MAJORITY);
    },
    async progress(reader) {
      const found = await unfinished.findOne({ _id: progressId(reader) });
      return found && { ...found, _id: reader };
    },
    async setProgress(progress) {
      const stored = { ...progress, _id: progressId(progress._id) };
      await unfinished.replaceOne({ _id: stored._id }, stored, { upsert: true, ...MAJORITY });
    },
  };
}
