/** What live connections tell Prometheus. */
import { Counter, Gauge, Histogram, type Registry } from "prom-client";

export interface LiveFigures {
  /** By type of the refusal. */
  refused(type: string): void;
  told(event: "delta" | "snapshot", sockets: number): void;
  /** A socket that did not take what it was sent, and gets all at once later. */
  lagged(): void;
  /** From commit to emit. */
  delayed(ms: number): void;
  /** A commit was heard: how long it took into the stream, and from there to here. */
  heard(committedMs: number, storedMs: number): void;
}

export interface Counted {
  readonly sockets: number;
  readonly boards: number;
  readonly sources: number;
}

const NAMES = {
  refused: "stoa_live_refused_total",
  told: "stoa_live_told_total",
  lagged: "stoa_live_lagged_total",
  delay: "stoa_live_delay_seconds",
  stage: "stoa_live_stage_seconds",
} as const;
/** Clocks of two machines may disagree by a little. */
const seconds = (ms: number): number => Math.max(0, ms) / 1_000;
const BUCKETS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 10];

const GAUGES = [
  ["stoa_live_sockets", "Live connections", ({ sockets }: Counted) => sockets],
  ["stoa_live_boards", "Boards that are followed for them", ({ boards }: Counted) => boards],
  ["stoa_live_sources", "Orders, stocks and the like that these boards know", ({ sources }: Counted) => sources],
] as const;

export function createLiveFigures(registry: Registry, counts: () => Counted): LiveFigures {
  for (const name of [...Object.values(NAMES), ...GAUGES.map(([name]) => name)]) registry.removeSingleMetric(name);
  const registers = [registry];
  const refused = new Counter({
    ...{ name: NAMES.refused, help: "Live handshakes and messages that were refused", labelNames: ["type"], registers },
  });
  const told = new Counter({ name: NAMES.told, help: "Messages sent to sockets", labelNames: ["event"], registers });
  const lagged = new Counter({ name: NAMES.lagged, help: "Times that a slow socket was left out for now", registers });
  const delay = new Histogram({
    ...{ name: NAMES.delay, help: "Time from a commit to its emission", buckets: BUCKETS_SECONDS, registers },
  });
  const stage = new Histogram({
    ...{ name: NAMES.stage, help: "Parts of that time: into the stream, and to this node", buckets: BUCKETS_SECONDS },
    ...{ labelNames: ["stage"], registers },
  });
  for (const [name, help, read] of GAUGES) {
    new Gauge({
      ...{ name, help, registers },
      collect() {
        this.set(read(counts()));
      },
    });
  }
  // told thousands of times a second: what is looked up by its labels is looked up once
  const stages = { stored: stage.labels("stored"), heard: stage.labels("heard") };
  const events = { delta: told.labels("delta"), snapshot: told.labels("snapshot") };
  return {
    refused: (type) => refused.inc({ type }),
    told: (event, sockets) => events[event].inc(sockets),
    lagged: () => lagged.inc(),
    delayed: (ms) => delay.observe(seconds(ms)),
    heard(committedMs, storedMs) {
      stages.stored.observe(seconds(storedMs - committedMs));
      stages.heard.observe(seconds(Date.now() - storedMs));
    },
  };
}
