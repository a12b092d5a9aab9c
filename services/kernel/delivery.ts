/**
 * The seam between those who make commits and those who read them. The stream between both is a doorbell and the
 * history is the truth: a reader must bear doubles, disorder and gaps, and has `catchUp` to find what it missed.
 */
import type { Commit } from "../../models/kernel/row";

/** What the relay has to know of a commit: which one it is, and its message as text. */
export interface Announced {
  readonly aggregate: string;
  readonly aggregateId: string;
  readonly version: number;
  readonly rowId: string;
  readonly body: string;
}

/** Publishes commits that are durable in their history; bounded, never a reason for a command to wait or fail. */
export interface Relay {
  /** Told by the writer in the same process. What does not fit into the queue is found by the sweeper. */
  offer(commits: readonly Commit[]): void;
  /** The same for commits that are written already. */
  announce(commits: readonly Announced[]): void;
  start(): Promise<void>;
  /** Publishes what is queued, within a bounded time, and stops. */
  stop(): Promise<void>;
  status(): RelayStatus;
}

export interface RelayStatus {
  readonly queued: number;
  readonly published: number;
  readonly parked: number;
}

/** Somebody who reads commits: a projection, the timers, a live feed. Bears doubles and disorder. */
export interface Reader {
  /** Names the durable consumer: `products-r1`. */
  readonly name: string;
  /** Aggregates whose commits it wants. */
  readonly aggregates: readonly string[];
  /** Applies a batch; a rejection means that none of it counts as read and it comes again. */
  read(commits: readonly Commit[]): Promise<void>;
}
