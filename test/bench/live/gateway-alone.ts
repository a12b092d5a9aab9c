/** A gateway's live half as a node runs it: its own look at the stream, histories and read side, and its sockets. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import pino from "pino";
import { Registry } from "prom-client";
import { liveSource } from "../../../bin/node/live";
import { connectStore } from "../../../bin/node/store";
import { createSearchClient } from "../../../indexers/kernel/client";
import { kept } from "../../../models";
import { openHistories } from "../../../models/kernel/mongo-histories";
import { builtinRoles } from "../../../models/role/role.builtin.contract";
import type { Config } from "../../../moleculer.config";
import { openLive } from "../../../services/gateway/live/live";
import { principalReader } from "../../../services/gateway/tokens";
import { createRoleBook } from "../../../services/kernel/role-book";
import { serve } from "./alone";

export interface GatewayAsk {
  readonly config: Config;
  /** Changes are told so often at most; 0: each commit's by itself. */
  readonly windowMs: number;
}

/** 99th percentiles, as far as the buckets of the metrics tell: the upper end of the bucket that holds it. */
export interface Delays {
  /** From commit into the stream. */
  readonly storedMs: number;
  /** From the stream to this gateway. */
  readonly heardMs: number;
  /** From commit to emit, all in all. */
  readonly emittedMs: number;
}

const registry = new Registry();
const SLOW = 0.99;

/** In milliseconds; interpolated within its bucket, as Prometheus does. */
async function slow(name: string, stage?: string): Promise<number> {
  const { values = [] } = (await registry.getSingleMetric(name)?.get()) ?? {};
  const buckets = values.flatMap(({ labels, value }) => {
    const le = (labels as Record<string, string | number | undefined>)["le"];
    const of = (labels as Record<string, string | number | undefined>)["stage"];
    return le === undefined || of !== stage ? [] : [{ le: Number(String(le).replace("+Inf", "Infinity")), value }];
  });
  const wanted = SLOW * (buckets.at(-1)?.value ?? 0);
  const at = buckets.findIndex(({ value }) => value >= wanted);
  const [lower, upper] = [buckets[at - 1] ?? { le: 0, value: 0 }, buckets[at] ?? { le: 0, value: 0 }];
  const share = (wanted - lower.value) / Math.max(1, upper.value - lower.value);
  return Math.round(1_000 * (lower.le + share * (upper.le - lower.le)));
}

async function open({ config, windowMs }: GatewayAsk): Promise<{ url: string }> {
  const log = pino({ level: "warn" }, pino.destination(2));
  const connection = await connectStore({ url: config.mongodbUrl, namespace: config.namespace });
  const histories = new Map(
    kept.map(({ aggregate, model }) => [aggregate.name, openHistories(connection, model, aggregate.schema)]),
  );
  const of = (aggregate: string) => {
    const found = histories.get(aggregate);
    if (!found) throw new Error(`no history of ${aggregate}`);
    return found;
  };
  const server = createServer();
  const read = principalReader(config.secret);
  openLive({
    server,
    source: liveSource({ config, log, store: { of }, client: createSearchClient(config.elasticsearchUrl) }),
    identify: ({ authorization }) => Promise.resolve().then(() => read(authorization)),
    roles: createRoleBook(builtinRoles),
    call: () => Promise.reject(new Error("no order is looked at here")),
    metrics: registry,
    log,
    limits: { windowMs, perPlaceMax: 10_000 },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

export interface Memory {
  readonly rssMb: number;
  readonly heapMb: number;
  /** Buffers, which are not in the heap. */
  readonly externalMb: number;
}

const megabytes = (bytes: number): number => Number((bytes / 1024 ** 2).toFixed(1));

serve({
  open,
  async memory(): Promise<Memory> {
    // twice: what the first one frees by finalisers, the second one takes
    global.gc?.();
    await new Promise((resolve) => setImmediate(resolve));
    global.gc?.();
    const { rss, heapUsed, external } = process.memoryUsage();
    return { rssMb: megabytes(rss), heapMb: megabytes(heapUsed), externalMb: megabytes(external) };
  },
  /** How often somebody was left out for taking nothing. */
  async lagged(): Promise<number> {
    const { values = [] } = (await registry.getSingleMetric("stoa_live_lagged_total")?.get()) ?? {};
    return values[0]?.value ?? 0;
  },
  /** What is measured from now on. */
  begin() {
    registry.resetMetrics();
    return Promise.resolve(null);
  },
  delays: async (): Promise<Delays> => ({
    storedMs: await slow("stoa_live_stage_seconds", "stored"),
    heardMs: await slow("stoa_live_stage_seconds", "heard"),
    emittedMs: await slow("stoa_live_delay_seconds"),
  }),
});
