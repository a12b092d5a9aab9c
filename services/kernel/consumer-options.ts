/** What a consumer is given, within which bounds it works, and what it tells of itself. */
import type { Logger } from "pino";
import type { Clock } from "../../models/kernel/clock";
import type { Histories } from "../../models/kernel/histories";
import type { Iso } from "../../models/kernel/row";
import type { GatherLimits } from "./gather";
import type { CommitStream } from "./jetstream";
import type { ParkedStore } from "./parked";
import type { PositionStore } from "./positions";
import type { HistoryReader, Reconciled } from "./reconcile";
import type { Decodable } from "./wire";

export interface ConsumerLimits extends GatherLimits {
  /** Different aggregates that are read at once. */
  readonly batchMax: number;
  readonly ackWaitMs: number;
  /** Messages handed out and not acknowledged. */
  readonly ackPendingMax: number;
  readonly attemptsMax: number;
  readonly backoffFirstMs: number;
  readonly backoffMaxMs: number;
  /** How often it looks whether it missed something, and remembers where it stands. */
  readonly lookEveryMs: number;
  readonly pageSize: number;
  readonly stopMs: number;
}

export const CONSUMER_LIMITS: ConsumerLimits = {
  batchMax: 2_000,
  batchMs: 30,
  readWithinMs: 1_000,
  ackWaitMs: 30_000,
  ackPendingMax: 3_000,
  attemptsMax: 5,
  backoffFirstMs: 50,
  backoffMaxMs: 10_000,
  lookEveryMs: 10_000,
  pageSize: 500,
  stopMs: 5_000,
};

export type From = "history" | "now" | { readonly since: Iso };

export interface ConsumerOptions {
  readonly stream: CommitStream;
  readonly reader: HistoryReader;
  /** Of every aggregate that may come along. */
  readonly kept: readonly Decodable[];
  readonly histories: readonly Histories[];
  readonly parked: ParkedStore;
  readonly positions: PositionStore;
  readonly log: Logger;
  /** Takes in the stamps of what is read. */
  readonly clock?: Pick<Clock, "observe">;
  readonly limits?: Partial<ConsumerLimits>;
  /**
   * `history` (default) reads all that ever was; `now` begins with what is committed from now on; a moment: with what
   * the stream took in from then on, and with the histories where the stream is younger than that.
   */
  readonly from?: From;
}

export interface ConsumerStatus {
  /** False while there is no connection, stream or consumer. */
  readonly attached: boolean;
  /** Messages in the stream that were not handed out yet, as of the last look. */
  readonly pending: number;
  /** Messages handed out and not acknowledged. */
  readonly ackPending: number;
  readonly read: number;
  readonly parked: number;
  readonly lastReadAt: Iso | null;
  /** The stamp of the newest commit read. */
  readonly lastReadHlc: string | null;
  /** Why the target as a whole could not be written; null when it can. */
  readonly targetDown: string | null;
  /** What the reconciliation under way has done; null when none is. */
  readonly reconciling: Reconciled | null;
}

export interface Consumer {
  /** Returns at once; `status().attached` tells when it reads. */
  start(): Promise<void>;
  stop(): Promise<void>;
  status(): ConsumerStatus;
  /** Somebody waits for what it reads. */
  hurry(): void;
  /** Reads the histories again. Safe at any time. */
  reconcile(): Promise<Reconciled>;
}

/** The status of a consumer that has not begun. */
export const NOTHING_READ: ConsumerStatus = {
  attached: false,
  pending: 0,
  ackPending: 0,
  read: 0,
  parked: 0,
  lastReadAt: null,
  lastReadHlc: null,
  targetDown: null,
  reconciling: null,
};
