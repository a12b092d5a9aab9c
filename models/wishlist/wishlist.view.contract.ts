/** What wish lists look like, and within which bounds they stay. */
import Joi from "../kernel/schema";
import { derivedId } from "../kernel/ids";
import { AMOUNT_MINOR_MAX, currencySchema } from "../kernel/money";
import { idSchema, plainText, versionSchema } from "../kernel/text";

/** Things that somebody may keep, on all lists together: what is kept of a person stays small. */
export const ITEMS_MAX = 200;
/** Lists beside the one that everybody has. */
export const LISTS_MAX = 20;
/** Alerts that somebody waits for at once. */
export const ALERTS_MAX = 50;
export const NOTE_MAX = 200;
/** Of all notes together. */
export const NOTES_MAX = 6_000;
export const NAME_MAX = 60;
/** The list that is there without being made. */
export const FIRST_LIST = "main";

/** What it cost when it was put there: of the cheapest offer in the channel's currency; null: nobody offered it. */
export interface SeenPrice {
  readonly channelId: string;
  readonly currency: string;
  readonly amountMinor: number | null;
}

/** Told once, then it is over until it is asked for again. */
export interface WishAlert {
  readonly askedAt: string;
  /** When it can be bought again. */
  readonly stock: boolean;
  /** When it costs so much or less. */
  readonly belowMinor: number | null;
  /** When it was told of, and at what price; null: it waits still. */
  readonly told: { readonly at: string; readonly amountMinor: number | null } | null;
}

export interface WishItem {
  readonly productId: string;
  readonly variantId: string | null;
  readonly listId: string;
  readonly at: string;
  readonly note: string;
  readonly seen: SeenPrice;
  readonly alert: WishAlert | null;
}

export interface WishItemView extends WishItem {
  readonly itemId: string;
}

export interface WishListView {
  readonly listId: string;
  /** Null for the list that everybody has, as long as it was given none. */
  readonly name: string | null;
  /** What opens it to whoever has it, to read; null: nobody but its owner sees it. */
  readonly shareKey: string | null;
}

export const WISHLIST_STATUSES = ["open", "merged", "expired"] as const;
export type WishlistStatus = (typeof WISHLIST_STATUSES)[number];

export interface WishlistView {
  readonly id: string;
  readonly version: number;
  readonly status: WishlistStatus;
  readonly accountId: string | null;
  readonly lists: readonly WishListView[];
  readonly items: readonly WishItemView[];
  /** True: no mail is sent of alerts, whatever is waited for. */
  readonly muted: boolean;
}

/** A list as whoever has its link sees it: nothing in it says whose it is. */
export interface SharedList {
  readonly products: readonly { readonly productId: string; readonly variantId: string | null }[];
}

/** A thing stands on one list at a time. */
export const itemIdOf = (productId: string, variantId: string | null | undefined): string =>
  derivedId("wish", productId, variantId ?? "");

const id = idSchema.required();
const moment = Joi.string().isoDate().required();
export const amountSchema = Joi.number().integer().min(0).max(AMOUNT_MINOR_MAX);
export const shareKeySchema = Joi.string().pattern(/^[0-9a-z]{32}$/, "key");

const alertSchema = Joi.object<WishAlert>({
  askedAt: moment,
  stock: Joi.boolean().required(),
  belowMinor: amountSchema.allow(null).required(),
  told: Joi.object({ at: moment, amountMinor: amountSchema.allow(null).required() })
    .allow(null)
    .required(),
});

const itemFields = {
  productId: id,
  variantId: idSchema.allow(null).required(),
  listId: id,
  at: moment,
  note: plainText(NOTE_MAX).allow("").required(),
  seen: Joi.object<SeenPrice, true>({
    channelId: id,
    currency: currencySchema.required(),
    amountMinor: amountSchema.allow(null).required(),
  }).required(),
  alert: alertSchema.allow(null).required(),
};

export const itemsSchema = Joi.array().items(Joi.object(itemFields)).max(ITEMS_MAX);
export const namesSchema = Joi.object()
  .pattern(idSchema, plainText(NAME_MAX))
  .max(LISTS_MAX + 1);

export const wishlistViewSchema = Joi.object<WishlistView>({
  id,
  version: versionSchema.required(),
  status: Joi.string()
    .valid(...WISHLIST_STATUSES)
    .required(),
  accountId: idSchema.allow(null).required(),
  lists: Joi.array()
    .items(
      Joi.object<WishListView, true>({
        listId: id,
        name: plainText(NAME_MAX).allow(null).required(),
        shareKey: shareKeySchema.allow(null).required(),
      }),
    )
    .max(LISTS_MAX + 1)
    .required(),
  items: Joi.array()
    .items(Joi.object({ ...itemFields, itemId: id }))
    .max(ITEMS_MAX)
    .required(),
  muted: Joi.boolean().required(),
});

export const sharedListSchema = Joi.object<SharedList>({
  products: Joi.array()
    .items(Joi.object({ productId: id, variantId: idSchema.allow(null).required() }))
    .max(ITEMS_MAX)
    .required(),
});
