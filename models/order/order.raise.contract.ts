/**
 * More of an order than was bought: its seller proposes it, its customer pays the difference with a payment of its own,
 * and only then is the order another one. What is refused, lapses or cannot be paid leaves the order as it was.
 */
import Joi from "../kernel/schema";
import type { QuoteLine } from "../cart/cart.quote.contract";
import { quoteLineSchema } from "../cart/cart.quote.contract";
import type { AppliedCommission } from "../commission/commission.contract";
import type { Actions, Receipt } from "../kernel/contract";
import { derivedId } from "../kernel/ids";
import { idSchema, plainText } from "../kernel/text";
import type { OrderId, OrderUnits } from "./order.commands.contract";
import { orderAmount, orderQuantity, reservationSchema, type OrderReservation } from "./order.place.contract";

/** So many units of an offer of the same seller. */
export interface OrderArticle {
  readonly offerId: string;
  readonly quantity: number;
}

/**
 * So many more units of lines, at the price for which they were bought; articles that are not in the order, at the
 * price that its customer has now. Both without discounts.
 */
export interface RaiseOrder extends OrderId {
  readonly lines?: OrderUnits[];
  readonly articles?: OrderArticle[];
  readonly reason: string;
}

/** `raiseId` as the order shows it: another one may have been proposed meanwhile. */
export interface RaiseRef extends OrderId {
  readonly raiseId: string;
}

/** Paid and reserved: now it is a part of the order. */
export interface ExtendOrder extends RaiseRef {
  readonly paymentId: string;
  readonly captureId: string;
  readonly reservations: readonly OrderReservation[];
}

/** Of a return against other articles: what came back, and for how much it is put against them. */
export interface RaiseExchange {
  readonly returnId: string;
  readonly creditMinor: number;
}

/** What was proposed, and waits for its customer. */
export interface Raise {
  readonly raiseId: string;
  readonly lines: readonly QuoteLine[];
  /** What is to be paid: of an exchange, the difference. */
  readonly totalMinor: number;
  readonly reason: string;
  readonly until: string;
  /** Refused or not answered, what came back is paid back. */
  readonly exchange?: RaiseExchange;
}

/** What the service adds to what the seller says. */
export interface PricedRaise extends RaiseOrder {
  readonly priced: readonly QuoteLine[];
  readonly commissions: readonly AppliedCommission[];
}

/** One payment of an order: the one that it was bought with, and those for what came to it. */
export interface OrderPaymentView {
  readonly paymentId: string;
  readonly capturedMinor: number;
  readonly refundedMinor: number;
}

export interface OrderRaiseCalls {
  "order.raise": { params: RaiseOrder; result: Receipt };
  "order.refuseRaise": { params: RaiseRef; result: Receipt };
  "order.lapseRaise": { params: RaiseRef; result: Receipt };
  "order.extend": { params: ExtendOrder; result: Receipt };
}

/** Of one order; more is another order. */
export const MORE_PAYMENTS_MAX = 10;
/** Of one proposal, lines and articles together. */
const LINES_MAX = 40;

export const supplementIdOf = (orderId: string, raiseId: string, commandId: string): string =>
  derivedId("supplement", orderId, raiseId, commandId);

const id = idSchema.required();
const reason = plainText(500).min(1).required();
const raiseId = plainText(12)
  .pattern(/^x\d{1,6}$/, "proposal of an order")
  .required();
const ref = Joi.object<RaiseRef, true>({ id, raiseId });
const onOne = { kind: "command", key: "id" } as const;

// not strict: Joi has no word for read-only lists
export const raiseSchema = Joi.object<Raise>({
  raiseId,
  lines: Joi.array().items(quoteLineSchema).max(LINES_MAX).required(),
  totalMinor: orderAmount.required(),
  reason,
  until: Joi.string().isoDate().required(),
  exchange: Joi.object<RaiseExchange, true>({ returnId: id, creditMinor: orderAmount.required() }),
});

export const orderPaymentsSchema = Joi.array()
  .items(
    Joi.object<OrderPaymentView, true>({
      paymentId: id,
      capturedMinor: orderAmount.required(),
      refundedMinor: orderAmount.required(),
    }),
  )
  .max(MORE_PAYMENTS_MAX + 1)
  .required();

export const orderRaise: Actions<OrderRaiseCalls> = {
  "order.raise": {
    ...onOne,
    permission: "order.fulfil",
    owner: { field: "sellerId" },
    summary: "Propose more than was bought: the customer pays the difference, or the order stays as it is",
    params: Joi.object<RaiseOrder, true>({
      id,
      lines: Joi.array()
        .items(Joi.object<OrderUnits, true>({ lineId: id, quantity: orderQuantity.required() }))
        .unique("lineId")
        .min(1)
        .max(LINES_MAX / 2),
      articles: Joi.array()
        .items(Joi.object<OrderArticle, true>({ offerId: id, quantity: orderQuantity.required() }))
        .unique("offerId")
        .min(1)
        .max(LINES_MAX / 2),
      reason,
    }).or("lines", "articles"),
    http: { method: "POST", path: "/v1/orders/{id}/raise" },
  },
  "order.refuseRaise": {
    ...onOne,
    permission: "order.cancel",
    owner: { field: "customerId" },
    summary: "Leave an order as it is, whatever its seller proposes",
    params: ref,
    http: { method: "POST", path: "/v1/orders/{id}/raise/{raiseId}/refuse" },
  },
  "order.lapseRaise": {
    ...onOne,
    permission: "order.carry-out",
    owner: "platform",
    summary: "Let a proposal go that nobody has answered; sent by the order's timer",
    params: ref,
  },
  "order.extend": {
    ...onOne,
    permission: "order.settle",
    owner: "platform",
    summary: "Make what was proposed, and is paid and reserved, a part of the order",
    params: Joi.object<ExtendOrder>({
      id,
      raiseId,
      paymentId: id,
      captureId: id,
      reservations: Joi.array().items(reservationSchema).max(100).required(),
    }),
  },
};
