/** What people ask of wish lists. */
import type { WriteMark } from "../kernel/contract";

export interface WishlistId {
  readonly id: string;
}

export interface OpenedWishlist extends WishlistId {
  readonly wrote: readonly WriteMark[];
}

export interface PutWish extends WishlistId {
  readonly productId: string;
  readonly variantId?: string;
  /** Left out: the one that everybody has. */
  readonly listId?: string;
  /** By whose prices it is watched. */
  readonly channelId: string;
  readonly note?: string;
}

export interface WishOf extends WishlistId {
  readonly itemId: string;
}

/** What is left out stays as it is. */
export interface ReviseWish extends WishOf {
  readonly listId?: string;
  readonly note?: string;
}

/** When to be told: at least one of them. */
export interface WatchWish extends WishOf {
  readonly stock?: boolean;
  /** When it costs so much or less. */
  readonly belowMinor?: number;
  /** When it costs so many percent less than when it was put on the list; counts where no price is named. */
  readonly fallPercent?: number;
}

export interface ListOf extends WishlistId {
  readonly listId: string;
}

export interface NameList extends ListOf {
  readonly name: string;
}

export interface MuteAlerts extends WishlistId {
  readonly muted: boolean;
}

export interface WishToCart extends WishOf {
  readonly cartId: string;
  readonly offerId: string;
  readonly quantity: number;
}

/** What stands in the mail: whoever has it may stop what it was sent for, and nothing else. */
export interface StopAlert extends WishOf {
  readonly key: string;
  /** True: no more mails of any alert. */
  readonly all?: boolean;
}

export interface StoppedAlert {
  readonly stopped: "one" | "all";
}
