/** Delivery in one process: the stream, the relay that fills it, a durable consumer per reader, the timers. */
import type { Logger } from "pino";
import type { ServiceBroker } from "moleculer";
import { kept } from "../../models";
import { contracts } from "../../models/contracts";
import type { Clock } from "../../models/kernel/clock";
import type { CallMeta } from "../../services/kernel/call";
import { createConsumer, type Consumer } from "../../services/kernel/consumer";
import { connectStream, type CommitStream } from "../../services/kernel/jetstream";
import { CONSUMER_PARKED, createParkedStore, RELAY_PARKED } from "../../services/kernel/parked";
import { createPositionStore } from "../../services/kernel/positions";
import type { HistoryReader } from "../../services/kernel/reconcile";
import { createRelay, type FullRelay } from "../../services/kernel/relay";
import { createTimerStore } from "../../services/kernel/timer-store";
import { createTimers, timersReader, type Send, type Timers } from "../../services/kernel/timers";
import type { Store } from "./store";

export interface Delivery {
  readonly stream: CommitStream;
  readonly relay: FullRelay;
  /** By the reader's name. */
  readonly consumers: ReadonlyMap<string, Consumer>;
  readonly timers: Timers;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface DeliveryOptions {
  readonly natsUrl: string;
  readonly namespace: string;
  readonly nodeId: string;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  readonly readers: readonly HistoryReader[];
  /** Sends what timers are due; known only when the services are. */
  readonly broker: () => ServiceBroker;
}

/** A timer belongs to one aggregate: its command goes there, in the name of the mall itself. */
function timerSend(broker: () => ServiceBroker): Send {
  const keys = new Map(
    contracts.flatMap(({ actions }) => Object.entries(actions).map(([name, { key }]) => [name, key])),
  );
  return (command, params, { commandId, causedBy }) => {
    const id = causedBy.slice(causedBy.indexOf("/") + 1, causedBy.lastIndexOf("@"));
    const key = keys.get(command);
    const principal = { id: "timers", permissions: ["*"] };
    const meta: CallMeta = { principal, trace: commandId, commandId, causedBy, exempt: "timer" };
    return broker().call(command, key === undefined ? params : { ...params, [key]: id }, { meta });
  };
}

export async function openDelivery(options: DeliveryOptions): Promise<Delivery> {
  const { store, clock, log } = options;
  const { connection } = store;
  const histories = [...store.histories.values()];
  const stream = await connectStream({
    url: options.natsUrl,
    namespace: options.namespace,
    node: options.nodeId,
    log,
  });
  await stream.ensure();
  const relay = createRelay({ stream, histories, parked: await createParkedStore(connection, RELAY_PARKED), log });
  const timerStore = await createTimerStore(connection);
  const timers = createTimers({ store: timerStore, send: timerSend(options.broker), clock, log });
  const aggregates = kept.map(({ aggregate }) => aggregate);
  const parked = await createParkedStore(connection, CONSUMER_PARKED);
  const positions = createPositionStore(connection);
  const consumers = new Map(
    [...options.readers, timersReader(aggregates, timerStore)].map((reader) => [
      reader.name,
      createConsumer({ stream, reader, kept, histories, parked, positions, log, clock }),
    ]),
  );
  return {
    stream,
    relay,
    consumers,
    timers,
    async start() {
      await Promise.all([...consumers.values()].map((consumer) => consumer.start()));
      await relay.start();
      timers.start();
    },
    async stop() {
      await timers.stop();
      await relay.stop();
      await Promise.all([...consumers.values()].map((consumer) => consumer.stop()));
      await stream.close();
    },
  };
}
