/**
 * Telling endpoints, on each node: the commits are heard, put down, and told. While the mall has no endpoint nothing of
 * it runs, and no commit is even looked at: what it costs is a count of a few rows a second.
 */
import type { ServiceBroker, ServiceSchema } from "moleculer";
import { kept } from "../../models";
import type { Config } from "../../moleculer.config";
import { momentAfter } from "../../models/kernel/aggregate";
import { derivedId } from "../../models/kernel/ids";
import type { Iso } from "../../models/kernel/row";
import type { WebhookState } from "../../models/webhook/webhook.aggregate";
import { KEPT_DAYS } from "../../models/webhook/webhook.delivery.contract";
import type { CallMeta } from "../../services/kernel/call";
import { createConsumer, type Consumer, type ConsumerStatus } from "../../services/kernel/consumer";
import { createDeliveries, deliveriesIn, type DeliveryStore } from "../../services/kernel/deliveries";
import { createDeliverer, type Deliverer, type DelivererFigures } from "../../services/kernel/deliverer";
import { createHeadsBook } from "../../services/kernel/heads-book";
import { connectStream, type CommitStream } from "../../services/kernel/jetstream";
import type { Node } from "../../services/kernel/node";
import { createPoster, type Poster } from "../../services/kernel/outgoing-post";
import { CONSUMER_PARKED, createParkedStore } from "../../services/kernel/parked";
import { createPositionStore } from "../../services/kernel/positions";
import { createReach } from "../../services/kernel/public-address";
import { reasonOf, wait } from "../../services/kernel/wait";
import { webhookDeliveriesService } from "../../services/webhook/deliveries.service";
import { openReplay, runReplay, type ReplayMark } from "../../services/webhook/replay.service";
import {
  enabled,
  endpointsIn,
  hearing,
  telling,
  type Book,
  type Endpoint,
} from "../../services/webhook/telling.service";
import type { Store } from "./store";
import { openMarks, type Marks } from "./webhook-marks";

export interface WebhooksOptions {
  readonly config: Pick<Config, "natsUrl" | "namespace" | "nodeId">;
  readonly store: Pick<Store, "connection" | "histories">;
  readonly node: Node;
  readonly broker: Pick<ServiceBroker, "call">;
}

export interface WebhookFigures extends DelivererFigures {
  /** Null while there is no endpoint. */
  readonly reading: ConsumerStatus | null;
}

export interface Webhooks {
  readonly service: ServiceSchema;
  /** To be told when calls are answered. */
  started(): void;
  figures(): WebhookFigures;
  stop(): Promise<void>;
}

/** What runs once there is an endpoint. */
interface Telling {
  readonly stream: CommitStream;
  readonly consumer: Consumer;
  readonly deliverer: Deliverer;
  readonly poster: Poster;
  readonly deliveries: DeliveryStore;
  readonly marks: Marks;
  readonly replays: Map<string, Promise<void>>;
}

const LOOK_EVERY_MS = 1_000;
const ACK_WAIT_MS = 5_000;
const FORGET_EVERY_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** The stream's clock is its server's. */
const CLOCKS_MS = 60_000;
const NO_FIGURES: DelivererFigures = { delivered: 0, failed: 0, gaveUp: 0, underWay: 0 };

function gaveUpBy({ node, broker }: WebhooksOptions) {
  return async (
    id: string,
    reason: "GONE" | "FAILING",
    { _id, turn }: { _id: string; turn: number },
  ): Promise<void> => {
    const commandId = derivedId("webhook", _id, String(turn));
    const meta: CallMeta = {
      principal: { id: "webhooks", permissions: ["*"] },
      trace: _id,
      commandId,
      exempt: "timer",
    };
    await broker.call("webhook.fail", { id, reason }, { meta });
    node.log.warn({ endpoint: id, reason }, "An endpoint cannot be told and is disabled");
  };
}

const first = (endpoints: readonly Endpoint[]): Iso =>
  endpoints.map(({ state }) => state.since).reduce((a, b) => (a < b ? a : b));

async function begin(options: WebhooksOptions, book: Book, endpoints: readonly Endpoint[]): Promise<Telling> {
  const { config, store, node } = options;
  const { connection } = store;
  const { clock, log, identity } = node;
  const { natsUrl: url, namespace, nodeId } = config;
  const deliveries = await createDeliveries(connection);
  const marks = await openMarks(connection);
  const stream = await connectStream({ url, namespace, node: `${nodeId}-webhooks`, log });
  const poster = createPoster(createReach(identity.webhookNetworks));
  const deliverer = createDeliverer({
    ...{ store: deliveries, clock, log },
    endpoints: async () => (await endpointsIn(book)).filter(enabled).map(({ id }) => id),
    tell: telling({ node, book, poster }),
    gaveUp: gaveUpBy(options),
  });
  const ring = (ids: Iterable<string>): void => deliverer.ring(ids);
  const consumer = createConsumer({
    ...{ stream, kept, log, clock },
    reader: hearing({ node, book, store: deliveries, ring, forgottenTo: () => marks.forgottenTo }),
    histories: [...store.histories.values()],
    parked: await createParkedStore(connection, CONSUMER_PARKED),
    positions: createPositionStore(connection),
    // what was handed to a node that stopped is told by the next one soon
    limits: { ackWaitMs: ACK_WAIT_MS },
    from: { since: momentAfter(first(endpoints), -CLOCKS_MS) },
  });
  await consumer.start();
  deliverer.start();
  return { stream, consumer, deliverer, poster, deliveries, marks, replays: new Map() };
}

async function end({ stream, consumer, deliverer, poster, replays }: Telling): Promise<void> {
  await consumer.stop();
  await deliverer.stop();
  await Promise.allSettled(replays.values());
  poster.close();
  await stream.close();
}

/** Takes up what was asked to be told again. */
async function replayed(options: WebhooksOptions, telling: Telling, endpoint: Endpoint, signal: AbortSignal) {
  const { deliveries: store, marks, replays, deliverer } = telling;
  const { id } = endpoint;
  if (endpoint.state.replay === null || replays.has(id)) return;
  const mark = await marks.replay(id);
  const replay = openReplay(endpoint, mark);
  if (replay === null) return;
  const { node, store: kept } = options;
  const deps = {
    ...{ store, signal, now: () => node.clock.now() },
    histories: [...kept.histories.values()],
    marked: (of: string, now: ReplayMark) => marks.setReplay(of, now),
    ring: (ids: Iterable<string>) => deliverer.ring(ids),
  };
  const running = runReplay(deps, endpoint, replay, mark)
    .catch((error: unknown) => node.log.warn({ endpoint: id, reason: reasonOf(error) }, "A replay goes on later"))
    .finally(() => replays.delete(id));
  replays.set(id, running);
}

/**
 * Forgets old deliveries. What was committed before is never told again by itself, so this is done only while every
 * commit was heard.
 */
async function forget({ node }: WebhooksOptions, { consumer, deliveries, marks }: Telling, book: Book): Promise<void> {
  // who was removed is told nothing of what still waited
  const removed = [...(await book())].filter(([, { state }]) => state.status === "removed");
  for (const [endpoint] of removed) await deliveries.forgetAll(endpoint);
  const { attached, pending, ackPending, reconciling } = consumer.status();
  if (!attached || pending > 0 || ackPending > 0 || reconciling !== null) return;
  const before = momentAfter(node.clock.now(), -KEPT_DAYS * DAY_MS);
  await marks.setForgotten(before);
  await deliveries.forget(before);
}

export function openWebhooks(options: WebhooksOptions): Webhooks {
  const { node, store } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  // a look is one count: what is heard is held against the endpoints of that very moment
  const book = createHeadsBook<WebhookState>(node, { aggregate: "webhook", ageMsMax: 0 });
  let telling: Telling | null = null;
  let forgottenAt = -Infinity;
  let running: Promise<void> = Promise.resolve();

  async function look(): Promise<void> {
    const endpoints = await endpointsIn(book);
    if (endpoints.length === 0) return;
    telling ??= await begin(options, book, endpoints);
    for (const endpoint of endpoints) await replayed(options, telling, endpoint, signal);
    if (performance.now() - forgottenAt < FORGET_EVERY_MS) return;
    forgottenAt = performance.now();
    await forget(options, telling, book);
  }
  async function lookForEver(): Promise<void> {
    while (!signal.aborted) {
      await look().catch((error: unknown) =>
        node.log.warn({ reason: reasonOf(error) }, "Endpoints cannot be told and it is tried again"),
      );
      await wait(LOOK_EVERY_MS, signal);
    }
  }
  return {
    service: webhookDeliveriesService(node, {
      store: deliveriesIn(store.connection),
      ring: (endpoint) => telling?.deliverer.ring([endpoint]),
    }),
    started() {
      running = lookForEver();
    },
    figures: () => ({
      ...(telling?.deliverer.figures() ?? NO_FIGURES),
      reading: telling?.consumer.status() ?? null,
    }),
    async stop() {
      stopping.abort();
      await running;
      if (telling) await end(telling);
    },
  };
}
