import type { Aggregate } from "../kernel/aggregate";
import type { Iso } from "../kernel/row";
import { refuse } from "../refusals";
import type { NameList } from "./wishlist.asks.contract";
import {
  alertOf,
  changeable,
  existing,
  holding,
  idOf,
  itemNamed,
  itemsOf,
  put,
  refuseNoList,
  refuseTooMuch,
} from "./wishlist.items.aggregate";
import type { AbsorbWishlist, TellWish } from "./wishlist.life.contract";
import { expiresAt, type KeptWishlist, type Who, type WishlistState } from "./wishlist.state.contract";
import { absorbed, dueOf, removed } from "./wishlist.steps.aggregate";
import { FIRST_LIST, itemIdOf, ITEMS_MAX, LISTS_MAX, type WishItem } from "./wishlist.view.contract";
import type { WishlistCommands, WishlistEvent } from "./wishlist.words.aggregate";

const kept = (state: WishlistState): KeptWishlist => state as KeptWishlist;
const NOTHING = { lists: [], names: null, items: null, watching: [], shares: [] } as const;

/** The thing as it is to be. @throws WISHLIST_FULL */
function putting(found: KeptWishlist, item: WishItem, at: Iso): WishlistEvent[] {
  refuseTooMuch(put(itemsOf(found), item));
  return [{ type: "wishlist.put", data: { item, at } }];
}

function wish(state: WishlistState, params: WishlistCommands["wishlist.put"], at: Iso): WishlistEvent[] {
  const { productId, variantId = null, listId = FIRST_LIST, note = "", seen } = params;
  const found = changeable(state, params);
  refuseNoList(found, listId);
  const itemId = itemIdOf(productId, variantId);
  // twice on a heart is once: neither the list nor the price at which it was liked changes by that
  if (itemsOf(found).some((one) => idOf(one) === itemId)) return [];
  return putting(found, { productId, variantId, listId, at, note, seen, alert: null }, at);
}

function named(state: WishlistState, { listId, name, who }: NameList & Who, at: Iso): WishlistEvent[] {
  const found = changeable(state, { who });
  if (found.names?.[listId] === name) return [];
  const lists = new Set([...found.lists, listId]);
  lists.delete(FIRST_LIST);
  if (lists.size > LISTS_MAX)
    refuse("WISHLIST_FULL", `Nobody has more than ${LISTS_MAX} lists.`, { listsMax: LISTS_MAX });
  return [{ type: "wishlist.named", data: { listId, name, at } }];
}

function absorbing(state: WishlistState, { id: _id, ...held }: AbsorbWishlist, at: Iso): WishlistEvent[] {
  const found = existing(state);
  const known = new Set(itemsOf(found).map(idOf));
  // whoever handed them over was told when there was no room; what came in between is more than can be kept
  const items = held.items.filter((one) => !known.has(idOf(one))).slice(0, ITEMS_MAX - known.size);
  const room = LISTS_MAX - found.lists.length;
  const fresh = held.lists.filter((listId) => !found.lists.includes(listId)).slice(0, room);
  return [{ type: "wishlist.absorbed", data: { ...held, lists: fresh, items, at } }];
}

/** Noted once; an alert that was asked for anew meanwhile waits on. */
function told(state: WishlistState, { itemId, askedAt, amountMinor }: TellWish, at: Iso): WishlistEvent[] {
  const item = itemsOf(existing(state)).find((one) => idOf(one) === itemId);
  if (!item?.alert || item.alert.askedAt !== askedAt || item.alert.told !== null) return [];
  const alert = { ...item.alert, told: { at, amountMinor } };
  return [{ type: "wishlist.put", data: { item: { ...item, alert }, at } }];
}

export const wishlist: Aggregate<WishlistState, WishlistCommands, WishlistEvent> = {
  name: "wishlist",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "wishlist.begin": (state, params, at) =>
      state.status === "absent" ? [{ type: "wishlist.begun", data: { ...params, at } }] : [],
    "wishlist.put": wish,
    "wishlist.revise": (state, { itemId, listId, note, who }, at) => {
      const found = changeable(state, { who });
      const item = itemNamed(found, itemId);
      if (listId !== undefined) refuseNoList(found, listId);
      return putting(found, { ...item, listId: listId ?? item.listId, note: note ?? item.note }, at);
    },
    "wishlist.drop": (state, { itemId, who }, at) => {
      itemNamed(changeable(state, { who }), itemId);
      return [{ type: "wishlist.dropped", data: { itemId, at } }];
    },
    "wishlist.watch": (state, params, at) => {
      const found = changeable(state, params);
      const item = itemNamed(found, params.itemId);
      if (found.accountId === null) {
        refuse("ALERT_NEEDS_ACCOUNT", "Sign in first: else nobody knows where to write to.");
      }
      return putting(found, { ...item, alert: alertOf(item, params, params, at) }, at);
    },
    "wishlist.unwatch": (state, { itemId, who }, at) => {
      const found = changeable(state, { who });
      const item = itemNamed(found, itemId);
      return item.alert === null ? [] : putting(found, { ...item, alert: null }, at);
    },
    "wishlist.name": named,
    "wishlist.remove": (state, { listId, who }, at) => {
      const found = changeable(state, { who });
      if (listId === FIRST_LIST) refuse("NOT_FOUND", "The first list stays; take off what is on it.", { listId });
      refuseNoList(found, listId);
      return [{ type: "wishlist.removed", data: { listId, at } }];
    },
    "wishlist.share": (state, { listId, nonce, hash, who }, at) => {
      refuseNoList(changeable(state, { who }), listId);
      return [{ type: "wishlist.shared", data: { listId, nonce, hash, at } }];
    },
    "wishlist.unshare": (state, { listId, who }, at) => {
      const { shares } = changeable(state, { who });
      return shares.some((one) => one.listId === listId) ? [{ type: "wishlist.unshared", data: { listId, at } }] : [];
    },
    "wishlist.mute": (state, { muted, who }, at) =>
      changeable(state, { who }).muted === muted ? [] : [{ type: "wishlist.muted", data: { muted, at } }],
    "wishlist.handOver": (state, { to }, at) => {
      const found = existing(state);
      if (found.mergedInto === to) return [];
      if (found.accountId !== null) refuse("WISHLIST_FOREIGN", "The wish lists belong to an account already.");
      changeable(found, { who: { id: null, staff: true } });
      return [{ type: "wishlist.handedOver", data: { to, at } }];
    },
    "wishlist.absorb": absorbing,
    "wishlist.settle": (state, _params, at) =>
      existing(state).status === "merged" && !kept(state).arrived ? [{ type: "wishlist.settled", data: { at } }] : [],
    "wishlist.expire": (state, _params, at) => {
      const { status, accountId, changedAt } = existing(state);
      const over = status === "open" && accountId === null && at >= expiresAt(changedAt);
      return over ? [{ type: "wishlist.expired", data: { at } }] : [];
    },
    "wishlist.tell": told,
  },
  evolve: {
    "wishlist.begun": (_state, { id, accountId, at }) => ({
      ...{ id, accountId, ...NOTHING, status: "open", muted: false },
      ...{ mergedInto: null, arrived: false, changedAt: at },
    }),
    "wishlist.put": (state, { item, at }) => ({
      ...holding(kept(state), put(itemsOf(kept(state)), item)),
      changedAt: at,
    }),
    "wishlist.dropped": (state, { itemId, at }) => ({
      ...holding(
        kept(state),
        itemsOf(kept(state)).filter((one) => idOf(one) !== itemId),
      ),
      changedAt: at,
    }),
    "wishlist.named": (state, { listId, name, at }) => ({
      ...kept(state),
      lists: [...new Set([...kept(state).lists, listId])].filter((one) => one !== FIRST_LIST),
      names: { ...kept(state).names, [listId]: name },
      changedAt: at,
    }),
    "wishlist.removed": (state, { listId, at }) => ({ ...removed(kept(state), listId), changedAt: at }),
    "wishlist.shared": (state, { at, ...share }) => ({
      ...kept(state),
      shares: [...kept(state).shares.filter(({ listId }) => listId !== share.listId), share],
      changedAt: at,
    }),
    "wishlist.unshared": (state, { listId, at }) => ({
      ...kept(state),
      shares: kept(state).shares.filter((one) => one.listId !== listId),
      changedAt: at,
    }),
    "wishlist.muted": (state, { muted, at }) => ({ ...kept(state), muted, changedAt: at }),
    // a link leads to what is there: it does not go along
    "wishlist.handedOver": (state, { to, at }) => ({
      ...kept(state),
      ...{ status: "merged", mergedInto: to, shares: [], watching: [], changedAt: at },
    }),
    "wishlist.absorbed": (state, data) => absorbed(kept(state), data),
    // from now on they say nothing of anybody
    "wishlist.settled": (state, { at }) => ({ ...kept(state), ...NOTHING, arrived: true, changedAt: at }),
    "wishlist.expired": (state, { at }) => ({ ...kept(state), ...NOTHING, status: "expired", changedAt: at }),
  },
  // who has the link finds the list by it
  claims: (state) => (state.status === "absent" ? [] : state.shares.map(({ hash }) => `wishlist.share/${hash}`)),
  due: dueOf,
};
