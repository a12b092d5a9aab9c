/** What a node tells Prometheus beside its HTTP figures: the outbox, the consumers, the actors' store. */
import { collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { DeliveryStatus } from "./delivery";
import type { DeliveryHost } from "./delivery-host";
import { addSnapshotFigures } from "./snapshots";
import type { Store } from "./store";
import type { WebhookFigures, Webhooks } from "./webhooks";

interface Measured {
  readonly store: Pick<Store, "of">;
  readonly delivery: Pick<DeliveryHost, "status">;
  readonly webhooks: Pick<Webhooks, "figures">;
}

type Relay = DeliveryStatus["relay"];
type Reader = DeliveryStatus["consumers"][string];
type Figures<T> = readonly (readonly [name: string, help: string, read: (status: T) => number])[];

const OF_RELAY: Figures<Relay> = [
  ["stoa_relay_queued", "Commits that wait to be published", ({ queued }) => queued],
  ["stoa_relay_published", "Commits published since the start", ({ published }) => published],
  ["stoa_relay_parked", "Commits that could not be published", ({ parked }) => parked],
  ["stoa_relay_swept", "Commits published by the sweeper since the start", ({ swept }) => swept],
];

const OF_READERS: Figures<Reader> = [
  ["stoa_consumer_pending", "Commits that a reader has not been given yet", ({ pending }) => pending],
  ["stoa_consumer_read", "Commits that a reader has read since the start", ({ read }) => read],
  ["stoa_consumer_parked", "Commits that a reader could not read", ({ parked }) => parked],
];

const OF_WEBHOOKS: Figures<WebhookFigures> = [
  ["stoa_webhooks_delivered", "Deliveries that an endpoint took since the start", ({ delivered }) => delivered],
  ["stoa_webhooks_failed", "Attempts that failed since the start", ({ failed }) => failed],
  ["stoa_webhooks_given_up", "Deliveries given up since the start", ({ gaveUp }) => gaveUp],
  ["stoa_webhooks_under_way", "Requests to endpoints under way", ({ underWay }) => underWay],
  ["stoa_webhooks_pending", "Commits not heard for endpoints yet", ({ reading }) => reading?.pending ?? 0],
];

/** One registry per process: the gateway adds its own figures. */
export function metricsOf({ delivery, store, webhooks }: Measured): Registry {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: "stoa_" });
  // the figures of one answer are of one moment
  let asked: Promise<DeliveryStatus | null> | null = null;
  const status = (): Promise<DeliveryStatus | null> =>
    (asked ??= delivery.status().finally(() => {
      asked = null;
    }));
  for (const [name, help, read] of OF_RELAY) {
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        const now = await status();
        if (now) this.set(read(now.relay));
      },
    });
  }
  for (const [name, help, read] of OF_READERS) {
    new Gauge({
      name,
      help,
      labelNames: ["reader"],
      registers,
      async collect() {
        const now = await status();
        for (const [reader, figures] of Object.entries(now?.consumers ?? {})) this.set({ reader }, read(figures));
      },
    });
  }
  for (const [name, help, read] of OF_WEBHOOKS) {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read(webhooks.figures()));
      },
    });
  }
  addSnapshotFigures(registry, store);
  return registry;
}
