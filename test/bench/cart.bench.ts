/**
 * Does a full cart cost more than an empty one? The same command (so many units of a line) on carts of two hundred
 * lines and on carts of one, in turn in one run: how long each takes, and what processors spend on it in all processes
 * but the search engine, which hears of carts now and then alone.
 */
import { randomId } from "../../models/kernel/ids";
import { LINES_MAX } from "../../models/cart/cart.quote.contract";
import { compared, rounds, type Pair } from "./hot.bench";
import { rate, ratio, type Rate } from "./measure";
import { openOffersNode, type Call } from "./offers-node";
import { perPiece, spentSoFar } from "./processors";
import type { Answer } from "./report";
import { sized, type Ask } from "./scale";

const CARTS = 16;
const ROUND_SECONDS = 4;
const GOAL = 1.3;

interface Shop {
  readonly call: Call;
  readonly channelId: string;
  readonly offerIds: readonly string[];
}

/** A channel, and as many offers in it as a cart has lines. */
async function openShop(call: Call, lines: number): Promise<Shop> {
  const { id: channelId } = await call("channel.open", {
    ...{ code: "bench", name: { en: "Bench" }, currency: "EUR", languages: ["en"], taxInclusive: true },
  });
  const offerIds = Array.from({ length: lines }, async (_, i) => {
    const title = { en: `Lamp ${i}` };
    const { id: productId } = await call("product.create", { title, channels: [channelId], publish: true });
    const price = { amountMinor: 1_000 + i, currency: "EUR" };
    return (await call("offer.make", { productId, sellerId: "seller", sku: `sku-${i}`, price, condition: "new" })).id;
  });
  return { call, channelId, offerIds: await Promise.all(offerIds) };
}

async function cartOf({ call, channelId, offerIds }: Shop, lines: number): Promise<string> {
  const id = randomId();
  await call("cart.begin", { id, channelId, currency: "EUR", customerId: null });
  for (const offerId of offerIds.slice(0, lines)) await call("cart.set", { id, offerId, quantity: 1 });
  return id;
}

type One = (n: number) => Promise<unknown>;

/** Cart by cart, and line by line where there are several; never the quantity that it has. */
function setting({ call, offerIds }: Shop, carts: readonly string[], lines: number): One {
  let quantity = 1;
  return (n) => {
    const offerId = offerIds[Math.floor(n / carts.length) % lines] ?? "";
    return call("cart.set", { id: carts[n % carts.length] ?? "", offerId, quantity: (++quantity % 9_000) + 2 });
  };
}

interface Measured extends Rate {
  readonly microsPerCommand: Readonly<Record<string, number>>;
}

const ENGINE = /^search engine/;

async function measured(inFlight: number, seconds: number, one: One): Promise<Measured> {
  const before = await spentSoFar();
  const found = await rate(inFlight, seconds, one);
  return { ...found, microsPerCommand: perPiece(before, await spentSoFar(), found.calls) };
}

const spentOf = ({ microsPerCommand }: Measured): number =>
  Object.entries(microsPerCommand).reduce((sum, [who, micros]) => (ENGINE.test(who) ? sum : sum + micros), 0);

export async function cartBench(ask: Ask): Promise<Answer[]> {
  const offersNode = await openOffersNode(2);
  try {
    const lines = sized(ask, LINES_MAX, 5);
    const shop = await openShop(offersNode.call, lines);
    const made = (count: number) => Promise.all(Array.from({ length: CARTS }, () => cartOf(shop, count)));
    const [full, single] = [setting(shop, await made(lines), lines), setting(shop, await made(1), 1)];
    const seconds = sized(ask, ROUND_SECONDS, 1);
    for (const one of [full, single, full, single]) await rate(CARTS, seconds, one);
    const count = sized(ask, 5, 1);
    const alone = await rounds(count, async (): Promise<Pair> => [
      await rate(1, seconds, full),
      await rate(1, seconds, single),
    ]);
    const many: (readonly [Measured, Measured])[] = [];
    for (let i = 0; i < count; i++) {
      many.push([await measured(CARTS, seconds, full), await measured(CARTS, seconds, single)]);
    }
    const spent = ratio(
      many.map(([ours]) => spentOf(ours)),
      many.map(([, theirs]) => spentOf(theirs)),
    );
    const goal = { atMost: GOAL };
    return [
      {
        question: `command on a cart of ${lines} lines / of one, p50, 1 in flight`,
        goal,
        ...compared(alone, ({ p50Ms }) => p50Ms),
      },
      {
        question: `command on a cart of ${lines} lines / of one, processors' time, ${CARTS} in flight`,
        ...{ value: spent.median, unit: "×", goal, detail: { ...spent, rounds: many } },
      },
    ];
  } finally {
    await offersNode.stop();
  }
}
