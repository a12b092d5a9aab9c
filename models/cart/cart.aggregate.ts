import type { Aggregate } from "../kernel/aggregate";
import type { Iso } from "../kernel/row";
import { refuse } from "../refusals";
import type { AddressCart, AddToCart, CartCoupon, CartId, CartOffer, ShipCart } from "./cart.contract";
import type { AbsorbCart, BeginCart, HandOverCart, LockCart } from "./cart.life.contract";
import { changeable, existing, lineWith, put, quantityOf, refuseWithout } from "./cart.lines.aggregate";
import { COUPONS_MAX, LINES_MAX } from "./cart.quote.contract";
import {
  expiresAt,
  type CartState,
  type KeptCart,
  type OfferedHere,
  type Recheck,
  type Who,
} from "./cart.state.contract";
import { absorbed, accepted, begun, completed, dueOf, EMPTY, NOBODY, unlocked, type At } from "./cart.steps.aggregate";
import type { CartLine, ChosenShipping } from "./cart.view.contract";

export type CartEvent =
  | { readonly type: "cart.begun"; readonly data: BeginCart & At }
  | { readonly type: "cart.put"; readonly data: CartLine & At }
  | { readonly type: "cart.dropped"; readonly data: { readonly lineId: string } & At }
  | { readonly type: "cart.redeemed"; readonly data: { readonly code: string } & At }
  | { readonly type: "cart.unredeemed"; readonly data: { readonly code: string } & At }
  | { readonly type: "cart.addressed"; readonly data: Omit<AddressCart, "id"> & At }
  | { readonly type: "cart.shipped"; readonly data: ChosenShipping & At }
  | { readonly type: "cart.accepted"; readonly data: Recheck & At }
  | { readonly type: "cart.handedOver"; readonly data: { readonly to: string } & At }
  | { readonly type: "cart.absorbed"; readonly data: Omit<AbsorbCart, "id"> & At }
  | { readonly type: "cart.settled"; readonly data: At }
  | { readonly type: "cart.locked"; readonly data: { readonly checkoutId: string } & At }
  | { readonly type: "cart.unlocked"; readonly data: { readonly checkoutId?: string } & At }
  | { readonly type: "cart.completed"; readonly data: { readonly checkoutId: string } & At }
  | { readonly type: "cart.expired"; readonly data: At };

interface Offered {
  readonly offered: OfferedHere;
}

export interface CartCommands {
  "cart.begin": BeginCart;
  "cart.add": AddToCart & Who & Offered;
  "cart.set": AddToCart & Who & Offered;
  "cart.drop": CartOffer & Who;
  "cart.redeem": CartCoupon & Who;
  "cart.unredeem": CartCoupon & Who;
  "cart.address": AddressCart & Who;
  "cart.ship": ShipCart & Who;
  "cart.accept": CartId & Who & { readonly now: Recheck };
  "cart.handOver": HandOverCart;
  "cart.absorb": AbsorbCart;
  "cart.settle": CartId;
  "cart.lock": LockCart;
  "cart.unlock": LockCart;
  "cart.complete": LockCart;
  "cart.expire": CartId;
}

const kept = (state: CartState): KeptCart => state as KeptCart;

const hasLetGo = ({ ended = [], lastCheckoutId }: KeptCart, checkoutId: string): boolean =>
  lastCheckoutId === checkoutId || ended.includes(checkoutId);

function lock(state: CartState, { checkoutId }: LockCart, at: Iso): CartEvent[] {
  const cart = existing(state);
  if (cart.status === "locked" && cart.checkoutId === checkoutId) return [];
  if (hasLetGo(cart, checkoutId)) refuse("CART_NOT_HELD", "That checkout has ended: begin another.", { checkoutId });
  changeable(cart, { who: { id: null, staff: true } });
  if (cart.lines.length === 0) refuse("CART_EMPTY", "There is nothing in the cart.");
  return [{ type: "cart.locked", data: { checkoutId, at } }];
}

function complete(state: CartState, { checkoutId }: LockCart, at: Iso): CartEvent[] {
  const cart = existing(state);
  if (cart.lastCheckoutId === checkoutId) return [];
  if (cart.checkoutId !== checkoutId) refuse("CART_NOT_HELD", "That checkout does not hold the cart.", { checkoutId });
  return [{ type: "cart.completed", data: { checkoutId, at } }];
}

function absorb(state: CartState, { id: _id, ...held }: AbsorbCart, at: Iso): CartEvent[] {
  const cart = existing(state);
  // whoever handed it over was told when there was no room; what came in between is more than a cart holds
  const known = new Set([...cart.lines, ...cart.later].map(({ lineId }) => lineId));
  const room = LINES_MAX - known.size;
  const fresh = held.lines.filter(({ lineId }) => !known.has(lineId)).slice(0, room);
  const lines = held.lines.filter((line) => known.has(line.lineId) || fresh.includes(line));
  return [{ type: "cart.absorbed", data: { ...held, lines, at } }];
}

export const cart: Aggregate<CartState, CartCommands, CartEvent> = {
  name: "cart",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "cart.begin": (state, params, at) =>
      state.status === "absent" ? [{ type: "cart.begun", data: { ...params, at } }] : [],
    "cart.add": (state, { offerId, quantity, offered, who }, at) => {
      const found = changeable(state, { who });
      const line = lineWith(found, offerId, quantityOf(found, offerId) + quantity, offered);
      return [{ type: "cart.put", data: { ...line, at } }];
    },
    "cart.set": (state, { offerId, quantity, offered, who }, at) => {
      const line = lineWith(changeable(state, { who }), offerId, quantity, offered);
      return [{ type: "cart.put", data: { ...line, at } }];
    },
    "cart.drop": (state, { offerId: lineId, who }, at) => {
      refuseWithout(changeable(state, { who }), lineId);
      return [{ type: "cart.dropped", data: { lineId, at } }];
    },
    "cart.redeem": (state, { code, who }, at) => {
      const { coupons } = changeable(state, { who });
      if (coupons.includes(code)) return [];
      if (coupons.length >= COUPONS_MAX) refuse("CART_FULL", `A cart takes ${COUPONS_MAX} coupons at most.`);
      return [{ type: "cart.redeemed", data: { code, at } }];
    },
    "cart.unredeem": (state, { code, who }, at) =>
      changeable(state, { who }).coupons.includes(code) ? [{ type: "cart.unredeemed", data: { code, at } }] : [],
    "cart.address": (state, { id: _id, who, ...said }, at) => {
      changeable(state, { who });
      return [{ type: "cart.addressed", data: { ...said, at } }];
    },
    "cart.ship": (state, { sellerId, methodId, who }, at) => {
      changeable(state, { who });
      return [{ type: "cart.shipped", data: { sellerId, methodId, at } }];
    },
    "cart.accept": (state, { now, who }, at) => {
      changeable(state, { who });
      const nothing = Object.values(now).every((part: readonly unknown[]) => part.length === 0);
      return nothing ? [] : [{ type: "cart.accepted", data: { ...now, at } }];
    },
    "cart.handOver": (state, { to }, at) => {
      const found = existing(state);
      if (found.mergedInto === to) return [];
      if (found.customerId !== null) refuse("CART_FOREIGN", "The cart belongs to an account already.");
      changeable(found, { who: { id: null, staff: true } });
      return [{ type: "cart.handedOver", data: { to, at } }];
    },
    "cart.absorb": absorb,
    "cart.settle": (state, _params, at) =>
      existing(state).status === "merged" && !kept(state).arrived ? [{ type: "cart.settled", data: { at } }] : [],
    "cart.lock": lock,
    "cart.unlock": (state, { checkoutId }, at) =>
      hasLetGo(existing(state), checkoutId) ? [] : [{ type: "cart.unlocked", data: { checkoutId, at } }],
    "cart.complete": complete,
    "cart.expire": (state, _params, at) => {
      const { status, customerId, changedAt } = existing(state);
      const over = status === "open" && customerId === null && at >= expiresAt(changedAt);
      return over ? [{ type: "cart.expired", data: { at } }] : [];
    },
  },
  evolve: {
    "cart.begun": (_state, data) => begun(data),
    "cart.put": (state, { at, ...line }) => ({ ...kept(state), lines: put(kept(state).lines, line), changedAt: at }),
    "cart.dropped": (state, { lineId, at }) => ({
      ...kept(state),
      lines: kept(state).lines.filter((line) => line.lineId !== lineId),
      changedAt: at,
    }),
    "cart.redeemed": (state, { code, at }) => ({
      ...kept(state),
      coupons: [...kept(state).coupons, code],
      changedAt: at,
    }),
    "cart.unredeemed": (state, { code, at }) => ({
      ...kept(state),
      coupons: kept(state).coupons.filter((one) => one !== code),
      changedAt: at,
    }),
    "cart.addressed": (state, { at, ...said }) => ({ ...kept(state), ...said, changedAt: at }),
    "cart.shipped": (state, { sellerId, methodId, at }) => ({
      ...kept(state),
      shipping: [...kept(state).shipping.filter((one) => one.sellerId !== sellerId), { sellerId, methodId }],
      changedAt: at,
    }),
    "cart.accepted": (state, data) => accepted(kept(state), data),
    "cart.handedOver": (state, { to, at }) => ({ ...kept(state), status: "merged", mergedInto: to, changedAt: at }),
    "cart.absorbed": (state, data) => absorbed(kept(state), data),
    // from now on it says nothing of anybody
    "cart.settled": (state, { at }) => ({ ...kept(state), ...EMPTY, ...NOBODY, arrived: true, changedAt: at }),
    "cart.locked": (state, { checkoutId, at }) => ({ ...kept(state), status: "locked", checkoutId, changedAt: at }),
    "cart.unlocked": (state, { checkoutId, at }) => unlocked(kept(state), checkoutId, at),
    "cart.completed": (state, { checkoutId, at }) => completed(kept(state), checkoutId, at),
    "cart.expired": (state, { at }) => ({ ...kept(state), ...EMPTY, ...NOBODY, status: "expired", changedAt: at }),
  },
  due: dueOf,
};
