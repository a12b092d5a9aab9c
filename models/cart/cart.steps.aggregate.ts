/** What a cart is after something has happened to it: the longer steps of its fold. Pure. */
import type { Due } from "../kernel/aggregate";
import type { Iso } from "../kernel/row";
import type { AbsorbCart, BeginCart } from "./cart.life.contract";
import { together } from "./cart.lines.aggregate";
import { COUPONS_MAX } from "./cart.quote.contract";
import { carriedOverAt, expiresAt, type CartState, type KeptCart, type Recheck } from "./cart.state.contract";

export interface At {
  readonly at: Iso;
}

export const EMPTY = { lines: [], later: [], coupons: [], shipping: [] } as const;
export const NOBODY = { contact: null, shippingAddress: null, billingAddress: null } as const;

export const begun = ({ at, ...begin }: BeginCart & At): KeptCart => ({
  status: "open",
  ...begin,
  ...EMPTY,
  ...NOBODY,
  country: null,
  ...{ checkoutId: null, completed: 0, lastCheckoutId: null },
  ...{ mergedInto: null, arrived: false, changedAt: at },
});

/** Who was there first keeps their word: what the account's own cart says is not overwritten. */
export function absorbed(
  cart: KeptCart,
  { lines, coupons, contact, shippingAddress, at }: Omit<AbsorbCart, "id"> & At,
) {
  const part = cart.status === "locked" ? "later" : "lines";
  return {
    ...cart,
    [part]: together(cart[part], lines),
    coupons: [...new Set([...cart.coupons, ...coupons])].slice(0, COUPONS_MAX),
    contact: cart.contact ?? contact ?? null,
    shippingAddress: cart.shippingAddress ?? shippingAddress ?? null,
    changedAt: at,
  };
}

export function accepted(cart: KeptCart, { lines, dropped, coupons, shipping, at }: Recheck & At): KeptCart {
  const news = new Map(lines.map((line) => [line.lineId, line]));
  return {
    ...cart,
    lines: cart.lines.filter(({ lineId }) => !dropped.includes(lineId)).map((line) => news.get(line.lineId) ?? line),
    coupons: cart.coupons.filter((code) => !coupons.includes(code)),
    shipping: cart.shipping.filter(({ sellerId }) => !shipping.includes(sellerId)),
    changedAt: at,
  };
}

export const released = (cart: KeptCart, at: Iso): KeptCart => ({
  ...cart,
  status: "open",
  lines: together(cart.lines, cart.later),
  ...{ later: [], checkoutId: null, changedAt: at },
});

/** A message is not on its way for longer than so many checkouts of one cart. */
const ENDED_MAX = 10;

/** That a checkout let go is kept even where it never held the cart: its lock may be on its way still. */
export function unlocked(cart: KeptCart, checkoutId: string | undefined, at: Iso): KeptCart {
  if (checkoutId === undefined) return released(cart, at);
  const ended = [...(cart.ended ?? []), checkoutId].slice(-ENDED_MAX);
  return { ...(cart.checkoutId === checkoutId ? released(cart, at) : cart), ended };
}

/** An account's cart goes on, empty and with its addresses; a cart of nobody is over. */
export function completed(cart: KeptCart, checkoutId: string, at: Iso): KeptCart {
  const bought = { ...cart, lines: [], coupons: [], shipping: [] };
  const count = { completed: cart.completed + 1, lastCheckoutId: checkoutId };
  if (cart.customerId !== null) return { ...released(bought, at), ...count };
  return { ...bought, ...NOBODY, ...count, status: "completed", later: [], checkoutId: null, changedAt: at };
}

export function dueOf(state: CartState): Due[] {
  if (state.status === "absent" || state.customerId !== null) return [];
  const params = { id: state.id };
  if (state.status === "open") return [{ at: expiresAt(state.changedAt), command: "cart.expire", params }];
  const waits = state.status === "merged" && !state.arrived;
  return waits ? [{ at: carriedOverAt(state.changedAt), command: "cart.carryOver", params }] : [];
}
