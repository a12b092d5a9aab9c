/** What a product's document needs of its sources, and what follows from them. Pure. */
import type { OfferState } from "../../models/offer/offer.aggregate";
import type { Money } from "../../models/kernel/money";
import type { DraftProduct, ProductState, ShownProduct } from "../../models/product/product.aggregate";
import type { OfferSummary } from "../../models/product/product.search.contract";
import type { StockState } from "../../models/stock/stock.aggregate";
import type { Parts } from "../kernel/projection";

export type ProductPart = DraftProduct | ShownProduct;

export interface OfferPart {
  readonly sellerId: string;
  readonly variantId: string | null;
  readonly price: Money;
  readonly condition: string;
}

export interface StockPart {
  readonly offerId: string;
  readonly onHand: number;
}

/** The best ones are told; the others are counted. */
export const OFFERS_MAX = 50;

export const productPart = (state: ProductState): ProductPart | null => (state.status === "absent" ? null : state);

export const offerPart = (state: OfferState): OfferPart | null =>
  state.status === "open"
    ? {
        sellerId: state.sellerId,
        variantId: state.variantId ?? null,
        price: state.price,
        condition: state.condition,
      }
    : null;

export const stockPart = (state: StockState): StockPart | null =>
  state.status === "absent" ? null : { offerId: state.offerId, onHand: state.onHand };

/** The parts of one aggregate, by id; withdrawn ones are left out. */
function partsOf(parts: Parts, aggregate: string): [id: string, part: unknown][] {
  const prefix = `${aggregate}/`;
  return Object.entries(parts).flatMap(([key, { part }]) =>
    key.startsWith(prefix) && part !== null ? [[key.slice(prefix.length), part] as [string, unknown]] : [],
  );
}

function quantities(parts: Parts): Map<string, number> {
  const byOffer = new Map<string, number>();
  for (const [, part] of partsOf(parts, "stock")) {
    const { offerId, onHand } = part as StockPart;
    byOffer.set(offerId, (byOffer.get(offerId) ?? 0) + onHand);
  }
  return byOffer;
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Offers with stock first, then by price; the id decides between equals, so that the order is one. */
const byMerit = (a: OfferSummary, b: OfferSummary): number =>
  Number(b.quantity > 0) - Number(a.quantity > 0) ||
  compareText(a.price.currency, b.price.currency) ||
  a.price.amountMinor - b.price.amountMinor ||
  compareText(a.id, b.id);

/** Every open offer with what is on hand for it, best first. */
export function offersOf(parts: Parts): OfferSummary[] {
  const onHand = quantities(parts);
  return partsOf(parts, "offer")
    .map(([id, part]) => ({ id, ...(part as OfferPart), quantity: onHand.get(id) ?? 0 }))
    .sort(byMerit);
}

/**
 * The price of the cheapest offer. Amounts of different currencies cannot be compared: it is the cheapest among those
 * in the currency that most offers have.
 */
export function lowestPrice(offers: readonly OfferSummary[]): Money | null {
  const counts = new Map<string, number>();
  for (const { price } of offers) counts.set(price.currency, (counts.get(price.currency) ?? 0) + 1);
  const [most] = [...counts].sort(([a, m], [b, n]) => n - m || compareText(a, b));
  if (most === undefined) return null;
  const amounts = offers.filter(({ price }) => price.currency === most[0]).map(({ price }) => price.amountMinor);
  return { amountMinor: amounts.reduce((low, amount) => Math.min(low, amount)), currency: most[0] };
}
