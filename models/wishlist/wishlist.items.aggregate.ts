/** What may be on wish lists: pure steps, and the refusals that guard them. */
import { refuse } from "../refusals";
import type { WatchWish } from "./wishlist.asks.contract";
import { watchKey, type KeptWishlist, type SeenNow, type Who, type WishlistState } from "./wishlist.state.contract";
import {
  ALERTS_MAX,
  FIRST_LIST,
  itemIdOf,
  ITEMS_MAX,
  NOTES_MAX,
  type WishAlert,
  type WishItem,
} from "./wishlist.view.contract";

export function existing(state: WishlistState): KeptWishlist {
  if (state.status === "absent") return refuse("NOT_FOUND", "There are no such wish lists.");
  return state;
}

/** The wish lists of whoever asks. */
export function own(state: WishlistState, { who }: Who): KeptWishlist {
  const kept = existing(state);
  if (!who.staff && kept.accountId !== null && kept.accountId !== who.id) {
    refuse("WISHLIST_FOREIGN", "The wish lists are somebody else's; sign in as their owner, or open your own.");
  }
  return kept;
}

/** @throws WISHLIST_FOREIGN, WISHLIST_CLOSED */
export function changeable(state: WishlistState, who: Who): KeptWishlist {
  const kept = own(state, who);
  const { status } = kept;
  if (status !== "open") refuse("WISHLIST_CLOSED", `The wish lists are ${status}; open others.`, { status });
  return kept;
}

export const itemsOf = ({ items }: Pick<KeptWishlist, "items">): readonly WishItem[] => items ?? [];

export const idOf = ({ productId, variantId }: WishItem): string => itemIdOf(productId, variantId);

/** @throws NOT_FOUND */
export function itemNamed(kept: KeptWishlist, itemId: string): WishItem {
  const found = itemsOf(kept).find((one) => idOf(one) === itemId);
  return found ?? refuse("NOT_FOUND", "That is on no wish list.", { itemId });
}

/** @throws NOT_FOUND */
export function refuseNoList({ lists }: KeptWishlist, listId: string): void {
  if (listId !== FIRST_LIST && !lists.includes(listId)) {
    refuse("NOT_FOUND", "There is no such list; make it first.", { listId });
  }
}

export const waits = ({ alert }: WishItem): boolean => alert !== null && alert.told === null;

const length = (items: readonly WishItem[]): number => items.reduce((sum, { note }) => sum + note.length, 0);

export function put(items: readonly WishItem[], item: WishItem): WishItem[] {
  const at = items.findIndex((one) => idOf(one) === idOf(item));
  return at < 0 ? [...items, item] : items.map((one, i) => (i === at ? item : one));
}

/** The items with this one, within all bounds. @throws WISHLIST_FULL */
export function refuseTooMuch(items: readonly WishItem[]): void {
  const [waiting, notes] = [items.filter(waits).length, length(items)];
  if (items.length <= ITEMS_MAX && waiting <= ALERTS_MAX && notes <= NOTES_MAX) return;
  const most = `${ITEMS_MAX} things, ${NOTES_MAX} characters of notes and ${ALERTS_MAX} alerts`;
  refuse("WISHLIST_FULL", `Wish lists hold ${most} in all, at most; take something off first.`, {
    ...{ itemsMax: ITEMS_MAX, alertsMax: ALERTS_MAX, notesMax: NOTES_MAX },
  });
}

const keysOf = (item: WishItem): string[] =>
  item.alert === null || !waits(item)
    ? []
    : [
        ...(item.alert.stock ? [watchKey("stock", item.productId)] : []),
        ...(item.alert.belowMinor === null ? [] : [watchKey("price", item.productId)]),
      ];

/** The wish lists with other items, and what is waited for by these. */
export const holding = (kept: KeptWishlist, items: readonly WishItem[]): KeptWishlist => ({
  ...kept,
  items,
  watching: [...new Set(items.flatMap(keysOf))].sort(),
});

const PERCENT = 100;

function thresholdOf(item: WishItem, { belowMinor, fallPercent }: WatchWish, { seen }: SeenNow): number | null {
  if (belowMinor !== undefined) return belowMinor;
  if (fallPercent === undefined) return null;
  const wasMinor = item.seen.amountMinor ?? seen.amountMinor;
  if (wasMinor === null) {
    return refuse("ALERT_NO_PRICE", "Nobody offers it here yet: there is no price that could fall. Name one.");
  }
  return Math.floor((wasMinor * (PERCENT - fallPercent)) / PERCENT);
}

/** @throws ALERT_MET */
function refuseMet(stock: boolean, belowMinor: number | null, { seen, inStock }: SeenNow): void {
  const { amountMinor } = seen;
  const data = { inStock, amountMinor };
  if (stock && inStock) refuse("ALERT_MET", "It can be bought now.", data);
  if (belowMinor === null || amountMinor === null || amountMinor > belowMinor) return;
  refuse("ALERT_MET", "It costs no more than that now.", data);
}

/** @throws ALERT_NO_PRICE, ALERT_MET */
export function alertOf(item: WishItem, asked: WatchWish, now: SeenNow, askedAt: string): WishAlert {
  const { stock = false } = asked;
  const belowMinor = thresholdOf(item, asked, now);
  if (!stock && belowMinor === null) refuse("ALERT_MET", "There is nothing to wait for: say what to tell you of.");
  refuseMet(stock, belowMinor, now);
  return { askedAt, stock, belowMinor, told: null };
}
