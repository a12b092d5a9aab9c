/** What a node tells Prometheus beside its HTTP figures: the outbox, the consumers, the actors' store. */
import { collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { Delivery } from "./delivery";
import { addSnapshotFigures } from "./snapshots";
import type { Store } from "./store";

interface Measured {
  readonly store: Pick<Store, "of">;
  readonly delivery: Pick<Delivery, "relay" | "consumers">;
}

type Figures = readonly (readonly [name: string, help: string, read: () => number])[];

function relayFigures({ relay }: Measured["delivery"]): Figures {
  const status = () => relay.status();
  return [
    ["stoa_relay_queued", "Commits that wait to be published", () => status().queued],
    ["stoa_relay_published", "Commits published since the start", () => status().published],
    ["stoa_relay_parked", "Commits that could not be published", () => status().parked],
    ["stoa_relay_swept", "Commits published by the sweeper since the start", () => status().swept],
  ];
}

/** One registry per process: the gateway adds its own figures. */
export function metricsOf({ delivery, store }: Measured): Registry {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: "stoa_" });
  for (const [name, help, read] of relayFigures(delivery)) {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  }
  const perReader = { labelNames: ["reader"], registers } as const;
  const gauge = (name: string, help: string, read: (reader: string) => number): void => {
    new Gauge({
      name,
      help,
      ...perReader,
      collect() {
        for (const reader of delivery.consumers.keys()) this.set({ reader }, read(reader));
      },
    });
  };
  const statusOf = (reader: string) => delivery.consumers.get(reader)?.status();
  gauge("stoa_consumer_pending", "Commits that a reader has not been given yet", (r) => statusOf(r)?.pending ?? 0);
  gauge("stoa_consumer_read", "Commits that a reader has read since the start", (r) => statusOf(r)?.read ?? 0);
  gauge("stoa_consumer_parked", "Commits that a reader could not read", (r) => statusOf(r)?.parked ?? 0);
  addSnapshotFigures(registry, store);
  return registry;
}
