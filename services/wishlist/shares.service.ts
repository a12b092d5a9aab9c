/** Wish lists as their owner sees them, and one of them as whoever has its link does. */
import { derivedId } from "../../models/kernel/ids";
import { refuse } from "../../models/refusals";
import { idOf, itemsOf } from "../../models/wishlist/wishlist.items.aggregate";
import type { KeptWishlist, Share, WishlistState } from "../../models/wishlist/wishlist.state.contract";
import { FIRST_LIST, type SharedList, type WishlistView } from "../../models/wishlist/wishlist.view.contract";
import type { HistoryReader } from "../kernel/history-reader";
import type { Node } from "../kernel/node";

const SHARE = "wishlist share";

/** What stands in the state: who finds it there cannot make the key of it. */
export const hashOf = (key: string): string => derivedId(SHARE, key);

/** The list that a key opens, as long as it does. */
function opened(state: WishlistState | undefined, hash: string): KeptWishlist & { readonly opens: string } {
  const share = state && state.status !== "absent" ? state.shares.find((one) => one.hash === hash) : undefined;
  if (!share) return refuse("NOT_FOUND", "There is no such list, or it is not shared any more.");
  return { ...(state as KeptWishlist), opens: share.listId };
}

export function sharing({ identity, claims }: Pick<Node, "identity" | "claims">, reader: HistoryReader) {
  const keyOf = (id: string, { listId, nonce }: Pick<Share, "listId" | "nonce">): string =>
    identity.pepper.mac(SHARE, id, listId, nonce);

  function view(version: number, state: KeptWishlist): WishlistView {
    const { id, status, accountId, muted, shares, names } = state;
    const lists = [FIRST_LIST, ...state.lists].map((listId) => {
      const share = shares.find((one) => one.listId === listId);
      return { listId, name: names?.[listId] ?? null, shareKey: share ? keyOf(id, share) : null };
    });
    const items = itemsOf(state).map((item) => ({ itemId: idOf(item), ...item }));
    return { id, version, status, accountId, lists, items, muted };
  }
  async function shared({ key }: { readonly key: string }): Promise<SharedList> {
    const hash = hashOf(key);
    const [, id = ""] = (await claims.find(`wishlist.share/${hash}`))?.split("/") ?? [];
    const found = opened((await reader.newest(id))?.state as WishlistState | undefined, hash);
    const listed = itemsOf(found).filter(({ listId }) => listId === found.opens);
    return { products: listed.map(({ productId, variantId }) => ({ productId, variantId })) };
  }
  return { keyOf, view, shared };
}
