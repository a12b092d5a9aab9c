/** What may be asked of wish lists, and what happens to them. */
import type { Iso } from "../kernel/row";
import type { ListOf, MuteAlerts, NameList, PutWish, ReviseWish, WatchWish, WishOf } from "./wishlist.asks.contract";
import type { AbsorbWishlist, BeginWishlist, HandOverWishlist, TellWish } from "./wishlist.life.contract";
import type { SeenNow, Share, Who } from "./wishlist.state.contract";
import type { WishItem } from "./wishlist.view.contract";

export interface At {
  readonly at: Iso;
}

export type Absorbed = Omit<AbsorbWishlist, "id"> & At;

export type WishlistEvent =
  | { readonly type: "wishlist.begun"; readonly data: BeginWishlist & At }
  /** Something new, or anew: with its list, its note and its alert. */
  | { readonly type: "wishlist.put"; readonly data: { readonly item: WishItem } & At }
  | { readonly type: "wishlist.dropped"; readonly data: { readonly itemId: string } & At }
  | { readonly type: "wishlist.named"; readonly data: { readonly listId: string; readonly name: string } & At }
  | { readonly type: "wishlist.removed"; readonly data: { readonly listId: string } & At }
  | { readonly type: "wishlist.shared"; readonly data: Share & At }
  | { readonly type: "wishlist.unshared"; readonly data: { readonly listId: string } & At }
  | { readonly type: "wishlist.muted"; readonly data: { readonly muted: boolean } & At }
  | { readonly type: "wishlist.handedOver"; readonly data: { readonly to: string } & At }
  | { readonly type: "wishlist.absorbed"; readonly data: Absorbed }
  | { readonly type: "wishlist.settled"; readonly data: At }
  | { readonly type: "wishlist.expired"; readonly data: At };

export interface WishlistCommands {
  "wishlist.begin": BeginWishlist;
  "wishlist.put": PutWish & Who & SeenNow;
  "wishlist.revise": ReviseWish & Who;
  "wishlist.drop": WishOf & Who;
  "wishlist.watch": WatchWish & Who & SeenNow;
  "wishlist.unwatch": WishOf & Who;
  "wishlist.name": NameList & Who;
  "wishlist.remove": ListOf & Who;
  "wishlist.share": Omit<Share, "listId"> & ListOf & Who;
  "wishlist.unshare": ListOf & Who;
  "wishlist.mute": MuteAlerts & Who;
  "wishlist.handOver": HandOverWishlist;
  "wishlist.absorb": AbsorbWishlist;
  "wishlist.settle": { readonly id: string };
  "wishlist.expire": { readonly id: string };
  "wishlist.tell": TellWish;
}
