/**
 * The search engine is killed under load and comes back: commands must go on as fast as before, the mall's memory must
 * stay flat, and what waited must be caught up with afterwards. Used by the benchmark, and in small by a test.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { wait } from "../../services/kernel/wait";
import { readConfig } from "../../moleculer.config";
import { testFolder } from "../support/folder";
import { eventually } from "../support/eventually";
import type { Backing } from "../support/backing";
import { startKillable } from "../system/chaos/services";
import { rate, type Rate } from "./measure";
import { openOffersNode, outboxOf, reprice, type OffersNode } from "./offers-node";

export interface Pressure {
  readonly withEngine: Rate;
  readonly withoutEngine: Rate;
  /** What the process held more at the end of the outage than at its beginning. */
  readonly grownMb: number;
  /** Of it, what this thread still needs when everything else is collected. */
  readonly heldMb: number;
  /** From the engine's return until its indexes have everything. */
  readonly caughtUpSeconds: number;
  /** Commits that waited by then, per second of catching up. */
  readonly caughtUpPerSecond: number;
  /** The offer that was changed last is found at the price that was acknowledged last. */
  readonly exact: boolean;
}

export interface PressureOptions {
  readonly offers: number;
  readonly seconds: number;
  readonly inFlight: number;
}

const MB = 1024 ** 2;
/** Of the seconds without the engine: so long before them, so that the whole does not take three times as long. */
const [WARM_UP, BEFORE, SETTLING] = [1 / 4, 3 / 8, 1 / 12];
const CATCH_UP_WITHIN_MS = 10 * 60_000;
/** The collector may have let a part of it lie. */
const SETTLE_MS = 1_000;

/** Bytes that cannot be collected. */
function held(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function waitingOf({ node }: OffersNode): Promise<number> {
  const status = await node.delivery.status();
  const readers = Object.values(status?.consumers ?? {});
  return readers.reduce((sum, { pending, ackPending }) => sum + pending + ackPending, await outboxOf(node));
}

const caughtUp = (under: OffersNode, id: string, amountMinor: number) => async (): Promise<boolean> => {
  const { node } = under;
  const { client } = node.readSide;
  const [doc] = (await client.mget<{ price: { amountMinor: number } }>({ index: "stoa-offers", ids: [id] })).docs;
  const seen = doc && "found" in doc ? doc._source?.price.amountMinor : undefined;
  return seen === amountMinor && (await waitingOf(under)) === 0;
};

async function outage(
  under: OffersNode,
  services: Awaited<ReturnType<typeof startKillable>>,
  options: PressureOptions,
): Promise<Pressure> {
  const one = reprice(under);
  const part = (share: number): number => Math.max(1, options.seconds * share);
  await rate(options.inFlight, part(WARM_UP), one);
  const withEngine = await rate(options.inFlight, part(BEFORE), one);
  await services.engine.kill();
  await rate(options.inFlight, part(SETTLING), one);
  const [before, heldBefore] = [process.memoryUsage.rss(), held()];
  const withoutEngine = await rate(options.inFlight, options.seconds, one);
  await wait(SETTLE_MS);
  const grownMb = Math.round((process.memoryUsage.rss() - before) / MB);
  const heldMb = Math.round((held() - heldBefore) / MB);
  const last = { id: under.ids[0] ?? "", price: { amountMinor: 77_777_777, currency: "EUR" } };
  await under.call("offer.reprice", last);
  await services.engine.restart();
  const began = performance.now();
  const probe = caughtUp(under, last.id, last.price.amountMinor);
  await eventually("the indexes have everything", probe, { timeoutMs: CATCH_UP_WITHIN_MS });
  const caughtUpSeconds = (performance.now() - began) / 1_000;
  return {
    withEngine,
    withoutEngine,
    grownMb,
    heldMb,
    caughtUpSeconds: Number(caughtUpSeconds.toFixed(1)),
    caughtUpPerSecond: Math.round(withoutEngine.calls / caughtUpSeconds),
    exact: await probe(),
  };
}

export async function playPressure(options: PressureOptions): Promise<Pressure> {
  const room = await testFolder();
  const folder = room.path;
  const services = await startKillable(folder);
  const backing: Backing = {
    mongodbUrl: services.store.url,
    elasticsearchUrl: services.engine.url,
    natsUrl: services.broker.url,
    config: (more = {}) =>
      readConfig({
        MONGODB_URL: services.store.url,
        ELASTICSEARCH_URL: services.engine.url,
        NATS_URL: services.broker.url,
        STOA_SECRET: "a secret for tests that is long enough",
        STOA_PORT: "0",
        STOA_DATA: folder,
        ...more,
      }),
    stop: () => services.stop(),
  };
  try {
    const under = await openOffersNode(options.offers, {}, backing);
    try {
      return await outage(under, services, options);
    } finally {
      await under.stop();
    }
  } finally {
    await services.stop();
    await room.remove();
  }
}
