/** Gathers what holds now for a cart: a handful of calls, however many lines it has. */
import { LRUCache } from "lru-cache";
import type { CouponGlance } from "../../models/coupon/coupon.contract";
import type { Facts } from "../../models/cart/cart.recheck.contract";
import type { KeptCart } from "../../models/cart/cart.state.contract";
import type { ChannelGlance } from "../../models/channel/channel.contract";
import type { Calls } from "../../models/contracts";
import { isRefusal } from "../../models/kernel/refusal";
import type { OfferTerm } from "../../models/offer/offer.terms.contract";
import type { ProductTerm } from "../../models/product/product.terms.contract";
import type { PromotionView } from "../../models/promotion/promotion.contract";
import { limitsOf, type Limit } from "../../models/redemption/redemption.uses.contract";
import { typed, type CallMeta, type TypedCall } from "../kernel/call";
import type { CallSite } from "../kernel/handler";

export type Call = TypedCall<Calls>;

/** For whom and when a cart is reckoned. */
export interface Asked {
  readonly cart: Pick<KeptCart, "channelId" | "currency" | "customerId" | "lines" | "coupons">;
  readonly at: string;
  /** Of the customer. */
  readonly groups: readonly string[];
}

const READS = ["promotion.read", "customer.read", "stock.hold"];

/** What a cart needs to know is nobody's to ask for but the mall's. */
export function asCart({ caller, meta }: CallSite): Call {
  const { principal, trace, after } = meta;
  const own: CallMeta = { principal: { id: principal.id, permissions: READS }, trace, ...(after && { after }) };
  return typed<Calls>(caller, own);
}

const byId = <T extends { readonly id: string }>(items: readonly T[]): ReadonlyMap<string, T> =>
  new Map(items.map((item) => [item.id, item]));

/** The groups of a customer, and the one that the channel's prices are for. */
export async function groupsOf(call: Call, customerId: string | null, { priceGroup }: ChannelGlance) {
  const { groups } = customerId === null ? { groups: [] } : await call("customer.get", { id: customerId });
  return priceGroup === undefined ? groups : [...new Set([...groups, priceGroup])];
}

export interface Terms {
  readonly offers: ReadonlyMap<string, OfferTerm>;
  readonly products: ReadonlyMap<string, ProductTerm>;
}

type Origin = Pick<OfferTerm, "productId" | "sellerId">;

const ORIGINS_MAX = 10_000;

/**
 * Which product an offer is on and whose it is never changes: where it is known, these are asked at the same time as
 * the offer. A hint and no more: what is not asked so is asked when the offer has answered.
 */
const origins = new LRUCache<string, Origin>({ max: ORIGINS_MAX });

const known = (ids: readonly string[], of: keyof Origin): string[] => [
  ...new Set(ids.flatMap((id) => origins.get(id)?.[of] ?? [])),
];

const others = (offers: readonly OfferTerm[], of: keyof Origin, asked: readonly string[]): string[] =>
  [...new Set(offers.map((offer) => offer[of]))].filter((id) => !asked.includes(id));

async function productsOf(call: Call, ids: readonly string[]): Promise<readonly ProductTerm[]> {
  return ids.length === 0 ? [] : (await call("product.terms", { ids })).items;
}

export async function termsOf(call: Call, ids: readonly string[], asked: Pick<Asked, "at" | "groups">): Promise<Terms> {
  const early = known(ids, "productId");
  const [{ items: offers }, first] = await Promise.all([
    call("offer.terms", { ids, groups: asked.groups, at: asked.at }),
    productsOf(call, early),
  ]);
  for (const { id, productId, sellerId } of offers) origins.set(id, { productId, sellerId });
  const rest = await productsOf(call, others(offers, "productId", early));
  return { offers: byId(offers), products: byId([...first, ...rest]) };
}

/** A seller that the mall does not know (imports name such) sells. */
async function sells(call: Call, id: string): Promise<boolean> {
  try {
    await call("seller.admit", { id });
    return true;
  } catch (error) {
    if (isRefusal(error, "SELLER_NOT_ACTIVE")) return false;
    throw error;
  }
}

async function closedOf(call: Call, sellers: readonly string[]): Promise<string[]> {
  const open = await Promise.all(sellers.map((id) => sells(call, id)));
  return sellers.filter((_id, i) => open[i] !== true);
}

/** The terms of offers, and who of their sellers does not sell now. */
export async function soldTerms(call: Call, ids: readonly string[], asked: Pick<Asked, "at" | "groups">) {
  const early = known(ids, "sellerId");
  const [terms, closed] = await Promise.all([termsOf(call, ids, asked), closedOf(call, early)]);
  const late = await closedOf(call, others([...terms.offers.values()], "sellerId", early));
  return { ...terms, closedSellers: new Set([...closed, ...late]) };
}

/** What can be promised at this moment, at all locations together; checkout's own reservation decides. */
async function unitsOf(call: Call, ids: readonly string[]): Promise<Readonly<Record<string, number>>> {
  const found = await Promise.all(ids.map((offerId) => call("stock.places", { offerId })));
  const sums = found.map(({ places }) => places.reduce((sum, { available }) => sum + available, 0));
  return Object.fromEntries(ids.map((id, i) => [id, sums[i] ?? 0]));
}

interface Deals {
  readonly promotions: readonly PromotionView[];
  readonly coupons: readonly CouponGlance[];
  readonly usedUp: ReadonlySet<string>;
}

async function usedUpOf(call: Call, limits: readonly Limit[]): Promise<ReadonlySet<string>> {
  const uses = await Promise.all(limits.map(({ key }) => call("redemption.get", { key })));
  return new Set(limits.filter(({ usesMax }, i) => (uses[i]?.used ?? 0) >= usesMax).map(({ key }) => key));
}

export async function dealsOf(call: Call, { cart, at }: Asked): Promise<Deals> {
  const { channelId, customerId } = cart;
  const { items: coupons } = await call("coupon.peek", { codes: cart.coupons });
  const ids = coupons.flatMap(({ promotionId }) => (promotionId === null ? [] : [promotionId]));
  const { items: promotions } = await call("promotion.active", { channelId, at, ids });
  const limits = [
    ...promotions.flatMap((found) => limitsOf(`promotion/${found.id}`, found, customerId)),
    ...coupons.flatMap((found) => limitsOf(`coupon/${found.code}`, found, customerId)),
  ];
  return { promotions, coupons, usedUp: await usedUpOf(call, limits) };
}

export async function factsOf(call: Call, asked: Asked): Promise<Facts> {
  const { cart, at } = asked;
  const ids = cart.lines.map(({ offerId }) => offerId);
  const [terms, deals, units] = await Promise.all([
    soldTerms(call, ids, asked),
    dealsOf(call, asked),
    unitsOf(call, ids),
  ]);
  const { channelId, currency, customerId } = cart;
  return { at, channelId, currency, customerId, ...terms, units, ...deals };
}
