/**
 * Puts a quote together: lines and parcels, less their discounts, with the tax of each. Pure. Tax is rounded per line
 * and parcel, half up, and totals are sums of what was rounded: what a seller's part says adds up to what is paid.
 */
import type { Text } from "../kernel/text";
import { reduce, type Basket, type Buyer, type Candidate } from "./cart.promotions.contract";
import type { AppliedPromotion, Delivery, LineDiscount, Quote, QuoteLine, QuoteParcel } from "./cart.quote.contract";
import { portion } from "./cart.shares.contract";

export interface PricedLine {
  readonly lineId: string;
  readonly offerId: string;
  readonly productId: string;
  readonly variantId?: string;
  readonly sellerId: string;
  readonly categoryIds: readonly string[];
  readonly sku: string;
  readonly title: Text;
  readonly delivery: Delivery;
  readonly quantity: number;
  readonly unitMinor: number;
}

export interface PricedParcel {
  readonly sellerId: string;
  readonly methodId: string;
  readonly methodName: Text;
  readonly lineIds: readonly string[];
  readonly shippingMinor: number;
  /** What the least expensive way would cost. */
  readonly leastMinor?: number;
}

export interface ToPrice {
  readonly channelId: string;
  readonly currency: string;
  readonly taxInclusive: boolean;
  readonly country: string;
  readonly at: string;
  readonly buyer: Buyer;
  readonly lines: readonly PricedLine[];
  readonly parcels: readonly PricedParcel[];
  readonly candidates: readonly Candidate[];
  /** By `line/<lineId>` and `parcel/<sellerId>`. @throws Error where one is missing */
  readonly ratesBp: Readonly<Record<string, number>>;
}

export const lineKey = (lineId: string): string => `line/${lineId}`;
export const parcelKey = (sellerId: string): string => `parcel/${sellerId}`;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const offOf = (discounts: readonly LineDiscount[]): number => sum(discounts.map(({ amountMinor }) => amountMinor));

interface Taxed {
  readonly netMinor: number;
  readonly taxMinor: number;
  readonly taxRateBp: number;
  readonly totalMinor: number;
}

/** @param statedMinor as the channel states prices: with tax or without */
export function taxed(statedMinor: number, taxRateBp: number, inclusive: boolean): Taxed {
  const netMinor = inclusive ? portion(statedMinor, 10_000, 10_000 + taxRateBp) : statedMinor;
  const taxMinor = inclusive ? statedMinor - netMinor : portion(statedMinor, taxRateBp, 10_000);
  return { netMinor, taxMinor, taxRateBp, totalMinor: netMinor + taxMinor };
}

function rateOf({ ratesBp }: ToPrice, key: string): number {
  const rate = ratesBp[key];
  if (rate === undefined) throw new Error(`no tax rate was asked for ${key}`);
  return rate;
}

function lineOf(ask: ToPrice, line: PricedLine, discounts: readonly LineDiscount[]): QuoteLine {
  const { categoryIds, unitMinor, quantity, ...known } = line;
  const [categoryId] = categoryIds;
  const subtotalMinor = unitMinor * quantity;
  return {
    ...known,
    ...(categoryId !== undefined && { categoryId }),
    ...{ quantity, unitMinor, subtotalMinor, discounts },
    ...taxed(subtotalMinor - offOf(discounts), rateOf(ask, lineKey(line.lineId)), ask.taxInclusive),
  };
}

function parcelOf(ask: ToPrice, parcel: PricedParcel, discounts: readonly LineDiscount[]): QuoteParcel {
  const { leastMinor = parcel.shippingMinor, ...known } = parcel;
  const rate = rateOf(ask, parcelKey(parcel.sellerId));
  const statedMinor = parcel.shippingMinor - offOf(discounts);
  const whole = taxed(statedMinor, rate, ask.taxInclusive);
  const { totalMinor: standardMinor } = taxed(Math.min(statedMinor, leastMinor), rate, ask.taxInclusive);
  return { ...known, discounts, ...whole, ...(standardMinor < whole.totalMinor && { standardMinor }) };
}

/** What each promotion takes off in all, in the order in which they first appear. */
function applied(all: readonly LineDiscount[]): AppliedPromotion[] {
  const found = new Map<string, AppliedPromotion>();
  for (const { promotionId, code, amountMinor } of all) {
    const before = found.get(promotionId)?.amountMinor ?? 0;
    found.set(promotionId, {
      promotionId,
      ...(code !== undefined && { code }),
      amountMinor: before + amountMinor,
    });
  }
  return [...found.values()];
}

export type Totals = Pick<
  Quote,
  "subtotalMinor" | "discountMinor" | "shippingMinor" | "netMinor" | "taxMinor" | "totalMinor"
>;

/** The sums of parts: of a whole quote, or of what is one seller's of it. */
export function totalsOf(lines: readonly QuoteLine[], parcels: readonly QuoteParcel[]): Totals {
  const parts = [...lines, ...parcels];
  return {
    subtotalMinor: sum(lines.map(({ subtotalMinor }) => subtotalMinor)),
    discountMinor: sum(parts.map(({ discounts }) => offOf(discounts))),
    shippingMinor: sum(parcels.map(({ shippingMinor }) => shippingMinor)),
    netMinor: sum(parts.map(({ netMinor }) => netMinor)),
    taxMinor: sum(parts.map(({ taxMinor }) => taxMinor)),
    totalMinor: sum(parts.map(({ totalMinor }) => totalMinor)),
  };
}

const basketOf = ({ lines, parcels, buyer }: Pick<ToPrice, "lines" | "parcels" | "buyer">): Basket => ({
  ...{ lines, parcels, buyer },
});

/** What each line costs after discounts, as the channel states prices: what shipping is reckoned by. */
export function worthAfter(ask: Pick<ToPrice, "lines" | "buyer" | "candidates">): ReadonlyMap<string, number> {
  const { lines } = reduce(basketOf({ ...ask, parcels: [] }), ask.candidates);
  return new Map(
    ask.lines.map(({ lineId, unitMinor, quantity }, i) => [lineId, unitMinor * quantity - offOf(lines[i] ?? [])]),
  );
}

export function quoteOf(ask: ToPrice): Quote {
  const reduced = reduce(basketOf(ask), ask.candidates);
  const lines = ask.lines.map((line, i) => lineOf(ask, line, reduced.lines[i] ?? []));
  const parcels = ask.parcels.map((parcel, i) => parcelOf(ask, parcel, reduced.parcels[i] ?? []));
  const promotions = applied([...reduced.lines, ...reduced.parcels].flat());
  const coupons = promotions.flatMap(({ code }) => (code === undefined ? [] : [code]));
  const { channelId, currency, taxInclusive, country, at } = ask;
  return {
    ...{ channelId, currency, taxInclusive, country, at },
    ...{ lines, parcels, coupons: [...new Set(coupons)], promotions },
    ...totalsOf(lines, parcels),
  };
}
