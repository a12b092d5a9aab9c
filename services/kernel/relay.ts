/**
 * The relay publishes commits that are durable in their history. The fast path is a bounded queue fed by the writer
 * in the same process; what does not fit, fails or was left behind by a crash is found by the sweeper. A command
 * never waits for it and never fails because of it, whatever becomes of NATS.
 */
import type { Logger } from "pino";
import type { Histories } from "../../models/kernel/histories";
import type { Commit } from "../../models/kernel/row";
import type { Relay, RelayStatus } from "./delivery";
import type { CommitStream } from "./jetstream";
import { createMarker } from "./marker";
import { createOutbox, type Fate } from "./outbox";
import { parkedFor, type ParkedStore } from "./parked";
import { sweep } from "./sweeper";
import { createBell, reasonOf, within } from "./wait";
import { encode, type Message } from "./wire";

/** Under this name the relay parks. */
export const RELAY = "relay";

export interface RelayLimits {
  readonly queueMax: number;
  readonly queueBytesMax: number;
  readonly inFlightMax: number;
  readonly publishTimeoutMs: number;
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
  markMax: 500,
  markEveryMs: 100,
  unmarkedMax: 5_000,
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

const keyOf = (aggregate: string, rowId: string): string => `${aggregate}/${rowId}`;

export function createRelay(options: RelayOptions): FullRelay {
  const limits = { ...RELAY_LIMITS, ...options.limits };
  const { stream, histories, log } = options;
  const held = new Set<string>();
  const bell = createBell();
  const stopping = new AbortController();
  const count = { published: 0, parked: 0, dropped: 0, swept: 0 };
  let sweeping: Promise<void> = Promise.resolve();

  const marker = createMarker({
    histories,
    batchMax: limits.markMax,
    everyMs: limits.markEveryMs,
    log,
    onDone(aggregate, rowIds) {
      for (const rowId of rowIds) held.delete(keyOf(aggregate, rowId));
      outbox.pump();
    },
  });
  const onFate = async (message: Message, fate: Fate, reason: string): Promise<void> => {
    const { aggregate, rowId } = message;
    if (fate === "published") count.published += 1;
    const settled = fate === "published" || (fate === "refused" && (await park(message, reason)));
    // a parked row leaves the outbox too: it is told by its own collection from now on
    if (settled) marker.add(aggregate, rowId);
    else held.delete(keyOf(aggregate, rowId));
  };
  const park = async (message: Message, reason: string): Promise<boolean> => {
    try {
      const at = new Date().toISOString();
      await options.parked.put(parkedFor(RELAY, message, { reason, at, attempts: 1 }));
      count.parked = await options.parked.count(RELAY);
      log.error({ commit: message.msgId, reason }, "A commit cannot be published and is parked");
      return true;
    } catch (error) {
      log.error({ commit: message.msgId, reason: reasonOf(error) }, "A commit cannot be published nor parked");
      return false;
    }
  };
  const outbox = createOutbox({
    stream,
    log,
    inFlightMax: limits.inFlightMax,
    timeoutMs: limits.publishTimeoutMs,
    full: () => marker.pending() >= limits.unmarkedMax,
    onFate,
    onResume: () => bell.ring(),
  });
  const put = (commit: Commit): Promise<Fate> => {
    const message = encode(stream.namespace, commit);
    held.add(keyOf(message.aggregate, message.rowId));
    return outbox.put(message);
  };
  const fits = (): boolean => outbox.queued() < limits.queueMax && outbox.queuedBytes() < limits.queueBytesMax;
  const publishAll = async (commits: readonly Commit[]): Promise<boolean> => {
    const fates = await Promise.all(commits.map(put));
    count.swept += fates.filter((fate) => fate === "published").length;
    return !fates.includes("failed");
  };

  const sweepAll = async (): Promise<void> => {
    const until = new Date(Date.now() - limits.graceMs).toISOString();
    const ask = { pageSize: limits.pageSize, until, signal: stopping.signal, publish: publishAll };
    for (const history of histories) {
      if (outbox.paused() || stopping.signal.aborted) return;
      try {
        const swept = await sweep(history, { ...ask, held: (aggregate, rowId) => held.has(keyOf(aggregate, rowId)) });
        if (swept === null) return;
      } catch (error) {
        // one history that cannot be read does not hold up the others
        log.error({ aggregate: history.aggregate, reason: reasonOf(error) }, "A history could not be swept");
      }
    }
  };
  const sweepForEver = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await sweepAll();
      await bell.sleep(limits.sweepEveryMs, stopping.signal);
    }
  };
  let forgetReconnect = (): void => undefined;

  return {
    offer(commits) {
      for (const commit of commits) {
        if (fits() && !stopping.signal.aborted) void put(commit);
        else count.dropped += 1;
      }
    },
    async start() {
      count.parked = await options.parked.count(RELAY);
      forgetReconnect = stream.onReconnect(() => {
        outbox.pump();
        bell.ring();
      });
      await stream.ensure();
      sweeping = sweepForEver();
    },
    async stop() {
      forgetReconnect();
      stopping.abort();
      await outbox.stop(limits.stopMs);
      await within(limits.stopMs, "Marking published rows", Promise.all([marker.flush(), sweeping])).catch((error) =>
        log.warn({ reason: reasonOf(error) }, "The relay stops; the sweeper of the next start finds the rest"),
      );
    },
    status: () => ({
      ...count,
      queued: outbox.queued(),
      inFlight: outbox.inFlight(),
      unmarked: marker.pending(),
      paused: outbox.paused(),
    }),
    replayParked: () => replay(options, put, (left) => (count.parked = left)),
  };
}

async function replay(
  options: RelayOptions,
  put: (commit: Commit) => Promise<Fate>,
  left: (parked: number) => void,
): Promise<number> {
  let replayed = 0;
  let after = "";
  for (let page = await options.parked.of(RELAY, after, 100); page.length > 0;) {
    for (const { _id, aggregate, aggregateId, version } of page) {
      const history = options.histories.find((candidate) => candidate.aggregate === aggregate);
      const row = await history?.asOf(aggregateId, { version });
      if (row && (await put({ ...row, aggregate })) === "published") {
        await options.parked.remove(_id);
        replayed += 1;
      }
      after = _id;
    }
    page = await options.parked.of(RELAY, after, 100);
  }
  left(await options.parked.count(RELAY));
  return replayed;
}
