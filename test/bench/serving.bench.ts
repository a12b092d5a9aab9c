/**
 * How long does somebody wait for a model? Recommendations of 100,000 items for one visitor: in the process, and over
 * HTTP with 16 in flight; what their lists take of memory; and what a payment's judgement adds to a checkout: the score
 * alone, and the whole call with what it reads and keeps.
 */
import { FIRST_HASH, FIRST_MODEL } from "../../ml/fraud/first";
import { takenBy } from "../../ml/fraud/taken";
import { chance } from "../../ml/kernel/random";
import { learnLists } from "../../ml/recommendation/learn-lists";
import { listsInUse } from "../../ml/recommendation/lists";
import { sequencesOf, spanOfList } from "../../ml/recommendation/sequences";
import { CHECKOUT_FEATURES } from "../../models/fraud/fraud.features.contract";
import { FIRST_TERMS } from "../../models/fraudpolicy/fraudpolicy.contract";
import { alone } from "./live/alone";
import type { AskerAsk } from "./live/asker-alone";
import { percentile, type Rate } from "./measure";
import type { Answer } from "./report";
import { sized, type Ask } from "./scale";
import { nearItems, openServingMall, productId, type ServingMall } from "./serving-mall";

const ITEMS = 100_000;
const SEQUENCES = 120_000;
const LENGTH = 8;
const ASKED = 5_000;
const WARM = 500;
const HISTORY = 20;
const VISITORS = 100;
const IN_FLIGHT = 16;
const SECONDS = 20;
const PAYMENTS = 400;
const LIMIT = 10;

const rounded = (value: number): number => Number(value.toFixed(3));

/** One after the other; the first ones are not counted. */
function timed(count: number, one: (n: number) => unknown): readonly number[] {
  const took: number[] = [];
  for (let n = 0; n < count + WARM; n++) {
    const began = performance.now();
    one(n);
    if (n >= WARM) took.push(performance.now() - began);
  }
  return took;
}

async function timedCalls(count: number, one: (n: number) => Promise<unknown>): Promise<readonly number[]> {
  const took: number[] = [];
  for (let n = 0; n < count; n++) {
    const began = performance.now();
    await one(n);
    took.push(performance.now() - began);
  }
  return took.slice(Math.floor(count / 10));
}

function answerOf(question: string, took: readonly number[], atMost?: number): Answer {
  const detail = { p50Ms: rounded(percentile(took, 0.5)), maxMs: rounded(Math.max(...took)), calls: took.length };
  const value = rounded(percentile(took, 0.99));
  return { question, value, unit: "ms", ...(atMost !== undefined && { goal: { atMost } }), detail };
}

function inProcess(items: number): Answer[] {
  const spans = Array.from({ length: Math.floor((SEQUENCES * items) / ITEMS) }, (_, n) =>
    spanOfList([n % items, ...nearItems(items, LENGTH, n)]),
  );
  const names = Array.from({ length: items }, (_, n) => productId(n));
  const lists = listsInUse({ ...learnLists(sequencesOf(spans), names), trending: names.slice(0, 100) });
  const histories = Array.from({ length: 200 }, (_, n) => nearItems(items, HISTORY, n).map(productId));
  const took = timed(ASKED, (n) =>
    lists.ask({ kind: "for-you", limit: LIMIT, items: [], history: histories[n % 200] ?? [] }, new Set()),
  );
  return [
    answerOf(`p99 of what comes next for one visitor, of ${items} items, in the process`, took, 2),
    { question: `memory of the lists of ${items} items`, value: Math.round(lists.bytes / 2 ** 20), unit: "MiB" },
  ];
}

/** What a model says of a payment whose features are at hand. */
function scoring(): Answer {
  const random = chance(1);
  const rows = Array.from({ length: 200 }, () =>
    Float32Array.from(CHECKOUT_FEATURES, () => Math.floor(random.next() * 100)),
  );
  const known = { hash: FIRST_HASH, number: 0, model: FIRST_MODEL };
  const policy = { ...FIRST_TERMS, version: 1 };
  const took = timed(ASKED, (n) => takenBy(known, rows[n % 200] ?? new Float32Array(), policy));
  return answerOf("p99 of the score of a payment alone, with its reasons", took, 1);
}

/** What the mall's process spends on each is its own: who asks has a process and a thread of their own. */
async function overHttp({ url, token, visitors }: ServingMall, seconds: number): Promise<Answer> {
  const paths = visitors.map((visitor) => `/v1/recommendations?visitorId=${visitor}&limit=${LIMIT}`);
  const asker = alone("asker-alone");
  try {
    const ask = { url, token, paths, inFlight: IN_FLIGHT };
    await asker.ask<Rate>("ask", { ...ask, seconds: seconds / 2 } satisfies AskerAsk);
    const began = process.cpuUsage();
    const found = await asker.ask<Rate>("ask", { ...ask, seconds } satisfies AskerAsk);
    const { user, system } = process.cpuUsage(began);
    const { p99Ms: value, p50Ms, perSecond, calls } = found;
    const detail = { p50Ms, perSecond, cpuMicros: rounded((user + system) / calls) };
    const question = `p99 of a recommendation over HTTP, ${IN_FLIGHT} in flight`;
    return { question, value, unit: "ms", goal: { atMost: 5 }, detail };
  } finally {
    await asker.stop();
  }
}

const ADDRESS = { name: "Sam Berg", street: "Lindenweg 4", postalCode: "10119", city: "Berlin", country: "DE" };

/**
 * What a checkout waits for, each of another checkout, some of customers who come back: the judgement, which is told
 * early, and, once the checkout has committed the step before (an insert that is as durable), what is left until it
 * holds. By how much that commit is slower than one that no judgement is written beside is told with it.
 */
async function withinCheckout({ call, node }: ServingMall, count: number): Promise<Answer[]> {
  const told: Told[] = [];
  const commit = await committer(node);
  const took = await timedCalls(count, async (n) => {
    const asked = {
      ...{ checkoutId: `bench-${n}`, round: 1, customerId: `c${n % 50}`, subject: `c${n % 50}`, sellerId: `s${n % 9}` },
      ...{ contact: { email: `c${n % 50}@example.com` }, address: ADDRESS, provider: "test", method: "tok_ok" },
      ...{ amountMinor: 1_000 + n, currency: "EUR" },
    };
    const alone = await msOf(() => commit(n));
    const early = await msOf(() => call("fraud.assess", { ...asked, early: true }));
    const beside = await msOf(() => commit(n));
    told.push({ alone, early, beside, left: await msOf(() => call("fraud.assess", asked)) });
  });
  const counted = told.slice(told.length - took.length);
  const added = counted.map(({ early, left }) => early + left);
  const each = (one: (told: Told) => number, p: number): number => rounded(percentile(counted.map(one), p));
  const { detail, ...answer } = answerOf(ADDED, added, 3);
  const parts = {
    ...{ earlyP50Ms: each(({ early }) => early, 0.5), earlyP99Ms: each(({ early }) => early, 0.99) },
    ...{ leftP50Ms: each(({ left }) => left, 0.5), leftP99Ms: each(({ left }) => left, 0.99) },
    ...{ commitAloneP50Ms: each(({ alone }) => alone, 0.5), commitBesideP50Ms: each(({ beside }) => beside, 0.5) },
  };
  return [{ ...answer, detail: { ...detail, ...parts } }];
}

const ADDED = "p99 that the judgement of a payment adds to a checkout, durable before it acts";

/** Milliseconds. */
type Told = Readonly<Record<"alone" | "early" | "beside" | "left", number>>;

async function msOf(one: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await one();
  return performance.now() - began;
}

/** What a checkout does meanwhile anyhow: one durable insert. */
async function committer({ store: { connection } }: ServingMall["node"]): Promise<(n: number) => Promise<unknown>> {
  const rows = connection.collection("bench.commits");
  await rows.insertOne({ first: true });
  const writeConcern = { w: "majority", journal: true } as const;
  return (n) => rows.insertOne({ n, state: "x".repeat(4_000) }, { writeConcern });
}

export async function servingBench(ask: Ask): Promise<Answer[]> {
  const items = sized(ask, ITEMS, 2_000);
  const own = [...inProcess(items), scoring()];
  const mall = await openServingMall(items, sized(ask, VISITORS, 5));
  try {
    const http = await overHttp(mall, sized(ask, SECONDS, 1));
    return [...own, http, ...(await withinCheckout(mall, sized(ask, PAYMENTS, 20)))];
  } finally {
    await mall.stop();
  }
}
