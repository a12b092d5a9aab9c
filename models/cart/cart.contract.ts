/**
 * A cart belongs to a channel and, once somebody is signed in, to their account: the same one on every device. A cart
 * of nobody is opened under an unguessable id, and whoever knows the id may use it. Everything that a customer does is
 * open to everybody by permission; whose a cart is, the cart itself asks (`CART_FOREIGN`).
 */
import Joi from "../kernel/schema";
import { PUBLIC, type Contract, type Receipt, type WriteMark } from "../kernel/contract";
import { derivedId } from "../kernel/ids";
import { AMOUNT_MINOR_MAX } from "../kernel/money";
import { idSchema } from "../kernel/text";
import { cartLifeActions, type CartLifeCalls } from "./cart.life.contract";
import { cartStaffActions, type CartStaffCalls } from "./cart.staff.contract";
import {
  addressSchema,
  contactSchema,
  couponCodeSchema,
  countrySchema,
  QUANTITY_MAX,
  type Address,
  type Contact,
  type Quote,
} from "./cart.quote.contract";
import { choicesSchema, type ShippingChoices } from "../shipping/shipping.choices.contract";
import { cartViewSchema, type CartGlance, type CartView } from "./cart.view.contract";

export interface CartId {
  readonly id: string;
}

export interface OpenCart {
  readonly channelId: string;
}

export interface OpenedCart extends CartId {
  readonly wrote: readonly WriteMark[];
}

export interface CartOffer extends CartId {
  readonly offerId: string;
}

export interface AddToCart extends CartOffer {
  readonly quantity: number;
}

export interface CartCoupon extends CartId {
  readonly code: string;
}

/** What is left out stays as it is. */
export interface AddressCart extends CartId {
  readonly contact?: Contact;
  readonly shippingAddress?: Address;
  readonly billingAddress?: Address;
  /** Whose taxes are shown as long as there is no address. */
  readonly country?: string;
}

export interface ShipCart extends CartId {
  readonly sellerId: string;
  readonly methodId: string;
}

export interface AskQuote extends CartId {
  /** What the customer has agreed to pay: another total is refused, too. */
  readonly totalMinor?: number;
}

export interface CartCalls extends CartLifeCalls, CartStaffCalls {
  "cart.open": { params: OpenCart; result: OpenedCart };
  "cart.add": { params: AddToCart; result: Receipt };
  "cart.set": { params: AddToCart; result: Receipt };
  "cart.drop": { params: CartOffer; result: Receipt };
  "cart.redeem": { params: CartCoupon; result: Receipt };
  "cart.unredeem": { params: CartCoupon; result: Receipt };
  "cart.address": { params: AddressCart; result: Receipt };
  "cart.ship": { params: ShipCart; result: Receipt };
  "cart.accept": { params: CartId; result: Receipt };
  "cart.merge": { params: CartId; result: OpenedCart };
  "cart.get": { params: CartId; result: CartView };
  "cart.shipping": { params: CartId; result: ShippingChoices };
  "cart.peek": { params: CartId; result: CartGlance };
  "cart.quote": { params: AskQuote; result: Quote };
}

/** The cart of an account in a channel: the same one each time, and on every device. */
export const accountCartId = (customerId: string, channelId: string): string =>
  derivedId("cart", customerId, channelId);

const id = idSchema.required();
const quantity = Joi.number().integer().min(1).max(QUANTITY_MAX).required();
const byId = Joi.object<CartId, true>({ id });
/** A guest's cart is a subject of its own: see cart.model.ts. */
const buyerOf = ({ id: cart, customerId, contact, shippingAddress, billingAddress }: CartView): readonly string[] =>
  (contact ?? shippingAddress ?? billingAddress) === null ? [] : [customerId ?? cart];
const open = { permission: PUBLIC, owner: { field: "customerId" } } as const;
const command = { kind: "command", key: "id", ...open } as const;
const query = { kind: "query", key: "id", ...open } as const;
const path = "/v1/carts/{id}";
const opened = Joi.object<OpenedCart>({ id, wrote: Joi.array().max(10) });

export const cartContract: Contract<CartCalls> = {
  aggregate: "cart",
  actions: {
    "cart.open": {
      kind: "procedure",
      summary: "Open a cart in a channel, or find the one that the account has there",
      params: Joi.object<OpenCart, true>({ channelId: id }),
      result: opened,
      ...open,
      http: { method: "POST", path: "/v1/carts" },
    },
    "cart.add": {
      ...command,
      summary: "Put so many more units of an offer into a cart",
      params: Joi.object<AddToCart, true>({ id, offerId: id, quantity }),
      http: { method: "POST", path: `${path}/lines` },
    },
    "cart.set": {
      ...command,
      summary: "Say how many units of an offer there are to be in a cart",
      params: Joi.object<AddToCart, true>({ id, offerId: id, quantity }),
      http: { method: "PUT", path: `${path}/lines/{offerId}` },
    },
    "cart.drop": {
      ...command,
      summary: "Take an offer out of a cart",
      params: Joi.object<CartOffer, true>({ id, offerId: id }),
      http: { method: "DELETE", path: `${path}/lines/{offerId}` },
    },
    "cart.redeem": {
      ...command,
      summary: "Add a coupon to a cart",
      params: Joi.object<CartCoupon, true>({ id, code: couponCodeSchema.required() }),
      http: { method: "PUT", path: `${path}/coupons/{code}` },
    },
    "cart.unredeem": {
      ...command,
      summary: "Take a coupon out of a cart",
      params: Joi.object<CartCoupon, true>({ id, code: couponCodeSchema.required() }),
      http: { method: "DELETE", path: `${path}/coupons/{code}` },
    },
    "cart.address": {
      ...command,
      summary: "Say who buys and where it goes to; what is left out stays as it is",
      params: Joi.object<AddressCart, true>({
        id,
        contact: contactSchema,
        shippingAddress: addressSchema,
        billingAddress: addressSchema,
        country: countrySchema,
      }).or("contact", "shippingAddress", "billingAddress", "country"),
      http: { method: "PATCH", path },
    },
    "cart.ship": {
      ...command,
      summary: "Choose how the parcel of a seller travels",
      params: Joi.object<ShipCart, true>({ id, sellerId: id, methodId: id }),
      http: { method: "PUT", path: `${path}/shipping/{sellerId}` },
    },
    "cart.accept": {
      ...command,
      summary: "Take a cart as it is now: new prices hold, what cannot be bought is taken out",
      params: byId,
      http: { method: "POST", path: `${path}/accept` },
    },
    "cart.merge": {
      kind: "procedure",
      summary: "After signing in: put what is in a cart of nobody into the account's own",
      params: byId,
      result: opened,
      permission: "account.self",
      owner: "caller",
      http: { method: "POST", path: `${path}/merge` },
    },
    "cart.get": {
      ...query,
      summary: "A cart, what it costs now, and what has changed since the customer was told",
      params: byId,
      result: cartViewSchema,
      discloses: { of: buyerOf, by: "cart.read" },
      http: { method: "GET", path },
    },
    "cart.shipping": {
      ...query,
      summary: "How the parcels of a cart may travel, and for how much",
      params: byId,
      result: choicesSchema,
      http: { method: "GET", path: `${path}/shipping` },
    },
    "cart.peek": { ...query, summary: "Whose a cart is and where it goes to, for checkout", params: byId },
    "cart.quote": {
      ...query,
      summary: "What a cart costs at this moment, binding; refused when the customer was told otherwise",
      params: Joi.object<AskQuote, true>({
        id,
        totalMinor: Joi.number()
          .integer()
          .min(0)
          .max(4 * AMOUNT_MINOR_MAX),
      }),
    },
    ...cartLifeActions,
    ...cartStaffActions,
  },
};
