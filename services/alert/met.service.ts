/** Whether what somebody waits for has happened, as the product is at this moment. Pure. */
import type { ProductView } from "../../models/product/product.search.contract";
import type { WishItem } from "../../models/wishlist/wishlist.view.contract";

/** The product as shoppers see it. */
export type Seen = Pick<ProductView, "id" | "status" | "title" | "channels" | "offers">;

export interface Met {
  readonly what: "back" | "cheaper";
  readonly amountMinor: number;
}

type Watched = Pick<WishItem, "variantId" | "seen">;

/** What it costs to buy it here now, in the channel's currency; null where nobody can. */
export function costsNow(view: Seen, { variantId, seen: { channelId, currency } }: Watched): number | null {
  if (view.status !== "published" || !view.channels.includes(channelId)) return null;
  const amounts = view.offers
    .filter((offer) => offer.quantity > 0 && offer.price.currency === currency)
    .filter((offer) => variantId === null || offer.variantId === variantId)
    .map(({ price }) => price.amountMinor);
  return amounts.length === 0 ? null : Math.min(...amounts);
}

/** Null as long as it waits, and for what nobody waits for. What cannot be bought is not cheap, either. */
export function metBy(view: Seen, item: WishItem): Met | null {
  const { alert } = item;
  const amountMinor = costsNow(view, item);
  if (alert === null || alert.told !== null || amountMinor === null) return null;
  if (alert.belowMinor !== null && amountMinor <= alert.belowMinor) return { what: "cheaper", amountMinor };
  return alert.stock ? { what: "back", amountMinor } : null;
}
