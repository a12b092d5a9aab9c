/** What the mall itself does with wish lists: opens them, hands them over, ends them, notes what was told. */
import Joi from "../kernel/schema";
import type { Actions, Receipt } from "../kernel/contract";
import { idSchema } from "../kernel/text";
import { amountSchema, itemsSchema, LISTS_MAX, namesSchema, type WishItem } from "./wishlist.view.contract";

interface ById {
  readonly id: string;
}

export interface BeginWishlist extends ById {
  readonly accountId: string | null;
}

/** From now on these wish lists of nobody are another's: nothing can be changed in them any more. */
export interface HandOverWishlist extends ById {
  readonly to: string;
}

/** What wish lists that were handed over held. */
export interface AbsorbWishlist extends ById {
  readonly from: string;
  readonly lists: readonly string[];
  readonly names: Readonly<Record<string, string>>;
  readonly items: readonly WishItem[];
}

/** An alert was told of. `askedAt` names which: it may have been asked for again meanwhile. */
export interface TellWish extends ById {
  readonly itemId: string;
  readonly askedAt: string;
  readonly amountMinor: number | null;
}

export interface WishlistLifeCalls {
  "wishlist.begin": { params: BeginWishlist; result: Receipt };
  "wishlist.handOver": { params: HandOverWishlist; result: Receipt };
  "wishlist.absorb": { params: AbsorbWishlist; result: Receipt };
  "wishlist.carryOver": { params: ById; result: object };
  "wishlist.settle": { params: ById; result: Receipt };
  "wishlist.expire": { params: ById; result: Receipt };
  "wishlist.tell": { params: TellWish; result: Receipt };
}

const id = idSchema.required();
const keep = { permission: "wishlist.keep", owner: "platform" } as const;
const command = { kind: "command", key: "id", ...keep } as const;
const byId = Joi.object<ById, true>({ id });

export const wishlistLifeActions: Actions<WishlistLifeCalls> = {
  "wishlist.begin": {
    ...command,
    summary: "Open wish lists under their id, unless they are open",
    params: Joi.object<BeginWishlist, true>({ id, accountId: idSchema.allow(null).required() }),
  },
  "wishlist.handOver": {
    ...command,
    summary: "Close wish lists of nobody in favour of an account's",
    params: Joi.object<HandOverWishlist, true>({ id, to: id }),
  },
  "wishlist.absorb": {
    ...command,
    summary: "Take in what wish lists that were handed over held",
    // not strict: Joi has no word for read-only lists
    params: Joi.object<AbsorbWishlist>({
      id,
      from: id,
      lists: Joi.array().items(idSchema).max(LISTS_MAX).required(),
      names: namesSchema.required(),
      items: itemsSchema.required(),
    }),
  },
  "wishlist.carryOver": {
    kind: "procedure",
    summary: "Bring what was on wish lists that were handed over to where it belongs; sent by the mall's timers",
    params: byId,
    ...keep,
  },
  "wishlist.settle": { ...command, summary: "Note that what was kept has arrived where it belongs", params: byId },
  "wishlist.expire": {
    ...command,
    summary: "End wish lists of nobody that were not touched for long; sent by the mall's timers",
    params: byId,
  },
  "wishlist.tell": {
    ...command,
    summary: "Note that an alert was told of",
    params: Joi.object<TellWish, true>({
      id,
      itemId: id,
      askedAt: Joi.string().isoDate().required(),
      amountMinor: amountSchema.allow(null).required(),
    }),
  },
};
