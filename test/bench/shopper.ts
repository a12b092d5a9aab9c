/** A shopper for benchmarks: whole visits over HTTP, without an account and without think time. */
import { httpClient } from "./http-client";

export const STEPS = ["search", "list", "product", "add", "customer", "address", "shipping", "buy"] as const;
export type Step = (typeof STEPS)[number];

/** How many of the market's products are bought, and how many sellers' goods there must be among them. */
export interface Pick {
  readonly products: number;
  readonly sellersMin: number;
}

/** Told how long each request of a step took; waited for. */
export type Told = (step: Step, ms: number) => unknown;

export interface Shopper {
  visit(n: number, told: Told): Promise<void>;
  /** So many carts with goods of three sellers, ready to be bought; gives their ids. */
  threeSellers(count: number): Promise<string[]>;
  buy(cart: string): Promise<void>;
}

interface Goods {
  readonly productId: string;
  readonly offerId: string;
  readonly sellerId: string;
}

interface Found {
  readonly items: readonly { readonly id: string; readonly buyBox: Omit<Goods, "productId"> | null }[];
}

const WORDS = ["lamp", "chair oak", "black", "steel", "kettle", "blue jacket", "red", "table"];
const SEARCHES = 4;
const PAGE_MAX = 100;
/** More than any run can buy. */
const PLENTY = 1_000_000;
/** Everybody is somebody else; all of them live in one house: the risk of a payment must not come from that. */
const contactOf = (who: string) => ({ contact: { email: `${who}@example.com` } });
const ADDRESS = {
  shippingAddress: { name: "Bench", street: "Lichtweg 1", postalCode: "10115", city: "Berlin", country: "DE" },
};

type Ask = <T>(method: string, path: string, body?: object) => Promise<T>;

const CONNECTIONS_MAX = 64;

/** What it spends itself is taken from the mall. @throws Error with what was answered, unless it is a success */
function asker(url: string, token?: string): Ask {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const client = httpClient(url, headers, CONNECTIONS_MAX);
  return async (method, path, body) => {
    const { status, text } = await client.ask(method, path, body);
    if (status >= 300) throw new Error(`${method} ${path} was answered ${status}: ${text.slice(0, 300)}`);
    return JSON.parse(text) as never;
  };
}

/** Goods that do not run out, so that every visit can end with an order. */
async function stocked(ask: Ask, admin: Ask, { products, sellersMin }: Pick): Promise<Goods[]> {
  const limit = Math.min(products, PAGE_MAX);
  const { items } = await ask<Found>("GET", `/v1/products?inStock=true&limit=${limit}`);
  const goods = items.flatMap(({ id, buyBox }) => (buyBox ? [{ ...buyBox, productId: id }] : []));
  if (new Set(goods.map(({ sellerId }) => sellerId)).size < sellersMin)
    throw new Error("Too few sellers in the market");
  for (const { offerId } of goods) {
    await admin("POST", `/v1/offers/${offerId}/stock/berlin/receive`, { quantity: PLENTY });
  }
  return goods;
}

/** Goods of three sellers, other ones for each n. */
function threeOf(goods: readonly Goods[], n: number): Goods[] {
  const turned = goods.map((_one, i) => goods[(i + n) % goods.length] as Goods);
  return [...new Map(turned.map((one) => [one.sellerId, one])).values()].slice(0, 3);
}

interface Shop {
  readonly ask: Ask;
  readonly channelId: string;
  readonly goods: readonly Goods[];
}

async function ships(ask: Ask, cart: string): Promise<void> {
  const { items } = await ask<{ items: { sellerId: string; methodId: string }[] }>("GET", `/v1/carts/${cart}/shipping`);
  // the cheapest comes first, seller by seller
  const chosen = new Map([...items].reverse().map(({ sellerId, methodId }) => [sellerId, methodId]));
  for (const [sellerId, methodId] of chosen) {
    await ask("PUT", `/v1/carts/${cart}/shipping/${sellerId}`, { methodId });
  }
}

async function buy(ask: Ask, cart: string): Promise<void> {
  const body = { payment: { provider: "test", method: "tok_ok" } };
  const done = await ask<{ status: string; failure: unknown }>("POST", `/v1/carts/${cart}/checkout`, body);
  if (done.status !== "done") throw new Error(`A checkout ended ${done.status}: ${JSON.stringify(done.failure)}`);
}

async function filled({ ask, channelId }: Shop, goods: readonly Goods[]): Promise<string> {
  const { id } = await ask<{ id: string }>("POST", "/v1/carts", { channelId });
  for (const { offerId } of goods) await ask("POST", `/v1/carts/${id}/lines`, { offerId, quantity: 1 });
  return id;
}

async function visit(shop: Shop, n: number, told: Told): Promise<void> {
  const { ask, goods } = shop;
  const timed = async <T>(step: Step, work: () => Promise<T>): Promise<T> => {
    const began = performance.now();
    const result = await work();
    await told(step, performance.now() - began);
    return result;
  };
  const wanted = goods[n % goods.length] as Goods;
  for (let i = 0; i < SEARCHES; i++) {
    const q = encodeURIComponent(WORDS[(n * SEARCHES + i) % WORDS.length] ?? "");
    await timed("search", () => ask("GET", `/v1/products?q=${q}&limit=24`));
  }
  await timed("list", () => ask("GET", "/v1/products?limit=50"));
  await timed("product", () => ask("GET", `/v1/products/${wanted.productId}`));
  const cart = await timed("add", () => filled(shop, [wanted]));
  await timed("customer", () => ask("PATCH", `/v1/carts/${cart}`, contactOf(`visitor-${n}`)));
  await timed("address", () => ask("PATCH", `/v1/carts/${cart}`, ADDRESS));
  await timed("shipping", () => ships(ask, cart));
  await timed("buy", () => buy(ask, cart));
}

export async function createShopper(url: string, adminToken: string, pick: Pick): Promise<Shopper> {
  const ask = asker(url);
  const admin = asker(url, adminToken);
  const { items } = await ask<{ items: { id: string }[] }>("GET", "/v1/channels");
  const shop = { ask, channelId: items[0]?.id ?? "", goods: await stocked(ask, admin, pick) };
  return {
    visit: (n, told) => visit(shop, n, told),
    async threeSellers(count) {
      const carts: string[] = [];
      for (let n = 0; n < count; n++) {
        const cart = await filled(shop, threeOf(shop.goods, n));
        await ask("PATCH", `/v1/carts/${cart}`, { ...contactOf(`buyer-${n}`), ...ADDRESS });
        await ships(ask, cart);
        carts.push(cart);
      }
      return carts;
    },
    buy: (cart) => buy(ask, cart),
  };
}
