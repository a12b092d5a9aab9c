/** What is told of a cart: to its customer, to those who look for abandoned ones, and to checkout. */
import Joi from "../kernel/schema";
import { currencySchema } from "../kernel/money";
import { idSchema } from "../kernel/text";
import {
  addressSchema,
  contactSchema,
  COUPONS_MAX,
  couponCodeSchema,
  LINES_MAX,
  quoteSchema,
  type Address,
  type Contact,
  type Quote,
} from "./cart.quote.contract";

export type CartStatus = "open" | "locked" | "completed" | "merged" | "expired";

/** What is not any more as the customer was told. Amounts are per unit, but for the total. */
export type CartChange =
  | { readonly kind: "price"; readonly lineId: string; readonly wasMinor: number; readonly isMinor: number }
  | { readonly kind: "stock"; readonly lineId: string; readonly wanted: number; readonly available: number }
  | { readonly kind: "withdrawn"; readonly lineId: string; readonly what: "offer" | "product" | "listing" }
  | { readonly kind: "seller"; readonly lineId: string; readonly sellerId: string }
  | { readonly kind: "coupon"; readonly code: string; readonly why: CouponFault }
  | { readonly kind: "shipping"; readonly sellerId: string; readonly methodId: string }
  | { readonly kind: "total"; readonly wasMinor: number; readonly isMinor: number };

/** Why a coupon has no effect that had one, or that was to have one. */
export type CouponFault =
  "unknown" | "revoked" | "stopped" | "early" | "expired" | "elsewhere" | "anonymous" | "used-up";

/** What is yet to be said before a cart can be bought. */
export type CartLack = "lines" | "contact" | "address" | "country" | "shipping" | "taxes";

export interface CartLine {
  readonly lineId: string;
  readonly offerId: string;
  readonly quantity: number;
  /** Per unit, as the customer was told. */
  readonly seenMinor: number;
}

/** Which way the parcel of a seller is to travel. */
export interface ChosenShipping {
  readonly sellerId: string;
  readonly methodId: string;
}

export interface CartView {
  readonly id: string;
  readonly version: number;
  readonly status: CartStatus;
  readonly channelId: string;
  readonly currency: string;
  readonly customerId: string | null;
  readonly lines: readonly CartLine[];
  readonly coupons: readonly string[];
  readonly shipping: readonly ChosenShipping[];
  readonly contact: Contact | null;
  readonly shippingAddress: Address | null;
  readonly billingAddress: Address | null;
  /** What it costs now: of the lines that can be bought. Null as long as nobody can say, see `missing`. */
  readonly quote: Quote | null;
  readonly changes: readonly CartChange[];
  readonly missing: readonly CartLack[];
}

/** For checkout: what a quote does not say. */
export interface CartGlance extends Omit<CartView, "quote" | "changes" | "missing" | "lines"> {
  readonly lines: number;
  /** The checkout that holds it, while it is locked. */
  readonly checkoutId: string | null;
  /** The checkouts that this cart went through. */
  readonly completed: number;
}

export interface ListedCart {
  readonly id: string;
  readonly version: number;
  readonly status: CartStatus;
  readonly channelId: string;
  readonly currency: string;
  readonly customerId: string | null;
  readonly lines: number;
  readonly units: number;
  /** At the prices that the customer was told, before discounts. */
  readonly worthMinor: number;
  /** Whether there is an address to write to. */
  readonly reachable: boolean;
  readonly changedAt: string;
}

const id = idSchema.required();
const count = Joi.number().integer().min(0).required();
const version = Joi.number().integer().min(1).required();
const status = Joi.string().valid("open", "locked", "completed", "merged", "expired").required();

const changeSchema = Joi.object({
  kind: Joi.string().valid("price", "stock", "withdrawn", "seller", "coupon", "shipping", "total").required(),
  lineId: idSchema,
  sellerId: idSchema,
  methodId: idSchema,
  code: couponCodeSchema,
  what: Joi.string().valid("offer", "product", "listing"),
  why: Joi.string().valid("unknown", "revoked", "stopped", "early", "expired", "elsewhere", "anonymous", "used-up"),
  wasMinor: Joi.number().integer(),
  isMinor: Joi.number().integer(),
  wanted: Joi.number().integer(),
  available: Joi.number().integer(),
}).description("What is not any more as the customer was told; `kind` says which fields there are");

const head = {
  id,
  version,
  status,
  channelId: id,
  currency: currencySchema.required(),
  customerId: idSchema.allow(null).required(),
};

// not strict: Joi has no word for read-only lists
export const cartViewSchema = Joi.object<CartView>({
  ...head,
  lines: Joi.array()
    .items(Joi.object<CartLine, true>({ lineId: id, offerId: id, quantity: count, seenMinor: count }))
    .max(LINES_MAX)
    .required(),
  coupons: Joi.array().items(couponCodeSchema).max(COUPONS_MAX).required(),
  shipping: Joi.array()
    .items(Joi.object<ChosenShipping, true>({ sellerId: id, methodId: id }))
    .max(LINES_MAX)
    .required(),
  contact: contactSchema.allow(null).required(),
  shippingAddress: addressSchema.allow(null).required(),
  billingAddress: addressSchema.allow(null).required(),
  quote: quoteSchema.allow(null).required(),
  changes: Joi.array().items(changeSchema).max(1_000).required(),
  missing: Joi.array()
    .items(Joi.string().valid("lines", "contact", "address", "country", "shipping", "taxes"))
    .required(),
});

export const listedCartSchema = Joi.object<ListedCart, true>({
  ...head,
  lines: count,
  units: count,
  worthMinor: count,
  reachable: Joi.boolean().required(),
  changedAt: Joi.string().isoDate().required(),
});
