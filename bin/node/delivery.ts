/** Delivery: the stream, the relay that fills it, a durable consumer per reader; and the timers, beside it. */
import type { Logger } from "pino";
import type { ServiceBroker } from "moleculer";
import { kept } from "../../models";
import { contracts } from "../../models/contracts";
import type { Clock } from "../../models/kernel/clock";
import type { CallMeta } from "../../services/kernel/call";
import { createConsumer, type ConsumerStatus } from "../../services/kernel/consumer";
import type { Announced } from "../../services/kernel/delivery";
import { connectStream } from "../../services/kernel/jetstream";
import { CONSUMER_PARKED, createParkedStore, RELAY_PARKED } from "../../services/kernel/parked";
import { createPositionStore } from "../../services/kernel/positions";
import type { HistoryReader } from "../../services/kernel/reconcile";
import { createRelay, type FullRelayStatus } from "../../services/kernel/relay";
import { createTimerStore } from "../../services/kernel/timer-store";
import { addressed, createTimers, timersReader, type Send, type Timers } from "../../services/kernel/timers";
import type { Store } from "./store";

export interface DeliveryStatus {
  readonly connected: boolean;
  readonly relay: FullRelayStatus;
  /** By the reader's name. */
  readonly consumers: Readonly<Record<string, ConsumerStatus>>;
}

export interface Delivery {
  announce(commits: readonly Announced[]): void;
  /** Hints to this reader, on whatever node, that somebody waits for what it reads. */
  hurry(reader: string): void;
  status(): DeliveryStatus;
  start(): Promise<void>;
  /** Begins the readers that can wait: when the mall is calm for the first time, or has not been for a while. */
  startBackground(): Promise<void>;
  stop(): Promise<void>;
}

export interface DeliveryOptions {
  readonly natsUrl: string;
  readonly namespace: string;
  readonly nodeId: string;
  readonly store: Pick<Store, "connection" | "histories">;
  /** Takes in the stamps of what is read. */
  readonly clock: Pick<Clock, "observe">;
  readonly log: Logger;
  readonly readers: readonly HistoryReader[];
  /** Readers that nobody waits for. */
  readonly background?: readonly HistoryReader[];
}

/** In the name of the mall itself. */
function timerSend(broker: () => ServiceBroker): Send {
  const address = addressed(contracts);
  return (command, params, { commandId, causedBy }) => {
    const id = causedBy.slice(causedBy.indexOf("/") + 1, causedBy.lastIndexOf("@"));
    const principal = { id: "timers", permissions: ["*"] };
    const meta: CallMeta = { principal, trace: commandId, commandId, causedBy, exempt: "timer" };
    return broker().call(command, address(command, params, id), { meta });
  };
}

export interface TimersOptions {
  readonly store: Pick<Store, "connection">;
  readonly clock: Clock;
  readonly log: Logger;
  /** Sends what timers are due; known only when the services are. */
  readonly broker: () => ServiceBroker;
}

export async function openTimers({ store, clock, log, broker }: TimersOptions): Promise<Timers> {
  return createTimers({ store: await createTimerStore(store.connection), send: timerSend(broker), clock, log });
}

export async function openDelivery(options: DeliveryOptions): Promise<Delivery> {
  const { store, clock, log, natsUrl: url, namespace, nodeId: node } = options;
  const { connection } = store;
  const histories = [...store.histories.values()];
  const stream = await connectStream({ url, namespace, node, log });
  await stream.ensure();
  const relay = createRelay({ stream, histories, parked: await createParkedStore(connection, RELAY_PARKED), log });
  const aggregates = kept.map(({ aggregate }) => aggregate);
  const timers = timersReader(aggregates, await createTimerStore(connection));
  const parked = await createParkedStore(connection, CONSUMER_PARKED);
  const positions = createPositionStore(connection);
  const shared = { stream, kept, histories, parked, positions, log, clock };
  const made = (reader: HistoryReader) => [reader.name, createConsumer({ ...shared, reader })] as const;
  const consumers = [...options.readers, timers].map(made);
  const background = (options.background ?? []).map(made);
  const running = [...consumers];
  stream.onHurry((name) => running.find(([reader]) => reader === name)?.[1].hurry());
  return {
    announce: (commits) => relay.announce(commits),
    hurry: (reader) => stream.hurry(reader),
    status: () => ({
      connected: stream.connected(),
      relay: relay.status(),
      consumers: Object.fromEntries(running.map(([name, consumer]) => [name, consumer.status()])),
    }),
    async start() {
      await Promise.all(consumers.map(([, consumer]) => consumer.start()));
      await relay.start();
    },
    async startBackground() {
      running.push(...background.splice(0));
      await Promise.all(running.slice(consumers.length).map(([, consumer]) => consumer.start()));
    },
    async stop() {
      await relay.stop();
      await Promise.all(running.map(([, consumer]) => consumer.stop()));
      await stream.close();
    },
  };
}
