/**
 * What was bought, sent back or made good elsewhere, before this mall or beside it: at another shop, at a till. It
 * becomes an order like any other, with its payment, its entries in the books and its history.
 */
import Joi from "../kernel/schema";
import type { Contract } from "../kernel/contract";
import { derivedId } from "../kernel/ids";
import { currencySchema } from "../kernel/money";
import { idSchema, plainText } from "../kernel/text";
import type { OrderUnits } from "./order.commands.contract";
import { unitsSchema } from "./order.exchange.contract";
import { orderAmount, orderIdOf, soldSchemas, type PlaceOrder } from "./order.place.contract";

/** What was paid and handed over already. */
export interface RecordOrder extends Omit<PlaceOrder, "checkoutId" | "reservations" | "payment" | "parcel"> {
  /** What the other system calls it; unique among what is recorded of the seller. */
  readonly reference: string;
}

export interface RecordReturn {
  readonly orderId: string;
  /** What the other system calls it; unique among the order's returns. */
  readonly reference: string;
  readonly lines: OrderUnits[];
}

/** Money that a seller gave back although no purchase of it is known. */
export interface RecordCredit {
  readonly sellerId: string;
  readonly currency: string;
  readonly reference: string;
  readonly amountMinor: number;
}

export interface Recorded {
  /** Of the order, of the return, of the seller's book. */
  readonly id: string;
}

export interface OrderRecordCalls {
  "order.record": { params: RecordOrder; result: Recorded };
  "order.recordReturn": { params: RecordReturn; result: Recorded };
  "order.recordCredit": { params: RecordCredit; result: Recorded };
}

type Reference = Pick<RecordOrder, "sellerId" | "reference">;

export const recordedCheckoutId = ({ sellerId, reference }: Reference): string =>
  derivedId("recorded", sellerId, reference);

/** Known beforehand, so that returns can be sent without asking. */
export const recordedOrderId = (of: Reference): string =>
  orderIdOf({ checkoutId: recordedCheckoutId(of), sellerId: of.sellerId });

export const recordedReturnId = ({ orderId, reference }: Pick<RecordReturn, "orderId" | "reference">): string =>
  derivedId("recorded-return", orderId, reference);

const id = idSchema.required();
const reference = plainText(80).min(1).required();
const procedure = {
  kind: "procedure",
  permission: "order.record",
  owner: "platform",
  result: Joi.object<Recorded, true>({ id }),
} as const;

export const orderRecordContract: Contract<OrderRecordCalls> = {
  aggregate: "order",
  actions: {
    "order.record": {
      ...procedure,
      summary: "Record what was bought, paid and handed over elsewhere, as an order of its time",
      // not strict: Joi has no word for read-only lists
      params: Joi.object<RecordOrder>({ reference, ...soldSchemas }),
      http: { method: "POST", path: "/v1/orders/recorded" },
    },
    "order.recordReturn": {
      ...procedure,
      summary: "Record that units of an order came back and were paid back",
      params: Joi.object<RecordReturn, true>({ orderId: id, reference, lines: unitsSchema.min(1).required() }),
      http: { method: "POST", path: "/v1/orders/{orderId}/recorded-returns" },
    },
    "order.recordCredit": {
      ...procedure,
      summary: "Record that a seller gave money back for which no purchase is known",
      params: Joi.object<RecordCredit, true>({
        sellerId: id,
        currency: currencySchema.required(),
        reference,
        amountMinor: orderAmount.min(1).required(),
      }),
      http: { method: "POST", path: "/v1/orders/recorded-credits" },
    },
  },
};
