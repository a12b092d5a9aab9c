/**
 * Which of a product's offers is proposed first. Every offer is compared by what it would have to cost to be as good as
 * a new one, on hand, of a seller in good standing: its price, made dearer by a percentage for each thing that speaks
 * against it. The lowest wins; equals are decided by the price, then by the id. Pure, and it tells why.
 */
import type { BuyBox, BuyBoxReason } from "../../models/product/product.offers.contract";
import { basisPoints } from "../../models/kernel/money";
import type { ShelfOffer } from "./products.parts.projection";

/** How much dearer an offer counts, in basis points (100 = 1 %). */
export interface BuyBoxWeights {
  readonly condition: Readonly<Record<string, number>>;
  readonly soldOut: number;
  /** For a seller of the worst standing (0); less in proportion to a better one, nothing at 1. */
  readonly standing: number;
}

export const BUY_BOX_WEIGHTS: BuyBoxWeights = {
  condition: { new: 0, refurbished: 1_500, used: 3_000 },
  // whoever has it on hand goes before whoever has not, unless that one is more than five times as cheap
  soldOut: 40_000,
  standing: 5_000,
};

/** From 0 to 1, by seller; 1 for one that nothing is known against. */
export type Standing = (sellerId: string) => number;

export const GOOD_STANDING: Standing = () => 1;

type Candidate = Pick<
  ShelfOffer,
  "id" | "sellerId" | "condition" | "currency" | "amountMinor" | "priceKey" | "quantity"
>;

interface Judged {
  readonly offer: Candidate;
  readonly comparableMinor: number;
  readonly why: readonly BuyBoxReason[];
}

function judged(offer: Candidate, weights: BuyBoxWeights, standing: Standing): Judged {
  const speaks: readonly BuyBoxReason[] = [
    { rule: "condition", basisPoints: weights.condition[offer.condition] ?? 0 },
    { rule: "stock", basisPoints: offer.quantity > 0 ? 0 : weights.soldOut },
    { rule: "standing", basisPoints: Math.round(weights.standing * (1 - standing(offer.sellerId))) },
  ];
  const against = speaks.reduce((sum, reason) => sum + reason.basisPoints, 0);
  return { offer, comparableMinor: offer.amountMinor + basisPoints(offer.amountMinor, against), why: speaks };
}

/** Offers in the product's first currency go before others: their amounts say nothing of each other. */
const currencyRank = ({ offer }: Judged): number => offer.priceKey - offer.amountMinor;

const better = (a: Judged, b: Judged): number =>
  currencyRank(a) - currencyRank(b) ||
  a.comparableMinor - b.comparableMinor ||
  a.offer.amountMinor - b.offer.amountMinor ||
  (a.offer.id < b.offer.id ? -1 : 1);

/** The offers, best first. */
export const ranked = <O extends Candidate>(
  offers: readonly O[],
  weights: BuyBoxWeights = BUY_BOX_WEIGHTS,
  standing: Standing = GOOD_STANDING,
): O[] =>
  offers
    .map((offer) => judged(offer, weights, standing))
    .sort(better)
    .map(({ offer }) => offer as O);

/** The offer that is proposed, and why; null when there is none. */
export function buyBox(
  offers: readonly Candidate[],
  weights: BuyBoxWeights = BUY_BOX_WEIGHTS,
  standing: Standing = GOOD_STANDING,
): BuyBox | null {
  const [best, second] = offers.map((offer) => judged(offer, weights, standing)).sort(better);
  if (!best) return null;
  const { offer, comparableMinor, why } = best;
  return {
    offerId: offer.id,
    sellerId: offer.sellerId,
    price: { amountMinor: offer.amountMinor, currency: offer.currency },
    condition: offer.condition,
    inStock: offer.quantity > 0,
    comparableMinor,
    why: [...why],
    before: second ? { offerId: second.offer.id, comparableMinor: second.comparableMinor } : null,
  };
}
