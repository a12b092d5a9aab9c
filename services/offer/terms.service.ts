/** Answers on which terms many offers sell to a customer, at once. */
import type { PriceFrom } from "../../models/cart/cart.state.contract";
import type { Calls } from "../../models/contracts";
import type { Row } from "../../models/kernel/row";
import type { MadeOffer, OfferState } from "../../models/offer/offer.aggregate";
import type { AskTerms, OfferTerm, OfferTerms } from "../../models/offer/offer.terms.contract";
import { EVERYONE, resolvePrice, type PriceEntry } from "../../models/pricelist/pricelist.prices.contract";
import { typed } from "../kernel/call";
import type { CallSite } from "../kernel/handler";
import type { Lately } from "../kernel/lately";

/** The price per unit by quantity: a step at each quantity from which on it is another. Exported for its tests. */
export function pricesFrom(ownMinor: number, entries: readonly PriceEntry[], ask: Omit<AskTerms, "ids">): PriceFrom[] {
  const { groups, at } = ask;
  const quantities = new Set([1, ...entries.flatMap(({ tiers }) => tiers.map(({ quantity }) => quantity))]);
  const priceOf = (quantity: number): number =>
    Math.min(
      ...[EVERYONE, ...groups].map((group) => resolvePrice(ownMinor, entries, { group, quantity, at }).amountMinor),
    );
  return [...quantities]
    .sort((a, b) => a - b)
    .map((quantity) => ({ quantity, amountMinor: priceOf(quantity) }))
    .filter(({ amountMinor }, i, all) => amountMinor !== all[i - 1]?.amountMinor);
}

function termOf(id: string, state: MadeOffer, prices: readonly PriceFrom[]): OfferTerm {
  const { status, productId, sellerId, sku, variantId, price, delivery = "parcel", weightGrams = 0 } = state;
  const variant = variantId === undefined ? {} : { variantId };
  return { id, status, productId, sellerId, sku, ...variant, currency: price.currency, prices, delivery, weightGrams };
}

export async function termsOf(offers: Lately, ask: AskTerms, { caller, meta }: CallSite): Promise<OfferTerms> {
  const [rows, { lists }] = await Promise.all([
    Promise.all(ask.ids.map((id) => offers.newest(id, meta.after))) as Promise<(Row<OfferState> | null)[]>,
    typed<Calls>(caller, meta)("pricelist.entries", { offerIds: ask.ids }),
  ]);
  const items = rows.flatMap((row) => {
    if (!row || row.state.status === "absent") return [];
    const { aggregateId: id, state } = row;
    return [termOf(id, state, pricesFrom(state.price.amountMinor, lists[id] ?? [], ask))];
  });
  return { items };
}
