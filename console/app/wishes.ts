/** What somebody would like to have, wherever they are: the lists, the hearts, and which of them are full. */
import type { WishlistView } from "../../models/wishlist/wishlist.view.contract";
import { ask } from "../client/ask";
import { isProblem } from "../client/problem";
import { person, whoIsKnown } from "../client/session";
import { keep, kept } from "./kept";
import { findChannel } from "./market";
import { createStore } from "./store";

const WISHES = "wishes";

/** Which thing is meant: a product, or one variant of it. */
export interface WishAsked {
  readonly productId: string;
  readonly variantId: string | null;
}

/** Undefined: not looked yet. Null: there are none. */
export const wishes = createStore<WishlistView | null | undefined>(undefined);

function forget(): null {
  keep(WISHES, null);
  wishes.set(null);
  return null;
}

/** Looks at the lists that there are. Those that are somebody else's, or are over, are forgotten. */
export async function lookAtWishes(): Promise<WishlistView | null> {
  const id = kept(WISHES);
  if (id === null) return forget();
  await whoIsKnown();
  try {
    const found = await ask("wishlist.get", { id });
    if (found.status !== "open") return forget();
    wishes.set(found);
    return found;
  } catch (error) {
    if (!isProblem(error, "NOT_FOUND", "WISHLIST_FOREIGN", "FORBIDDEN")) throw error;
    return forget();
  }
}

/** The id of the lists, opened where there were none. @throws Problem */
async function listsId(): Promise<string> {
  const id = kept(WISHES);
  if (id !== null && wishes.get()) return id;
  const opened = await ask("wishlist.open", {});
  keep(WISHES, opened.id);
  return opened.id;
}

/** Does something to the lists, then looks at them. @throws Problem */
export async function wishing(work: (id: string) => Promise<unknown>): Promise<void> {
  await work(await listsId());
  await lookAtWishes();
}

/** @throws Problem */
export const like = ({ productId, variantId }: WishAsked): Promise<void> =>
  wishing(async (id) => {
    const channel = await findChannel();
    const more = variantId === null ? {} : { variantId };
    return ask("wishlist.put", { id, productId, channelId: channel?.id ?? "none", ...more });
  });

/** The id that a thing has on the lists, as long as it is on them. */
export const wishOf = (view: WishlistView | null | undefined, asked: WishAsked): string | null =>
  view?.items.find((one) => one.productId === asked.productId && one.variantId === asked.variantId)?.itemId ?? null;

export const forgetWishes = (): void => void forget();

/** After somebody signed in: what nobody's lists held goes onto their own. */
export async function takeWishesAlong(): Promise<void> {
  if (!person.get()) return;
  const id = kept(WISHES);
  const held = id === null ? null : await lookAtWishes();
  const merges = held !== null && held.accountId === null && id !== null;
  const own = merges ? await ask("wishlist.merge", { id }) : await ask("wishlist.open", {});
  keep(WISHES, own.id);
  await lookAtWishes();
}
