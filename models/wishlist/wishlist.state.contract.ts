/** What is kept of wish lists, and what the service adds to commands. */
import type { Iso } from "../kernel/row";
import { momentAfter } from "../kernel/aggregate";
import type { SeenPrice, WishItem, WishlistStatus } from "./wishlist.view.contract";

/** A link to a list. Its key is made of `nonce` and the mall's secret; here is its hash, by which it is found. */
export interface Share {
  readonly listId: string;
  readonly nonce: string;
  readonly hash: string;
}

export interface KeptWishlist {
  readonly id: string;
  readonly status: WishlistStatus;
  /** Null: of nobody, so of whoever knows its id. Never changes. */
  readonly accountId: string | null;
  /** Those that were made, beside the first. */
  readonly lists: readonly string[];
  /** Personal, as `items`: null once the person's key is destroyed. */
  readonly names: Readonly<Record<string, string>> | null;
  readonly items: readonly WishItem[] | null;
  /** What is waited for, in clear, so that who waits is found: see `watchKey`. */
  readonly watching: readonly string[];
  readonly shares: readonly Share[];
  readonly muted: boolean;
  readonly mergedInto: string | null;
  readonly arrived: boolean;
  readonly changedAt: Iso;
}

export type WishlistState = { readonly status: "absent" } | KeptWishlist;

/** Who sends a command. */
export interface Who {
  readonly who: {
    readonly id: string | null;
    readonly staff: boolean;
  };
}

/** What a product is at this moment, to whoever puts it on a list or asks for an alert. */
export interface SeenNow {
  readonly seen: SeenPrice;
  readonly inStock: boolean;
}

/** Waits for this product to come back, or for its price to fall. */
export const watchKey = (what: "stock" | "price", productId: string): string => `${what}/${productId}`;

/** The use of the key that stops an alert: the mail has it, and whoever has the mail. */
export const STOP_USE = "alert stop";

/** Wish lists of nobody that are not touched for so long are ended. */
export const EXPIRE_DAYS = 90;
/** By then whoever merged them has done so, or their process died. */
const CARRY_OVER_SECONDS = 30;

export const expiresAt = (changedAt: Iso): Iso => momentAfter(changedAt, EXPIRE_DAYS * 86_400_000);
export const carriedOverAt = (changedAt: Iso): Iso => momentAfter(changedAt, CARRY_OVER_SECONDS * 1_000);
