/** Sellers with stock that sell: the commits of the proof, made by real commands of a whole node. */
import pino from "pino";
import { openNode, type RunningNode } from "../../../bin/node/node";
import type { Calls } from "../../../models/contracts";
import type { Config } from "../../../moleculer.config";
import { typed } from "../../../services/kernel/call";
import { randomId } from "../../../models/kernel/ids";
import type { Backing } from "../../support/backing";
import { placeOrder, quoteLine } from "../../support/orders";

export interface Market {
  readonly node: RunningNode;
  readonly config: Config;
  readonly sellers: readonly string[];
  /** The n-th command: an order, or a movement of stock, of one seller after the other. */
  one(n: number): Promise<unknown>;
  stop(): Promise<void>;
}

const ROOT = { id: "bench", permissions: ["*"] };
const AT_ONCE = 50;
/**
 * One command in so many is an order: the mall itself goes on with it, which makes further commits and costs twenty
 * times what a movement of stock does. It is how many commits are shown that is asked here, not how many are sold.
 */
const ORDER_EVERY = 20;
const LOCATION = "berlin";

export const sellersOf = (count: number): string[] => Array.from({ length: count }, (_, n) => `seller-${n}`);

/** An empty mall, and none of it runs: only what gateways look into is there. */
export async function openEmpty(backing: Backing, namespace: string): Promise<Config> {
  const config = backing.config({ STOA_GATEWAY: "no", STOA_NAMESPACE: namespace });
  const node = await openNode(config, pino({ level: "silent" }));
  await node.stop();
  return config;
}

export async function openMarket(backing: Backing, sellers: number): Promise<Market> {
  const config = backing.config({ STOA_GATEWAY: "no" });
  const node = await openNode(config, pino({ level: "silent" }));
  const call: ReturnType<typeof typed<Calls>> = (action, params) =>
    typed<Calls>(node.broker, { principal: ROOT, trace: "live", commandId: randomId() })(action, params);
  const { id: channelId } = await call("channel.open", {
    ...{ code: "main", name: { en: "Main" }, currency: "EUR", languages: ["en"], taxInclusive: true },
  });
  const names = sellersOf(sellers);
  const offers: { productId: string; offerId: string }[] = [];
  for (let from = 0; from < sellers; from += AT_ONCE) {
    const made = names.slice(from, from + AT_ONCE).map(async (sellerId) => {
      const { id: productId } = await call("product.create", { title: { en: "Lamp" }, channels: [], publish: true });
      const price = { amountMinor: 1_000, currency: "EUR" };
      const { id: offerId } = await call("offer.make", { productId, sellerId, sku: sellerId, price, condition: "new" });
      await call("stock.receive", { offerId, location: LOCATION, quantity: 100 });
      return { productId, offerId };
    });
    offers.push(...(await Promise.all(made)));
  }
  return {
    ...{ node, config, sellers: names },
    one(n) {
      // each seller has its turn with each kind of command
      const turn = (n + Math.floor(n / sellers)) % sellers;
      const { productId = "", offerId = "" } = offers[turn] ?? {};
      const sellerId = names[turn] ?? "";
      if (n % ORDER_EVERY !== 0) return call("stock.count", { offerId, location: LOCATION, counted: (n * 7) % 100 });
      const line = quoteLine("l1", (n % 3) + 1, 1_000, { offerId, productId });
      return call("order.place", placeOrder([line], { checkoutId: `checkout-${n}`, channelId, sellerId }));
    },
    stop: () => node.stop(),
  };
}
