/** What a relay is given, within which bounds it works, and what it tells of itself. */
import type { Logger } from "pino";
import type { Histories } from "../../models/kernel/histories";
import type { Relay, RelayStatus } from "./delivery";
import type { CommitStream } from "./jetstream";
import type { ParkedStore } from "./parked";

export interface RelayLimits {
  readonly queueMax: number;
  readonly queueBytesMax: number;
  readonly inFlightMax: number;
  readonly publishTimeoutMs: number;
  /** Published rows are marked together: neighbours in the store cost far less than the same rows one by one. */
  readonly markMax: number;
  readonly markEveryMs: number;
  /** Published rows that may wait for their mark before publishing waits too. */
  readonly unmarkedMax: number;
  /** How old a row must be before the sweeper takes it. */
  readonly graceMs: number;
  readonly sweepEveryMs: number;
  readonly pageSize: number;
  readonly stopMs: number;
}

export const RELAY_LIMITS: RelayLimits = {
  queueMax: 10_000,
  queueBytesMax: 32 * 1024 ** 2,
  inFlightMax: 256,
  publishTimeoutMs: 5_000,
  markMax: 4_000,
  markEveryMs: 1_000,
  unmarkedMax: 20_000,
  graceMs: 5_000,
  sweepEveryMs: 2_000,
  pageSize: 500,
  stopMs: 5_000,
};

export interface RelayOptions {
  readonly stream: CommitStream;
  readonly histories: readonly Histories[];
  readonly parked: ParkedStore;
  readonly log: Logger;
  readonly limits?: Partial<RelayLimits>;
}

export interface FullRelayStatus extends RelayStatus {
  readonly inFlight: number;
  readonly unmarked: number;
  /** Left to the sweeper because the queue was full. */
  readonly dropped: number;
  /** Published by the sweeper. */
  readonly swept: number;
  /** True while NATS does not take commits. */
  readonly paused: boolean;
}

export interface FullRelay extends Relay {
  status(): FullRelayStatus;
  /** Publishes what was parked, once more. Gives how many went through. */
  replayParked(): Promise<number>;
}
