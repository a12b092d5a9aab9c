/**
 * Compares a cart with what holds now: what can still be bought, and what the customer was told otherwise. Pure; who
 * asks gathers the facts.
 */
import type { CouponGlance } from "../coupon/coupon.contract";
import type { OfferTerm } from "../offer/offer.terms.contract";
import type { ProductTerm } from "../product/product.terms.contract";
import type { PromotionView } from "../promotion/promotion.contract";
import type { PricedLine } from "./cart.pricing.contract";
import type { Candidate } from "./cart.promotions.contract";
import { unitAt, type Recheck } from "./cart.state.contract";
import type { CartChange, CartLine, CouponFault } from "./cart.view.contract";

/** What holds now, by id. */
export interface Facts {
  readonly at: string;
  readonly channelId: string;
  readonly currency: string;
  readonly customerId: string | null;
  readonly offers: ReadonlyMap<string, OfferTerm>;
  readonly products: ReadonlyMap<string, ProductTerm>;
  /** Sellers that do not sell at present. */
  readonly closedSellers: ReadonlySet<string>;
  /** Units of an offer that can be had; an offer that is left out: as many as one likes. */
  readonly units: Readonly<Record<string, number>>;
  readonly promotions: readonly PromotionView[];
  readonly coupons: readonly CouponGlance[];
  /** `promotion/<id>` and `coupon/<code>`, with the customer's own behind a further slash. */
  readonly usedUp: ReadonlySet<string>;
}

const isListed = ({ channels }: ProductTerm, { currency }: OfferTerm, facts: Facts): boolean =>
  channels.includes(facts.channelId) && currency === facts.currency;

function gone(line: CartLine, facts: Facts): CartChange | null {
  const { lineId } = line;
  const offer = facts.offers.get(line.offerId);
  if (offer?.status !== "open") return { kind: "withdrawn", lineId, what: "offer" };
  const product = facts.products.get(offer.productId);
  if (product?.status !== "published") return { kind: "withdrawn", lineId, what: "product" };
  if (!isListed(product, offer, facts)) return { kind: "withdrawn", lineId, what: "listing" };
  const { sellerId } = offer;
  return facts.closedSellers.has(sellerId) ? { kind: "seller", lineId, sellerId } : null;
}

const priceOf = ({ offerId, quantity }: CartLine, { offers }: Facts): number =>
  unitAt(offers.get(offerId)?.prices ?? [], quantity);

/** Of a file there are always as many as one likes. */
const unitsOf = ({ offerId, quantity }: CartLine, { units, offers }: Facts): number =>
  offers.get(offerId)?.delivery === "digital" ? quantity : (units[offerId] ?? quantity);

/** What is not any more as the customer was told, line by line. */
export function lineChanges(line: CartLine, facts: Facts): CartChange[] {
  const lost = gone(line, facts);
  if (lost !== null) return [lost];
  const { lineId, quantity, seenMinor } = line;
  const available = Math.max(0, unitsOf(line, facts));
  const isMinor = priceOf(line, facts);
  return [
    ...(available < quantity ? [{ kind: "stock", lineId, wanted: quantity, available } as const] : []),
    ...(isMinor === seenMinor ? [] : [{ kind: "price", lineId, wasMinor: seenMinor, isMinor } as const]),
  ];
}

/** The lines that can be bought, as they are priced now. */
export function pricedLines(lines: readonly CartLine[], facts: Facts): PricedLine[] {
  return lines.flatMap((line) => {
    const offer = facts.offers.get(line.offerId);
    const product = offer && facts.products.get(offer.productId);
    if (!offer || !product || gone(line, facts) !== null) return [];
    const { sellerId, productId, sku, delivery, variantId } = offer;
    const { title, categoryIds } = product;
    const variant = variantId === undefined ? {} : { variantId };
    const { lineId, offerId, quantity } = line;
    const known = { lineId, offerId, productId, ...variant, sellerId, categoryIds, sku, title, delivery };
    return [{ ...known, quantity, unitMinor: priceOf(line, facts) }];
  });
}

function timeFault({ status, from, to }: PromotionView, at: string): CouponFault | null {
  if (status === "stopped") return "stopped";
  if (from !== null && at < from) return "early";
  return to !== null && to <= at ? "expired" : null;
}

const isUsedUp = ({ usedUp, customerId }: Facts, thing: string): boolean =>
  usedUp.has(thing) || (customerId !== null && usedUp.has(`${thing}/${customerId}`));

const placeFault = ({ channels }: PromotionView, { channelId }: Facts): CouponFault | null =>
  channels.includes(channelId) ? null : "elsewhere";

function useFault(coupon: CouponGlance, promotion: PromotionView, facts: Facts): CouponFault | null {
  const perCustomer = coupon.usesPerCustomerMax !== null || promotion.usesPerCustomerMax !== null;
  if (perCustomer && facts.customerId === null) return "anonymous";
  const used = isUsedUp(facts, `coupon/${coupon.code}`) || isUsedUp(facts, `promotion/${promotion.id}`);
  return used ? "used-up" : null;
}

/** Why a code has no effect, or null. */
export function couponFault(coupon: CouponGlance, facts: Facts): CouponFault | null {
  const promotion = facts.promotions.find(({ id }) => id === coupon.promotionId);
  if (coupon.status === "unknown" || !promotion) return "unknown";
  if (coupon.status === "revoked") return "revoked";
  return timeFault(promotion, facts.at) ?? placeFault(promotion, facts) ?? useFault(coupon, promotion, facts);
}

const candidateOf = (promotion: PromotionView, code?: string): Candidate => {
  const { id, fundedBy, sellerId, priority, exclusive, rule } = promotion;
  return { id, ...(code !== undefined && { code }), fundedBy, sellerId, priority, exclusive, rule };
};

/** What runs by itself and what the cart's coupons call for, each promotion once. */
export function candidatesOf(facts: Facts): Candidate[] {
  return facts.promotions.flatMap((promotion) => {
    if (!promotion.byCoupon) {
      const forNobody = promotion.usesPerCustomerMax !== null && facts.customerId === null;
      return forNobody || isUsedUp(facts, `promotion/${promotion.id}`) ? [] : [candidateOf(promotion)];
    }
    const good = facts.coupons.find((one) => one.promotionId === promotion.id && couponFault(one, facts) === null);
    return good ? [candidateOf(promotion, good.code)] : [];
  });
}

/** What has to change so that the cart is as things are now. */
export function recheck(lines: readonly CartLine[], facts: Facts, shipping: readonly string[]): Recheck {
  const kept = lines.flatMap((line): CartLine[] => {
    if (gone(line, facts) !== null) return [];
    const quantity = Math.min(line.quantity, Math.max(0, unitsOf(line, facts)));
    if (quantity === 0) return [];
    const now = { ...line, quantity };
    return [{ ...now, seenMinor: priceOf(now, facts) }];
  });
  const ids = new Set(kept.map(({ lineId }) => lineId));
  const before = new Map(lines.map((line) => [line.lineId, line]));
  return {
    lines: kept.filter(({ lineId, quantity, seenMinor }) => {
      const was = before.get(lineId);
      return was?.quantity !== quantity || was.seenMinor !== seenMinor;
    }),
    dropped: lines.filter(({ lineId }) => !ids.has(lineId)).map(({ lineId }) => lineId),
    coupons: facts.coupons.filter((one) => couponFault(one, facts) !== null).map(({ code }) => code),
    shipping,
  };
}
