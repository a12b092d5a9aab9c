/**
 * What somebody would like to have: products on lists, and what they want to be told of them. Like a cart it is of an
 * account, or, under an unguessable id, of whoever knows it; at sign-in it goes into the account's own. All lists of a
 * person are one thing, so that a heart is one command and the page of lists one read.
 */
import Joi from "../kernel/schema";
import { PUBLIC, type Contract, type Receipt } from "../kernel/contract";
import { derivedId } from "../kernel/ids";
import { idSchema, plainText } from "../kernel/text";
import { QUANTITY_MAX } from "../cart/cart.quote.contract";
import type {
  WishlistId,
  OpenedWishlist,
  PutWish,
  WishOf,
  ReviseWish,
  WatchWish,
  ListOf,
  NameList,
  MuteAlerts,
  WishToCart,
  StopAlert,
  StoppedAlert,
} from "./wishlist.asks.contract";
import { wishlistLifeActions, type WishlistLifeCalls } from "./wishlist.life.contract";
import {
  amountSchema,
  NAME_MAX,
  NOTE_MAX,
  shareKeySchema,
  sharedListSchema,
  wishlistViewSchema,
  type SharedList,
  type WishlistView,
} from "./wishlist.view.contract";

export interface WishlistCalls extends WishlistLifeCalls {
  "wishlist.open": { params: object; result: OpenedWishlist };
  "wishlist.get": { params: WishlistId; result: WishlistView };
  "wishlist.put": { params: PutWish; result: Receipt };
  "wishlist.revise": { params: ReviseWish; result: Receipt };
  "wishlist.drop": { params: WishOf; result: Receipt };
  "wishlist.watch": { params: WatchWish; result: Receipt };
  "wishlist.unwatch": { params: WishOf; result: Receipt };
  "wishlist.name": { params: NameList; result: Receipt };
  "wishlist.remove": { params: ListOf; result: Receipt };
  "wishlist.share": { params: ListOf; result: Receipt };
  "wishlist.unshare": { params: ListOf; result: Receipt };
  "wishlist.mute": { params: MuteAlerts; result: Receipt };
  "wishlist.shared": { params: { readonly key: string }; result: SharedList };
  "wishlist.merge": { params: WishlistId; result: OpenedWishlist };
  "wishlist.toCart": { params: WishToCart; result: OpenedWishlist };
  "wishlist.stop": { params: StopAlert; result: StoppedAlert };
}

/** The same one on every device. */
export const accountWishlistId = (accountId: string): string => derivedId("wishlist", accountId);

const id = idSchema.required();
const byId = Joi.object<WishlistId, true>({ id });
const item = { id, itemId: id };
const byItem = Joi.object<WishOf, true>(item);
const byList = Joi.object<ListOf, true>({ id, listId: id });
const note = plainText(NOTE_MAX).allow("");
const open = { permission: PUBLIC, owner: { field: "accountId" } } as const;
const command = { kind: "command", key: "id", ...open } as const;
const path = "/v1/wishlists/{id}";
const opened = Joi.object<OpenedWishlist>({ id, wrote: Joi.array().max(10) });
/** A wish list of nobody is a subject of its own: see wishlist.model.ts. */
const ownerOf = ({ id: list, accountId, items }: WishlistView): readonly string[] =>
  items.length === 0 ? [] : [accountId ?? list];

export const wishlistContract: Contract<WishlistCalls> = {
  aggregate: "wishlist",
  actions: {
    "wishlist.open": {
      kind: "procedure",
      summary: "Open wish lists; for somebody who is signed in always their own",
      params: Joi.object({}),
      result: opened,
      ...open,
      http: { method: "POST", path: "/v1/wishlists" },
    },
    "wishlist.get": {
      kind: "query",
      key: "id",
      summary: "Somebody's wish lists, and what they want to be told",
      params: byId,
      result: wishlistViewSchema,
      discloses: { of: ownerOf, by: "wishlist.read" },
      ...open,
      http: { method: "GET", path },
    },
    "wishlist.put": {
      ...command,
      summary: "Keep a product on a wish list; what is on one already stays there as it was put",
      params: Joi.object<PutWish, true>({
        id,
        productId: id,
        variantId: idSchema,
        listId: idSchema,
        channelId: id,
        note,
      }),
      http: { method: "PUT", path: `${path}/products/{productId}` },
    },
    "wishlist.revise": {
      ...command,
      summary: "Put something on another list, or write another note to it",
      params: Joi.object<ReviseWish, true>({ ...item, listId: idSchema, note }).or("listId", "note"),
      http: { method: "PATCH", path: `${path}/items/{itemId}` },
    },
    "wishlist.drop": {
      ...command,
      summary: "Take something off a wish list; nothing more is told of it",
      params: byItem,
      http: { method: "DELETE", path: `${path}/items/{itemId}` },
    },
    "wishlist.watch": {
      ...command,
      summary: "Ask to be told when something is back in stock, or costs less",
      params: Joi.object<WatchWish, true>({
        ...item,
        stock: Joi.boolean(),
        belowMinor: amountSchema,
        fallPercent: Joi.number().integer().min(1).max(95),
      }).or("stock", "belowMinor", "fallPercent"),
      http: { method: "PUT", path: `${path}/items/{itemId}/alert` },
    },
    "wishlist.unwatch": {
      ...command,
      summary: "Ask for no alert of something any more",
      params: byItem,
      http: { method: "DELETE", path: `${path}/items/{itemId}/alert` },
    },
    "wishlist.name": {
      ...command,
      summary: "Make a wish list, or give one another name",
      params: Joi.object<NameList, true>({ id, listId: id, name: plainText(NAME_MAX).min(1).required() }),
      http: { method: "PUT", path: `${path}/lists/{listId}` },
    },
    "wishlist.remove": {
      ...command,
      summary: "Remove a wish list with everything on it",
      params: byList,
      http: { method: "DELETE", path: `${path}/lists/{listId}` },
    },
    "wishlist.share": {
      ...command,
      summary: "Make a link by which others can look at a list; an older link opens nothing any more",
      params: byList,
      http: { method: "POST", path: `${path}/lists/{listId}/share` },
    },
    "wishlist.unshare": {
      ...command,
      summary: "Let the link to a list open nothing any more",
      params: byList,
      http: { method: "DELETE", path: `${path}/lists/{listId}/share` },
    },
    "wishlist.mute": {
      ...command,
      summary: "Say whether mails are sent of alerts at all",
      params: Joi.object<MuteAlerts, true>({ id, muted: Joi.boolean().required() }),
      http: { method: "PUT", path: `${path}/mute` },
    },
    "wishlist.shared": {
      kind: "query",
      summary: "What is on a list that was shared, for whoever has its link",
      params: Joi.object<{ key: string }, true>({ key: shareKeySchema.required() }),
      result: sharedListSchema,
      permission: PUBLIC,
      owner: "platform",
      http: { method: "GET", path: "/v1/shared-lists/{key}" },
    },
    "wishlist.merge": {
      kind: "procedure",
      summary: "After signing in: put what is on wish lists of nobody onto the account's own",
      params: byId,
      result: opened,
      permission: "account.self",
      owner: "caller",
      http: { method: "POST", path: `${path}/merge` },
    },
    "wishlist.toCart": {
      kind: "procedure",
      summary: "Put something from a wish list into a cart, and take it off the list",
      params: Joi.object<WishToCart, true>({
        ...item,
        cartId: id,
        offerId: id,
        quantity: Joi.number().integer().min(1).max(QUANTITY_MAX).required(),
      }),
      result: opened,
      permission: PUBLIC,
      owner: "platform",
      http: { method: "POST", path: `${path}/items/{itemId}/to-cart` },
    },
    "wishlist.stop": {
      kind: "procedure",
      summary: "Stop the alert that a mail was sent for, or all of them, by the key in the mail",
      params: Joi.object<StopAlert, true>({ ...item, key: shareKeySchema.required(), all: Joi.boolean() }),
      result: Joi.object<StoppedAlert, true>({ stopped: Joi.string().valid("one", "all").required() }),
      permission: PUBLIC,
      owner: "platform",
      http: { method: "POST", path: "/v1/alerts/stop" },
    },
    ...wishlistLifeActions,
  },
};
