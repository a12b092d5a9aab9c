/** What checkout places an order with: one seller's part of a quote, reserved and authorised. */
import Joi from "../kernel/schema";
import {
  addressSchema,
  contactSchema,
  LINES_MAX,
  QUANTITY_MAX,
  quoteLineSchema,
  quoteParcelSchema,
  type Address,
  type Contact,
  type QuoteLine,
  type QuoteParcel,
} from "../cart/cart.quote.contract";
import { derivedId } from "../kernel/ids";
import { AMOUNT_MINOR_MAX, currencySchema } from "../kernel/money";
import { idSchema, OWN_LANGUAGES, type OwnLanguage } from "../kernel/text";
import { locationCodeSchema } from "../location/location.contract";

/** So many units of a line are held at a location, under the hold that checkout made. */
export interface OrderReservation {
  readonly lineId: string;
  readonly offerId: string;
  readonly location: string;
  readonly quantity: number;
  readonly holdId: string;
}

/** `order`: checkout takes the money when all orders are placed; `shipment`: each order takes it for what it ships. */
export type CapturePolicy = "order" | "shipment";

export interface OrderPayment {
  readonly paymentId: string;
  /** This order's share of what was authorised. */
  readonly totalMinor: number;
  /** Left out: `order`. */
  readonly capture?: CapturePolicy;
}

export interface PlaceOrder {
  readonly checkoutId: string;
  readonly channelId: string;
  /** Null for a guest. */
  readonly customerId: string | null;
  readonly contact: Contact;
  /** Left out where nothing is sent. */
  readonly shippingAddress?: Address;
  /** Left out: the shipping address. */
  readonly billingAddress?: Address;
  readonly sellerId: string;
  readonly currency: string;
  readonly taxInclusive: boolean;
  /** In which the customer is written to; left out: English. */
  readonly language?: OrderLanguage;
  readonly lines: readonly QuoteLine[];
  readonly parcel?: QuoteParcel;
  readonly reservations: readonly OrderReservation[];
  readonly payment: OrderPayment;
  /** Of an exchange: the order that was paid for, whose lines these are again. */
  readonly replaces?: string;
}

export type OrderLanguage = OwnLanguage;

/** One order per checkout and seller: placing it again is the same order. */
export const orderIdOf = ({ checkoutId, sellerId }: Pick<PlaceOrder, "checkoutId" | "sellerId">): string =>
  derivedId("order", checkoutId, sellerId);

/** What was bought together, of however many sellers. */
export const groupIdOf = ({ checkoutId }: Pick<PlaceOrder, "checkoutId">): string =>
  derivedId("ordergroup", checkoutId);

/** A line may be held at several locations. */
const RESERVATIONS_MAX = 5 * LINES_MAX;

const id = idSchema.required();
export const orderAmount = Joi.number()
  .integer()
  .min(0)
  .max(AMOUNT_MINOR_MAX * 4);
export const orderQuantity = Joi.number().integer().min(1).max(QUANTITY_MAX);
export const orderLanguage = Joi.string<OrderLanguage>().valid(...OWN_LANGUAGES);

export const reservationSchema = Joi.object<OrderReservation, true>({
  lineId: id,
  offerId: id,
  location: locationCodeSchema.required(),
  quantity: orderQuantity.required(),
  holdId: id,
});

/** Who bought what of whom. */
export const soldSchemas = {
  channelId: id,
  customerId: idSchema.allow(null).required(),
  contact: contactSchema.required(),
  shippingAddress: addressSchema,
  billingAddress: addressSchema,
  sellerId: id,
  currency: currencySchema.required(),
  taxInclusive: Joi.boolean().required(),
  language: orderLanguage,
  lines: Joi.array().items(quoteLineSchema).unique("lineId").min(1).max(LINES_MAX).required(),
};

// not strict: Joi has no word for read-only lists
export const placeOrderSchema = Joi.object<PlaceOrder>({
  checkoutId: id,
  ...soldSchemas,
  parcel: quoteParcelSchema,
  reservations: Joi.array().items(reservationSchema).max(RESERVATIONS_MAX).required(),
  payment: Joi.object<OrderPayment, true>({
    paymentId: id,
    totalMinor: orderAmount.required(),
    capture: Joi.string().valid("order", "shipment"),
  }).required(),
  replaces: idSchema,
});
