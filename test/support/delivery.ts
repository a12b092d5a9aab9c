/** Relay and consumers of one mall over a real nats-server, with quick limits, closed together. */
import pino from "pino";
import type { Histories } from "../../models/kernel/histories";
import type { Commit } from "../../models/kernel/row";
import { createConsumer } from "../../services/kernel/consumer";
import type { Consumer, ConsumerOptions } from "../../services/kernel/consumer-options";
import { connectStream, type CommitStream } from "../../services/kernel/jetstream";
import type { ParkedStore } from "../../services/kernel/parked";
import type { PositionStore } from "../../services/kernel/positions";
import type { HistoryReader } from "../../services/kernel/reconcile";
import { createRelay } from "../../services/kernel/relay";
import type { FullRelay, RelayLimits } from "../../services/kernel/relay-options";
import { createMemoryParked, createMemoryPositions } from "./memory-delivery";
import { memoryHistories, type MemoryHistories } from "./memory-histories";

export const quiet = pino({ level: process.env["STOA_TEST_LOG"] ?? "silent" });

const QUICK = { publishTimeoutMs: 1_000, graceMs: 200, sweepEveryMs: 50, markEveryMs: 20, stopMs: 2_000 };

export interface Delivery {
  readonly stream: CommitStream;
  readonly things: MemoryHistories;
  readonly others: MemoryHistories;
  readonly parked: ParkedStore;
  readonly positions: PositionStore;
  relay(limits?: Partial<RelayLimits>, of?: readonly Histories[]): FullRelay;
  consumer(reader: HistoryReader, more?: Partial<ConsumerOptions>): Consumer;
  /** A connection and its processes as a new process would have them; histories and stores stay. */
  again(): Promise<Delivery>;
  close(): Promise<void>;
}

type Kept = Pick<Delivery, "things" | "others" | "parked" | "positions">;

let spaces = 0;

export async function delivery(url: string, kept?: Kept & { namespace: string }): Promise<Delivery> {
  const namespace = kept?.namespace ?? `test${process.pid}x${++spaces}`;
  const stream = await connectStream({ url, namespace, node: "test", log: quiet });
  const stores: Kept = kept ?? {
    things: memoryHistories("thing"),
    others: memoryHistories("other"),
    parked: createMemoryParked(),
    positions: createMemoryPositions(),
  };
  const { things, others, parked, positions } = stores;
  const histories = [things, others];
  const known = histories.map(({ aggregate: name }) => ({
    aggregate: { name, schema: 1 },
    model: { aggregate: name },
  }));
  const stops: (() => Promise<void>)[] = [];
  return {
    stream,
    things,
    others,
    parked,
    positions,
    relay(limits = {}, of = histories) {
      const relay = createRelay({ stream, histories: of, parked, log: quiet, limits: { ...QUICK, ...limits } });
      stops.push(() => relay.stop());
      return relay;
    },
    consumer(reader, more = {}) {
      const limits = { backoffFirstMs: 5, backoffMaxMs: 50, lookEveryMs: 200, batchMs: 10, ...more.limits };
      const all = { stream, reader, kept: known, histories, parked, positions, log: quiet, ...more, limits };
      const consumer = createConsumer(all);
      stops.push(() => consumer.stop());
      return consumer;
    },
    again: () => delivery(url, { ...stores, namespace }),
    async close() {
      for (const stop of stops.splice(0)) await stop();
      await stream.close();
    },
  };
}

export interface TestReader extends HistoryReader {
  /** How often each commit was read, as `<aggregate>/<id>@<version>`. */
  readonly seen: ReadonlyMap<string, number>;
  /** Thrown by every read while it is set. */
  down: Error | null;
  /** Commits that cannot be read. */
  poison: (commit: Commit) => boolean;
}

export const refOf = ({ aggregate, aggregateId, version }: Commit): string => `${aggregate}/${aggregateId}@${version}`;

export function testReader(name: string, aggregates: readonly string[] = ["thing"], heads = true): TestReader {
  const seen = new Map<string, number>();
  const reader: TestReader = {
    name,
    aggregates,
    heads,
    seen,
    down: null,
    poison: () => false,
    async read(commits) {
      await Promise.resolve();
      if (reader.down) throw reader.down;
      if (commits.some((commit) => reader.poison(commit))) throw new Error("this commit is poison");
      for (const commit of commits) seen.set(refOf(commit), (seen.get(refOf(commit)) ?? 0) + 1);
    },
  };
  return reader;
}
