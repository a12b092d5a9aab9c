/** What wish lists are after something has happened to them: the longer steps of their fold. Pure. */
import type { Due } from "../kernel/aggregate";
import { holding, itemsOf } from "./wishlist.items.aggregate";
import { carriedOverAt, expiresAt, type KeptWishlist, type WishlistState } from "./wishlist.state.contract";
import { FIRST_LIST } from "./wishlist.view.contract";
import type { Absorbed } from "./wishlist.words.aggregate";

export function absorbed(before: KeptWishlist, { lists, names, items, at }: Absorbed): KeptWishlist {
  const all = [...before.lists, ...lists];
  const placed = items.map((one) => (all.includes(one.listId) ? one : { ...one, listId: FIRST_LIST }));
  const known = Object.fromEntries(Object.entries(names).filter(([listId]) => lists.includes(listId)));
  const held = holding(before, [...itemsOf(before), ...placed]);
  return { ...held, lists: all, names: { ...known, ...before.names }, changedAt: at };
}

export function removed(before: KeptWishlist, listId: string): KeptWishlist {
  const { [listId]: _name, ...names } = before.names ?? {};
  const held = holding(
    before,
    itemsOf(before).filter((one) => one.listId !== listId),
  );
  return {
    ...held,
    names,
    lists: before.lists.filter((one) => one !== listId),
    shares: before.shares.filter((one) => one.listId !== listId),
  };
}

export function dueOf(state: WishlistState): Due[] {
  if (state.status === "absent" || state.accountId !== null) return [];
  const params = { id: state.id };
  if (state.status === "open") return [{ at: expiresAt(state.changedAt), command: "wishlist.expire", params }];
  const waiting = state.status === "merged" && !state.arrived;
  return waiting ? [{ at: carriedOverAt(state.changedAt), command: "wishlist.carryOver", params }] : [];
}
