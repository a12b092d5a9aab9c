/**
 * One thing that everybody wants: 200 clients on one offer, one after another in its mailbox, against a driver that
 * inserts one row after another. And one client alone on a warm thing: what is added to the time of an insert.
 */
import { rate, ratio, type Rate } from "./measure";
import { bareCollection, durable, openOffersNode, reprice, type Bare, type OffersNode } from "./offers-node";
import type { Answer } from "./report";
import { sized, type Ask } from "./scale";

const CLIENTS = 200;
const ROUND_SECONDS = 5;
const OFFERS = 200;

export interface Under extends OffersNode {
  readonly bare: Bare;
  readonly roundSeconds: number;
}

export type Pair = readonly [ours: Rate, theirs: Rate];

export async function insertOne({ bare, roundSeconds }: Under): Promise<Rate> {
  await bare.resample();
  return rate(1, roundSeconds, () => bare.collection.insertOne(bare.row(), durable));
}

async function hotRound(under: Under): Promise<Pair> {
  const hot = { ...under, ids: under.ids.slice(0, 1) };
  return [await rate(CLIENTS, under.roundSeconds, reprice(hot)), await insertOne(under)];
}

async function aloneRound(under: Under): Promise<Pair> {
  return [await rate(1, under.roundSeconds, reprice(under)), await insertOne(under)];
}

export async function rounds(count: number, one: () => Promise<Pair>): Promise<readonly Pair[]> {
  const pairs: Pair[] = [];
  for (let i = 0; i < count; i++) pairs.push(await one());
  return pairs;
}

export function compared(
  pairs: readonly Pair[],
  figure: (measured: Rate) => number,
): Pick<Answer, "value" | "unit" | "detail"> {
  const found = ratio(
    pairs.map(([ours]) => figure(ours)),
    pairs.map(([, theirs]) => figure(theirs)),
  );
  return { value: found.median, unit: "×", detail: { ...found, rounds: pairs } };
}

export async function hotBench(ask: Ask): Promise<Answer[]> {
  const offersNode = await openOffersNode(OFFERS);
  try {
    const bare = await bareCollection(offersNode);
    const under = { ...offersNode, bare, roundSeconds: sized(ask, ROUND_SECONDS, 1) };
    await rate(CLIENTS, sized(ask, 10, 1), reprice(under));
    const count = sized(ask, 5, 1);
    const hot = await rounds(count, () => hotRound(under));
    const alone = await rounds(count, () => aloneRound(under));
    return [
      {
        question: `one hot actor, ${CLIENTS} clients / insertOne one after another`,
        goal: { atLeast: 5 },
        ...compared(hot, ({ perSecond }) => perSecond),
      },
      {
        question: "latency p50 of a warm command, 1 in flight / insertOne",
        goal: { atMost: 1.5 },
        ...compared(alone, ({ p50Ms }) => p50Ms),
      },
    ];
  } finally {
    await offersNode.stop();
  }
}
