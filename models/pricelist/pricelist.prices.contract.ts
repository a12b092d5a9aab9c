/**
 * What one unit of an offer costs for whom, in what number, when. Pure. A price list can only make an offer cheaper: of
 * the offer's own price and all entries that apply, the lowest holds, so that the answer depends on no order.
 */
import type { Iso } from "../kernel/row";
import type { PriceWindow } from "../offer/offer.prices.contract";

/** The customer group that everybody belongs to. */
export const EVERYONE = "everyone";

/** From this many units on, each costs so much. */
export interface Tier {
  readonly quantity: number;
  readonly amountMinor: number;
}

export interface PriceEntry {
  /** Unique within the offer's list among those that have not ended: `summer-sale`. */
  readonly name: string;
  readonly group: string;
  /** Ascending in quantity. */
  readonly tiers: readonly Tier[];
  readonly from: Iso;
  /** Excluded; null: until it is removed. */
  readonly to: Iso | null;
}

export interface PriceQuestion {
  readonly group: string;
  readonly quantity: number;
  readonly at: Iso;
}

export interface ResolvedPrice {
  readonly amountMinor: number;
  /** The entry that it comes from; null for the offer's own price. */
  readonly entry: string | null;
  /** The number of units from which on it holds. */
  readonly fromQuantity: number;
}

const holdsAt = ({ from, to }: PriceEntry, at: Iso): boolean => from <= at && (to === null || at < to);

const appliesTo = ({ group }: PriceEntry, asked: string): boolean => group === EVERYONE || group === asked;

/** The price per unit. @param ownMinor the offer's own price at that moment */
export function resolvePrice(
  ownMinor: number,
  entries: readonly PriceEntry[],
  { group, quantity, at }: PriceQuestion,
): ResolvedPrice {
  const own: ResolvedPrice = { amountMinor: ownMinor, entry: null, fromQuantity: 1 };
  const applicable = entries
    .filter((entry) => holdsAt(entry, at) && appliesTo(entry, group))
    .flatMap(({ name, tiers }) => {
      const tier = tiers.findLast((candidate) => candidate.quantity <= quantity);
      return tier ? [{ amountMinor: tier.amountMinor, entry: name, fromQuantity: tier.quantity }] : [];
    });
  return applicable.reduce((low, price) => (price.amountMinor < low.amountMinor ? price : low), own);
}

/** When a single unit has what price for everybody: what shoppers are shown, and what counts for reductions. */
export const publicWindows = (entries: readonly PriceEntry[]): PriceWindow[] =>
  entries
    .filter(({ group }) => group === EVERYONE)
    .flatMap(({ tiers, from, to }) => {
      const [first] = tiers;
      return first?.quantity === 1 ? [{ from, to, amountMinor: first.amountMinor }] : [];
    });

/** How long what ended is kept: reductions are told of by what held before them. */
export const KEPT_DAYS = 60;

export const isForgotten = ({ to }: PriceEntry, at: Iso): boolean =>
  to !== null && Date.parse(at) - Date.parse(to) > KEPT_DAYS * 86_400_000;

/** The next moment after `at` at which a price for everybody begins or ends. */
export const nextTurn = (entries: readonly PriceEntry[], at: Iso): Iso | null =>
  publicWindows(entries)
    .flatMap(({ from, to }) => (to === null ? [from] : [from, to]))
    .filter((moment) => moment > at)
    .sort()[0] ?? null;
