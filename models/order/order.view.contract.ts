/** An order as its customer, its seller and the mall's people read it. */
import Joi from "../kernel/schema";
import { addressSchema, contactSchema, quoteLineSchema, quoteParcelSchema } from "../cart/cart.quote.contract";
import type { Address, Contact, QuoteLine, QuoteParcel } from "../cart/cart.quote.contract";
import type { OrderPaper } from "./order.commands.contract";
import { currencySchema } from "../kernel/money";
import { idSchema, plainText, versionSchema } from "../kernel/text";
import { orderPaymentsSchema, raiseSchema, type OrderPaymentView, type Raise } from "./order.raise.contract";
import { orderStatus, type OrderStatus } from "./order.machine.contract";
import { orderAmount } from "./order.place.contract";

/** How far a line is, in units. */
export interface LineProgress {
  readonly open: number;
  readonly shipped: number;
  readonly cancelled: number;
  /** In a return that is not settled. */
  readonly returning: number;
  readonly returned: number;
  readonly refunded: number;
}

export interface OrderLineView extends QuoteLine {
  readonly progress: LineProgress;
}

export interface FulfilmentView {
  readonly id: string;
  readonly at: string;
  readonly carrier: string | null;
  readonly tracking: string | null;
  readonly deliveredAt: string | null;
  /** Units by line. */
  readonly lines: { readonly lineId: string; readonly quantity: number }[];
}

export type PaymentStatus = "authorised" | "part-captured" | "captured" | "part-refunded" | "refunded";

export interface OrderMoney {
  readonly status: PaymentStatus;
  readonly paymentId: string;
  readonly totalMinor: number;
  readonly taxMinor: number;
  readonly capturedMinor: number;
  readonly refundedMinor: number;
  /** What of both sums was put against articles that were taken instead, and moved by no payment. */
  readonly exchangedMinor: number;
  /** The first is `paymentId`; then those for what came to the order later. */
  readonly payments: readonly OrderPaymentView[];
}

export interface OrderView {
  readonly id: string;
  readonly version: number;
  readonly number: string;
  readonly status: OrderStatus;
  readonly groupId: string;
  readonly channelId: string;
  readonly sellerId: string;
  readonly customerId: string | null;
  readonly placedAt: string;
  /** Of an exchange: the order that was paid for; what comes back of this one is paid back there. */
  readonly replaces: string | null;
  readonly currency: string;
  readonly taxInclusive: boolean;
  /** Null once the person's data were erased. */
  readonly contact: Contact | null;
  readonly shippingAddress: Address | null;
  readonly billingAddress: Address | null;
  readonly lines: OrderLineView[];
  readonly parcel: QuoteParcel | null;
  readonly money: OrderMoney;
  readonly fulfilments: FulfilmentView[];
  /** Invoices and credit notes: see `/v1/invoices`. */
  readonly papers: readonly OrderPaper[];
  /** The last ones that were asked for: see `/v1/returns`. */
  readonly returns: readonly string[];
  /** What its seller proposes, and waits for its customer. */
  readonly raise: Raise | null;
  /** What could not be carried out, and why: somebody has to look. */
  readonly problems: { readonly task: string; readonly reason: string }[];
}

/** All of them stand in the order's history. */
export const RETURNS_SHOWN_MAX = 20;

const id = idSchema.required();
const count = Joi.number().integer().min(0).required();
const moment = Joi.string().isoDate();
const amount = orderAmount.required();
const perhaps = plainText(80).allow(null).required();

const progress = Joi.object<LineProgress, true>({
  open: count,
  shipped: count,
  cancelled: count,
  returning: count,
  returned: count,
  refunded: count,
});

const fulfilment = Joi.object<FulfilmentView, true>({
  id: Joi.string().required(),
  at: moment.required(),
  carrier: perhaps,
  tracking: perhaps,
  deliveredAt: moment.allow(null).required(),
  lines: Joi.array()
    .items(Joi.object({ lineId: id, quantity: count }))
    .required(),
});

export const paymentStatusSchema = Joi.string<PaymentStatus>().valid(
  "authorised",
  "part-captured",
  "captured",
  "part-refunded",
  "refunded",
);

export const orderViewSchema = Joi.object<OrderView>({
  id,
  version: versionSchema.required(),
  number: plainText(60).required(),
  status: orderStatus.required(),
  groupId: id,
  channelId: id,
  sellerId: id,
  customerId: idSchema.allow(null).required(),
  placedAt: moment.required(),
  replaces: idSchema.allow(null).required(),
  currency: currencySchema.required(),
  taxInclusive: Joi.boolean().required(),
  contact: contactSchema.allow(null).required(),
  shippingAddress: addressSchema.allow(null).required(),
  billingAddress: addressSchema.allow(null).required(),
  lines: Joi.array()
    .items(quoteLineSchema.append<OrderLineView>({ progress: progress.required() }))
    .required(),
  parcel: quoteParcelSchema.allow(null).required(),
  money: Joi.object<OrderMoney>({
    status: paymentStatusSchema.required(),
    paymentId: id,
    totalMinor: amount,
    taxMinor: amount,
    capturedMinor: amount,
    refundedMinor: amount,
    exchangedMinor: amount,
    payments: orderPaymentsSchema,
  }).required(),
  papers: Joi.array()
    .items(Joi.object({ kind: Joi.string().required(), number: count }))
    .required(),
  fulfilments: Joi.array().items(fulfilment).required(),
  returns: Joi.array().items(idSchema).max(RETURNS_SHOWN_MAX).required(),
  raise: raiseSchema.allow(null).required(),
  problems: Joi.array()
    .items(Joi.object({ task: Joi.string().required(), reason: Joi.string().required() }))
    .required(),
});
