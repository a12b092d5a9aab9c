/**
 * How many shopping visits does a mall serve? Each visit goes through HTTP without think time: four searches with
 * facets, a list of fifty, a product page, a cart, customer, address, shipping, and the payment that places the order.
 * Eight questions are asked in turn, as shoppers ask the popular ones: most of their answers are shared while the index
 * shows the same (indexers/kernel/shared-answers.ts); `bench -- search` measures those that nobody asked before.
 * Beside it stand the figures of Vendure 3.7.3 on SQLite, the same visit on two such cores.
 */
import { adminToken } from "../../bin/client/locate";
import { parts } from "../../bin/parts";
import { countedBetween, countersOf, storeOperations, type Counts } from "./counts";
import { percentile } from "./measure";
import { perPiece, spentSoFar } from "./processors";
import type { Answer } from "./report";
import { sized, type Ask } from "./scale";
import { createShopper, STEPS, type Pick, type Shopper, type Step } from "./shopper";
import { benchMall, endMall } from "./whole-mall";
import type { RunningMall } from "../support/mall";

const LEVELS = [1, 16];
/** The search engine compiles itself for its first thousands of searches; a mall is asked about that is past it. */
const WARM_SECONDS = 120;
const SECONDS = 45;
const CHECKOUTS = 100;
const COUNTED = 20;
const SELLERS_MIN = 3;
/** Vendure's visits per second, by products and visits in flight. */
const PEER: Readonly<Record<number, readonly [number, number]>> = { 1_000: [3.7, 4.1], 10_000: [2.0, 2.4] };
/** Its p95 of the steps that it has too, in milliseconds, on 1,000 products; at 16 only what was published. */
const PEER_P95: readonly Partial<Record<Step, number>>[] = [
  { search: 17, list: 114, product: 48, add: 49, buy: 39 },
  { search: 517, add: 860 },
];
/** SQL queries per checkout that a peer needs, by its published figure. */
const PEER_OPERATIONS = 230;

const rounded = (value: number): number => Number(value.toFixed(1));
const spread = (values: readonly number[]) => ({
  p50Ms: rounded(percentile(values, 0.5)),
  p95Ms: rounded(percentile(values, 0.95)),
});

interface Lanes {
  readonly inFlight: number;
  /** Visits are begun for so long. */
  readonly seconds: number;
}

interface Done {
  readonly count: number;
  readonly perSecond: number;
}

const sumOf = (all: readonly Counts[], count: number): Counts => {
  const sum = new Map<string, number>();
  for (const one of all) for (const [name, n] of Object.entries(one)) sum.set(name, (sum.get(name) ?? 0) + n / count);
  return Object.fromEntries([...sum].map(([name, n]) => [name, rounded(n)]));
};

async function visits({ inFlight, seconds }: Lanes, one: (n: number) => Promise<void>): Promise<Done> {
  const began = performance.now();
  let n = 0;
  const lane = async (): Promise<void> => {
    while (performance.now() - began < seconds * 1_000) await one(n++);
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  return { count: n, perSecond: n / ((performance.now() - began) / 1_000) };
}

/** What all of them cost: processor's time by process, and what was asked of store and engine. */
async function costOf(mall: RunningMall, work: () => Promise<Done>) {
  const counter = await countersOf(mall);
  const [counts, spent, own] = [await counter.read(), await spentSoFar(mall.pid), process.cpuUsage()];
  const done = await work();
  const { user, system } = process.cpuUsage(own);
  const cpuMicros = {
    ...perPiece(spent, await spentSoFar(mall.pid), done.count),
    "the client of this benchmark": Math.round((user + system) / done.count),
  };
  const counted = countedBetween(counts, await counter.read(), done.count);
  await counter.close();
  return { done, detail: { visits: done.count, cpuMicros, counted } };
}

/** One visit after the other, with a look at the counts after each step: what follows a step later is in the next. */
async function countedSteps(shopper: Shopper, mall: RunningMall, count: number): Promise<Answer> {
  const counter = await countersOf(mall);
  const found = new Map<Step, Counts[]>(STEPS.map((step) => [step, []]));
  let before = await counter.read();
  const look = async (step: Step): Promise<void> => {
    const now = await counter.read();
    found.get(step)?.push(countedBetween(before, now, 1));
    before = now;
  };
  for (let n = 0; n < count; n++) await shopper.visit(n, look);
  await counter.close();
  const detail = Object.fromEntries([...found].map(([step, all]) => [step, sumOf(all, count)]));
  const value = rounded([...found.values()].flat().reduce((sum, one) => sum + storeOperations(one), 0) / count);
  return { question: "store operations per visit, one at a time", value, unit: "operations", detail };
}

async function visitsAt(shopper: Shopper, mall: RunningMall, lanes: Lanes, products: number): Promise<Answer[]> {
  const took = new Map<Step, number[]>(STEPS.map((step) => [step, []]));
  const { done, detail } = await costOf(mall, () =>
    visits(lanes, (n) => shopper.visit(n, (step, ms) => took.get(step)?.push(ms))),
  );
  const at = LEVELS.indexOf(lanes.inFlight);
  const where = `${products} products, ${lanes.inFlight} in flight`;
  const peer = PEER[products]?.[at];
  const steps = STEPS.map((step): Answer => {
    const found = spread(took.get(step) ?? []);
    const peerP95 = products === 1_000 ? PEER_P95[at]?.[step] : undefined;
    return {
      ...{ question: `p95 of ${step}, ${where}`, value: found.p95Ms, unit: "ms", detail: found },
      ...(peerP95 !== undefined && {
        goal: { atMost: rounded(peerP95 / 5) },
        detail: { ...found, vendureMs: peerP95 },
      }),
    };
  });
  const whole: Answer = {
    ...{ question: `whole visits per second, ${where}`, value: rounded(done.perSecond), unit: "visits/s" },
    ...(peer !== undefined && { goal: { atLeast: peer * 10 } }),
    detail: { ...detail, ...(peer !== undefined && { vendure: peer }) },
  };
  return [whole, ...steps];
}

/** A checkout of three sellers' goods: how long, and, one at a time, what it asks of the store. */
async function checkoutsAt(
  shopper: Shopper,
  mall: RunningMall,
  of: { inFlight: number; count: number },
): Promise<Answer[]> {
  const carts = await shopper.threeSellers(of.count);
  const counter = await countersOf(mall);
  const before = await counter.read();
  const took: number[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let cart = carts[next++]; cart !== undefined; cart = carts[next++]) {
      const began = performance.now();
      await shopper.buy(cart);
      took.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: of.inFlight }, lane));
  const counted = countedBetween(before, await counter.read(), of.count);
  const operations = rounded(storeOperations(counted));
  await counter.close();
  const found = spread(took);
  const time = {
    question: `p95 of a checkout of 3 sellers, ${of.inFlight} in flight`,
    value: found.p95Ms,
    unit: "ms",
    detail: found,
  };
  const detail = {
    counted,
    peer: PEER_OPERATIONS,
    note: "with all that the mall did meanwhile: relay, timers, read side",
  };
  const question = `store operations per checkout of 3 sellers, ${of.inFlight} in flight`;
  return [time, { question, value: operations, unit: "operations", detail }];
}

const poolOf = (ask: Ask): Pick => ({ products: sized(ask, 60, 20), sellersMin: SELLERS_MIN });

/** With a number, on a demo market of so many products: `bench -- visit 10000`. */
export async function visitBench(ask: Ask): Promise<Answer[]> {
  const products = Number(ask.args[0] ?? sized(ask, 1_000, 100));
  const mall = await benchMall({ args: ["--products", String(products)] });
  try {
    const shopper = await createShopper(mall.url, await adminToken(mall.dataDir, parts), poolOf(ask));
    const answers: Answer[] = [];
    await visits({ inFlight: 4, seconds: sized(ask, WARM_SECONDS, 2) }, (n) => shopper.visit(n, () => undefined));
    answers.push(await countedSteps(shopper, mall, sized(ask, COUNTED, 3)));
    for (const inFlight of LEVELS) {
      answers.push(...(await visitsAt(shopper, mall, { inFlight, seconds: sized(ask, SECONDS, 4) }, products)));
      answers.push(...(await checkoutsAt(shopper, mall, { inFlight, count: sized(ask, CHECKOUTS, 5) })));
    }
    return answers;
  } finally {
    await endMall(mall);
  }
}
