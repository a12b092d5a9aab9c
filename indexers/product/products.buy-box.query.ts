/**
 * Which of a product's offers is proposed first. Every offer is compared by what it would have to cost to be as good as
 * a new one, on hand, of a seller in good standing: its price, made dearer by a percentage for each thing that speaks
 * against it. The lowest wins; equals are decided by the price, then by the id. Pure, and it tells why.
 */
import { BUY_BOX_WEIGHTS, type BuyBoxWeights } from "../../models/buybox/buybox.contract";
import type { BuyBox, BuyBoxReason } from "../../models/product/product.offers.contract";
import { basisPoints } from "../../models/kernel/money";
import type { ShelfOffer } from "./products.parts.projection";

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

function conditionBp(condition: string, { refurbishedBp, usedBp }: BuyBoxWeights): number {
  if (condition === "refurbished") return refurbishedBp;
  return condition === "used" ? usedBp : 0;
}

function judged(offer: Candidate, weights: BuyBoxWeights, standing: Standing): Judged {
  const speaks: readonly BuyBoxReason[] = [
    { rule: "condition", basisPoints: conditionBp(offer.condition, weights) },
    { rule: "stock", basisPoints: offer.quantity > 0 ? 0 : weights.soldOutBp },
    { rule: "standing", basisPoints: Math.round(weights.standingBp * (1 - standing(offer.sellerId))) },
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
