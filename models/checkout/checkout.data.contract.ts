/** What a checkout knows: what the customer said at its beginning, and what its steps learnt. */
import Joi from "../kernel/schema";
import { addressSchema, contactSchema, type Address, type Contact } from "../cart/cart.quote.contract";
import type { Failure } from "../kernel/saga";
import { failureSchema } from "../kernel/saga.contract";
import { AMOUNT_MINOR_MAX, currencySchema } from "../kernel/money";
import { idSchema, plainText } from "../kernel/text";
import { locationCodeSchema } from "../location/location.contract";
import { deviceCode } from "../fraud/fraud.device.contract";
import { orderLanguage, type OrderLanguage } from "../order/order.place.contract";
import type { Allocation } from "./checkout.allocation.contract";
import { packedSchema, type PackedQuote } from "./checkout.packed.contract";

/** `order`: the money is taken when all orders are placed; `shipment`: each order takes it for what it ships. */
export type CapturePolicy = "order" | "shipment";

export interface CheckoutData {
  readonly cartId: string;
  readonly channelId: string;
  readonly customerId: string | null;
  readonly provider: string;
  /** The token of the card. Shown to nobody. */
  readonly method: string;
  readonly capture: CapturePolicy;
  /** What the customer has agreed to pay; null: whatever the cart comes to. */
  readonly agreedMinor: number | null;
  /** In which the customer is written to. */
  readonly language?: OrderLanguage;
  /** A code of the browser, where it told which it is. */
  readonly device?: string;
  /** Null after the person's data was erased. */
  readonly contact: Contact | null;
  readonly shippingAddress: Address | null;
  readonly billingAddress: Address | null;
  readonly quote?: PackedQuote;
  readonly currency?: string;
  readonly totalMinor?: number;
  readonly allocations?: readonly Allocation[];
  /** Whether another try could find the goods elsewhere. */
  readonly spread?: boolean;
  /** The customer has to prove who they are. */
  readonly strong?: boolean;
  /** What could not be done for a day after the orders were placed: somebody of the mall has to look at it. */
  readonly unfinished?: Failure;
  /** Where the customer does what the bank asks for. */
  readonly challengeUrl?: string;
  /** Sellers whose orders are placed: what they were promised is theirs. */
  readonly placed?: readonly string[];
  readonly captureId?: string;
}

const ALLOCATIONS_MAX = 1_000;
const SELLERS_MAX = 200;
const id = idSchema.required();
export const checkoutAmount = Joi.number()
  .integer()
  .min(0)
  .max(AMOUNT_MINOR_MAX * 4);
export const capturePolicy = Joi.string<CapturePolicy>().valid("order", "shipment");

export const beginKeys = {
  cartId: id,
  channelId: id,
  customerId: idSchema.allow(null).required(),
  provider: plainText(32).required(),
  method: plainText(200).allow("").required(),
  capture: capturePolicy.required(),
  agreedMinor: checkoutAmount.allow(null).required(),
  language: orderLanguage,
  device: deviceCode,
  contact: contactSchema.allow(null).required(),
  shippingAddress: addressSchema.allow(null).required(),
  billingAddress: addressSchema.allow(null).required(),
};

export const patchKeys = {
  quote: packedSchema,
  currency: currencySchema,
  totalMinor: checkoutAmount,
  allocations: Joi.array()
    .items(
      Joi.object<Allocation, true>({
        offerId: id,
        location: locationCodeSchema.required(),
        quantity: Joi.number().integer().min(1).required(),
        holdId: id,
      }),
    )
    .max(ALLOCATIONS_MAX),
  spread: Joi.boolean(),
  strong: Joi.boolean(),
  challengeUrl: plainText(2_000),
  placed: Joi.array().items(idSchema).max(SELLERS_MAX),
  captureId: idSchema,
  unfinished: failureSchema,
};
