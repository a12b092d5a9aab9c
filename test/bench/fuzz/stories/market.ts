/** A small market of a run: a channel, an offer in stock, a way to ship, and the carts of guests and accounts. */
import { SELLERS, word } from "../hints";
import { issueToken } from "../../../../services/gateway/tokens";
import type { Person } from "../run";
import type { Scene, Shelf, Stage } from "../stage";
import { kept, leave } from "./kept";

export interface Market {
  readonly channelId: string;
  readonly sellerId: string;
  readonly productId: string;
  readonly offerId: string;
  readonly methodId: string;
}

export interface FilledCart {
  readonly market: Market;
  readonly as: Person;
  readonly id: string;
  readonly email: string;
}

/** Nobody else draws its channel or its offer; all the same there is a new one now and then. */
const USES_MAX = 200;
const UNITS = 1_000_000;

export const address = { name: "Mia Berg", street: "Lichtweg 1", postalCode: "10115", city: "Berlin", country: "DE" };

export const guest = (stage: Stage): Person => ({
  name: "anonymous",
  token: null,
  mustNotSee: stage.markers,
  weight: 0,
});

/** Somebody who has a cart that nobody else fills at the same time. */
export function aBuyer({ secret, random, markers }: Stage): Person {
  const id = `buyer-${word(random)}`;
  const token = issueToken(secret, { id, permissions: [], grants: [{ role: "shopper", party: id }] });
  return { name: id, token, mustNotSee: markers, weight: 0 };
}

const idIn = (body: Readonly<Record<string, unknown>>): string => String(body["id"]);

async function opened(stage: Stage): Promise<Market> {
  const [sellerId] = SELLERS;
  const ask = (route: string, params: NonNullable<Scene["params"]>) => stage.ask(route, { params, apart: true });
  const terms = { currency: "EUR", languages: ["en"], taxInclusive: true, countries: ["DE"] };
  const channelId = idIn(await ask("channel.open", terms));
  const product = { title: { en: "Lamp" }, channels: [channelId], publish: true };
  const productId = idIn(await ask("product.create", product));
  const price = { amountMinor: 1_000, currency: "EUR" };
  const offer = { productId, sellerId, price, condition: "new", weightGrams: undefined };
  const offerId = idIn(await ask("offer.make", offer));
  await ask("stock.receive", { offerId, location: "main", quantity: UNITS });
  await ask("tax.set", { country: "DE", name: { en: "VAT" }, standardBp: 1_900 });
  const zones = [{ countries: ["DE"], steps: [{ priceMinor: 490 }] }];
  const way = { name: { en: "Post" }, currency: "EUR", zones };
  const methodId = idIn(await ask("shipping.create", way));
  return { channelId, sellerId, productId, offerId, methodId };
}

/** Where a story came to a halt, something of it may be gone: the next one opens another. */
export const leaveMarket = (shelf: Shelf): boolean => leave(shelf, "market");

export const aMarket = (stage: Stage): Promise<Market> => kept(stage, "market", USES_MAX, () => opened(stage));

export interface CartOf {
  readonly as?: Person | undefined;
  readonly quantity?: number;
}

/** With two lamps in it, or so many. */
export async function aCart(stage: Stage, { as = guest(stage), quantity = 2 }: CartOf = {}): Promise<FilledCart> {
  const market = await aMarket(stage);
  const { channelId, offerId } = market;
  const id = idIn(await stage.ask("cart.open", { as, params: { channelId } }));
  await stage.ask("cart.set", { as, params: { id, offerId, quantity } });
  return { market, as, id, email: `${word(stage.random)}@example.org` };
}

/** With everything that checkout wants to know. */
export async function aReadyCart(stage: Stage, of?: CartOf): Promise<FilledCart> {
  const cart = await aCart(stage, of);
  const { id, market, email } = cart;
  const { sellerId, methodId } = market;
  const to = { id, contact: { email }, shippingAddress: address };
  await stage.ask("cart.address", { as: cart.as, params: to });
  await stage.ask("cart.ship", { as: cart.as, params: { id, sellerId, methodId } });
  return cart;
}

/** Ten percent off, in the market's channel; nothing else that is drawn makes it odd. */
export async function tenPercent(stage: Stage, market?: Market): Promise<Readonly<Record<string, unknown>>> {
  const { channelId } = market ?? (await aMarket(stage));
  const rule = { effect: { kind: "order-percent", percentBp: 1_000 } };
  const always = { sellerId: undefined, from: undefined, to: undefined };
  return { name: { en: "Ten" }, rule, byCoupon: true, channels: [channelId], ...always };
}

export const aPromotion = async (stage: Stage, market?: Market): Promise<string> =>
  idIn(await stage.ask("promotion.create", { params: await tenPercent(stage, market) }));

/** A type, so that it can be params. */
type Coupon = {
  readonly code: string;
  readonly promotionId: string;
};

/** A coupon of ten percent. */
export async function aCoupon(stage: Stage, market?: Market): Promise<Coupon> {
  const promotionId = await aPromotion(stage, market);
  const code = word(stage.random).toUpperCase();
  await stage.ask("coupon.issue", { params: { code, promotionId } });
  return { code, promotionId };
}
