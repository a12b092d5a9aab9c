/** A small market of a run: a channel, an offer in stock, a way to ship, and the carts of guests and accounts. */
import { SELLERS, word } from "../hints";
import type { Person } from "../run";
import type { Shelf, Stage } from "../stage";

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

/** Other requests may close its channel or withdraw its offer: then, and now and then, there is a new one. */
const USES_MAX = 40;
const UNITS = 1_000_000;

interface Used {
  readonly market: Market;
  uses: number;
}

const markets = new WeakMap<Shelf, Used>();

export const address = { name: "Mia Berg", street: "Lichtweg 1", postalCode: "10115", city: "Berlin", country: "DE" };

export const guest = (stage: Stage): Person => ({
  name: "anonymous",
  token: null,
  mustNotSee: stage.markers,
  weight: 0,
});

const idIn = (body: Readonly<Record<string, unknown>>): string => String(body["id"]);

async function opened(stage: Stage): Promise<Market> {
  const [sellerId] = SELLERS;
  const terms = { currency: "EUR", languages: ["en"], taxInclusive: true, countries: ["DE"] };
  const channelId = idIn(await stage.ask("channel.open", { params: terms }));
  const product = { title: { en: "Lamp" }, channels: [channelId], publish: true };
  const productId = idIn(await stage.ask("product.create", { params: product }));
  const price = { amountMinor: 1_000, currency: "EUR" };
  const offer = { productId, sellerId, price, condition: "new", weightGrams: undefined };
  const offerId = idIn(await stage.ask("offer.make", { params: offer }));
  await stage.ask("stock.receive", { params: { offerId, location: "main", quantity: UNITS } });
  await stage.ask("tax.set", { params: { country: "DE", name: { en: "VAT" }, standardBp: 1_900 } });
  const zones = [{ countries: ["DE"], steps: [{ priceMinor: 490 }] }];
  const way = { name: { en: "Post" }, currency: "EUR", zones };
  const methodId = idIn(await stage.ask("shipping.create", { params: way }));
  return { channelId, sellerId, productId, offerId, methodId };
}

/** Where a story came to a halt, something of it may be gone: the next one opens another. */
export const leaveMarket = (shelf: Shelf): boolean => markets.delete(shelf);

export async function aMarket(stage: Stage): Promise<Market> {
  const used = markets.get(stage.shelf);
  if (used && used.uses++ < USES_MAX) return used.market;
  const market = await opened(stage);
  markets.set(stage.shelf, { market, uses: 1 });
  return market;
}

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
