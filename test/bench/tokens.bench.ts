/** Does everybody find what they wrote, always; and what does it cost, against searching without waiting? */
import type { WriteMark } from "../../models/kernel/contract";
import { typed } from "../../services/kernel/call";
import type { Calls } from "../../models/contracts";
import { aliasOf } from "../../indexers/kernel/indices";
import { percentile, rate } from "./measure";
import { admin, openOffersNode, reprice, skuOf, type OffersNode } from "./offers-node";
import type { Answer } from "./report";
import { sized, type Ask } from "./scale";

const OFFERS = 2_000;
/** The bound on refreshes that waiting may ask for (indexers/kernel/read-your-writes.ts), and the indexer's own. */
const REFRESHES_PER_SECOND_MAX = 20 + 2 + 1;

interface Level {
  readonly concurrency: number;
  readonly pairs: number;
}

const LEVELS: readonly Level[] = [
  { concurrency: 1, pairs: 500 },
  { concurrency: 16, pairs: 4_500 },
  { concurrency: 128, pairs: 25_000 },
  { concurrency: 512, pairs: 70_000 },
];
const SMALL: readonly Level[] = [
  { concurrency: 1, pairs: 5 },
  { concurrency: 32, pairs: 100 },
];

interface Found {
  readonly stale: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly refreshesPerSecond: number;
}

/** Writes a price and searches for the offer: true when the price, or a later one, was found. */
async function pair({ node, call }: OffersNode, at: { n: number; id: string; price: number }, waits: boolean) {
  const { n, id, price } = at;
  const { wrote } = await call("offer.reprice", { id, price: { amountMinor: price, currency: "EUR" } });
  const after: readonly WriteMark[] = waits ? [wrote] : [];
  const search = typed<Calls>(node.broker, { ...admin, after });
  const sellerId = n % 2 === 0 ? "seller-a" : "seller-b";
  const { items } = await search("offer.list", { sellerId, q: skuOf(Math.floor(n / 2)), limit: 1 });
  return (items[0]?.price.amountMinor ?? 0) >= price;
}

async function refreshesOf({ node }: OffersNode): Promise<number> {
  const { indices = {} } = await node.readSide.client.indices.stats({
    index: aliasOf("stoa", "offers"),
    metric: "refresh",
  });
  return Object.values(indices).reduce((sum, { primaries }) => sum + (primaries?.refresh?.external_total ?? 0), 0);
}

/** Each lane has offers of its own, so that nobody finds the write of another one. */
async function level(under: OffersNode, { concurrency, pairs }: Level, waits: boolean): Promise<Found> {
  const before = await refreshesOf(under);
  const began = performance.now();
  const took: number[] = [];
  let [next, stale, price] = [0, 0, 10_000_000];
  const lane = async (k: number): Promise<void> => {
    while (next++ < pairs) {
      const n = k % under.ids.length;
      const start = performance.now();
      const fresh = await pair(under, { n, id: under.ids[n] ?? "", price: ++price }, waits);
      took.push(performance.now() - start);
      if (!fresh) stale += 1;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, (_, k) => lane(k)));
  const seconds = (performance.now() - began) / 1_000;
  return {
    stale,
    perSecond: Math.round(took.length / seconds),
    p50Ms: Math.round(percentile(took, 0.5)),
    p99Ms: Math.round(percentile(took, 0.99)),
    refreshesPerSecond: Number((((await refreshesOf(under)) - before) / seconds).toFixed(1)),
  };
}

type ByConcurrency = ReadonlyMap<number, Found>;

function answersOf(levels: readonly Level[], withToken: ByConcurrency, without: ByConcurrency): Answer[] {
  const all = [...withToken.values()];
  const pairs = levels.reduce((sum, one) => sum + one.pairs, 0);
  const detail = { withToken: Object.fromEntries(withToken), withoutToken: Object.fromEntries(without) };
  const top = levels.at(-1)?.concurrency ?? 0;
  const cost = (without.get(top)?.perSecond ?? 0) / (withToken.get(top)?.perSecond ?? 1);
  return [
    {
      question: `stale answers among ${pairs} pairs of write and search with token`,
      value: all.reduce((sum, { stale }) => sum + stale, 0),
      unit: "",
      goal: { atMost: 0 },
      detail,
    },
    {
      question: "refreshes of the index per second, the most at any concurrency",
      value: Math.max(...all.map(({ refreshesPerSecond }) => refreshesPerSecond)),
      unit: "/s",
      goal: { atMost: REFRESHES_PER_SECOND_MAX },
    },
    {
      question: `pairs/s without token / with token, ${top} at a time`,
      value: Number(cost.toFixed(2)),
      unit: "×",
      detail: { stale: without.get(top)?.stale },
    },
  ];
}

/** The offers in the order in which they were made: two of each article. */
export async function tokensBench(ask: Ask): Promise<Answer[]> {
  const under = await openOffersNode(sized(ask, OFFERS, 100));
  const levels = ask.small ? SMALL : LEVELS;
  try {
    await rate(16, sized(ask, 10, 1), reprice(under));
    const withToken = new Map<number, Found>();
    const without = new Map<number, Found>();
    for (const one of levels) {
      without.set(one.concurrency, await level(under, { ...one, pairs: Math.ceil(one.pairs / 10) }, false));
      withToken.set(one.concurrency, await level(under, one, true));
    }
    return answersOf(levels, withToken, without);
  } finally {
    await under.stop();
  }
}
