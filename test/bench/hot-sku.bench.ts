/**
 * One article that everybody wants to buy: promises decided on one stock, by clients at once, against a driver that
 * inserts one row after another; and how large that stock is when very many promises are open.
 */
import { randomId } from "../../models/kernel/ids";
import { stockIdOf } from "../../models/stock/stock.contract";
import { compared, insertOne, rounds, type Pair, type Under } from "./hot.bench";
import { rate } from "./measure";
import { bareCollection, openOffersNode } from "./offers-node";
import type { Answer } from "./report";
import { sized, type Ask } from "./scale";

const CLIENTS = 200;
const ROUND_SECONDS = 5;
const OPEN = 100_000;
const LOCATION = "main";

const reserve = ({ call, ids: [offerId = ""] }: Under) => {
  return () => call("stock.reserve", { offerId, location: LOCATION, quantity: 1, holdId: randomId() });
};

async function round(under: Under): Promise<Pair> {
  return [await rate(CLIENTS, under.roundSeconds, reserve(under)), await insertOne(under)];
}

/** Of the newest row, as it is stored. */
async function stateBytes({ node, ids: [offerId = ""] }: Under): Promise<{ version: number; bytes: number }> {
  const id = stockIdOf({ offerId, location: LOCATION });
  const newest = (await node.store.of("stock").newest([id])).get(id);
  if (!newest) throw new Error("the stock has no history");
  return { version: newest.version, bytes: Buffer.byteLength(JSON.stringify(newest.state)) };
}

async function opened(under: Under, count: number): Promise<void> {
  const one = reserve(under);
  let left = count;
  const lane = async (): Promise<void> => {
    while (left-- > 0) await one();
  };
  await Promise.all(Array.from({ length: CLIENTS }, lane));
}

export async function hotSkuBench(ask: Ask): Promise<Answer[]> {
  const offersNode = await openOffersNode(2);
  try {
    const bare = await bareCollection(offersNode);
    const under = { ...offersNode, bare, roundSeconds: sized(ask, ROUND_SECONDS, 1) };
    const [offerId = ""] = under.ids;
    await under.call("stock.receive", { offerId, location: LOCATION, quantity: 1_000_000_000 });
    const first = await stateBytes(under);
    await rate(CLIENTS, sized(ask, 10, 1), reserve(under));
    const pairs = await rounds(sized(ask, 5, 1), () => round(under));
    const many = sized(ask, OPEN, 500);
    const { version } = await stateBytes(under);
    await opened(under, Math.max(0, many - version));
    const last = await stateBytes(under);
    return [
      {
        question: `promises decided on one SKU, ${CLIENTS} clients / insertOne one after another`,
        goal: { atLeast: 5 },
        ...compared(pairs, ({ perSecond }) => perSecond),
      },
      {
        question: `state of that stock with ${last.version - 1} promises open, against none`,
        value: last.bytes - first.bytes,
        unit: "bytes more",
        goal: { atMost: 100 },
        detail: { first, last },
      },
    ];
  } finally {
    await offersNode.stop();
  }
}
