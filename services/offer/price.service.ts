/** Answers what an offer costs for whom: its own price at a moment, and what its price list says. Pure. */
import type { MadeOffer } from "../../models/offer/offer.aggregate";
import type { AskPrice, PriceAnswer } from "../../models/offer/offer.list.contract";
import { priceAt, reductionAt, timeline } from "../../models/offer/offer.prices.contract";
import {
  EVERYONE,
  publicWindows,
  resolvePrice,
  type PriceEntry,
} from "../../models/pricelist/pricelist.prices.contract";
import { refuse } from "../../models/refusals";

interface Known {
  readonly offer: MadeOffer;
  readonly entries: readonly PriceEntry[];
  /** In the one form that moments are compared in; holds where the question names no moment. */
  readonly now: string;
}

export function priced(ask: AskPrice, { offer, entries, now }: Known): PriceAnswer {
  const { id, quantity, group = EVERYONE } = ask;
  const at = ask.at === undefined ? now : new Date(ask.at).toISOString();
  const { currency } = offer.price;
  // an offer from before prices were kept has but the one it has now
  const steps = offer.prices ?? [{ at: "", amountMinor: offer.price.amountMinor }];
  const windows = publicWindows(entries);
  const ownMinor = priceAt(steps, [], at);
  if (ownMinor === null) {
    return refuse("NOT_FOUND", "The offer was not on sale at that moment, or it is too long ago to tell.", { id, at });
  }
  const { amountMinor, entry, fromQuantity } = resolvePrice(ownMinor, entries, { group, quantity, at });
  return {
    ...{ id, sellerId: offer.sellerId, quantity, at },
    price: { amountMinor, currency },
    ownPrice: { amountMinor: ownMinor, currency },
    entry,
    fromQuantity,
    reduction: reductionAt(steps, windows, at),
    history: timeline(steps, windows, at).filter((step) => step.at !== ""),
  };
}
