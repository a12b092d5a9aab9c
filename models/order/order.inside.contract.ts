/** What the mall itself tells an order: of its payment, of returns, and of what was carried out. No routes. */
import Joi from "../kernel/schema";
import { contactSchema, type Contact } from "../cart/cart.quote.contract";
import type { Actions, Receipt } from "../kernel/contract";
import { idSchema, plainText } from "../kernel/text";
import type {
  OrderPaper,
  AdmitReturn,
  FinishTasks,
  OrderId,
  RecordCapture,
  RefundReplaced,
  SettleReturn,
  TasksDone,
} from "./order.commands.contract";
import { orderAmount, orderLanguage, reservationSchema } from "./order.place.contract";
import type { OrderLanguage, OrderReservation } from "./order.place.contract";
import { exchangedArticles, orderExchange, unitsSchema, type OrderExchangeCalls } from "./order.exchange.contract";

/** Where the units of an order's lines were promised. */
export interface OrderPlaces {
  readonly places: readonly OrderReservation[];
}

/** Whom to tell about an order, and how; contact is null once the person's data were erased. */
export interface OrderAddressee extends OrderId {
  readonly customerId: string | null;
  readonly contact: Contact | null;
  readonly number: string;
  readonly language: OrderLanguage;
  /** Opens the order to whoever has it. */
  readonly trackKey: string;
}

export interface OrderInsideCalls extends OrderExchangeCalls {
  "order.addressee": { params: OrderId; result: OrderAddressee };
  "order.reservations": { params: OrderId; result: OrderPlaces };
  "order.recordCapture": { params: RecordCapture; result: Receipt };
  "order.admitReturn": { params: AdmitReturn; result: Receipt };
  "order.settleReturn": { params: SettleReturn; result: Receipt };
  "order.refundReplaced": { params: RefundReplaced; result: Receipt };
  "order.carryOut": { params: OrderId; result: TasksDone };
  "order.finish": { params: FinishTasks; result: Receipt };
}

const id = idSchema.required();

/** Tasks that wait at once; more than a handful wait only where something is down. */
export const TASKS_MAX = 50;
const REASON_MAX = 500;
const byId = Joi.object<OrderId, true>({ id });
export const paperSchema = Joi.object<OrderPaper, true>({
  kind: Joi.string().valid("invoice", "credit-note").required(),
  number: Joi.number().integer().min(1).required(),
});
/** `t1`: a task, `f1`: a fulfilment. */
export const orderStep = plainText(12).pattern(/^[a-z]\d{1,6}$/, "step of an order");
const onOne = { kind: "command", key: "id", owner: "platform" } as const;
const ofMall = { ...onOne, permission: "order.settle" } as const;

export const orderInside: Actions<OrderInsideCalls> = {
  "order.reservations": {
    kind: "query",
    key: "id",
    permission: "order.settle",
    owner: "platform",
    summary: "Where the units of an order were promised, for other services",
    params: byId,
    result: Joi.object<OrderPlaces>({ places: Joi.array().items(reservationSchema).required() }),
  },
  "order.addressee": {
    kind: "query",
    key: "id",
    permission: "order.settle",
    owner: "platform",
    summary: "Whom to tell about an order, for other services",
    params: byId,
    result: Joi.object<OrderAddressee, true>({
      id,
      customerId: idSchema.allow(null).required(),
      contact: contactSchema.allow(null).required(),
      number: plainText(60).required(),
      language: orderLanguage.required(),
      trackKey: plainText(64).required(),
    }),
  },
  ...orderExchange,
  "order.recordCapture": {
    ...ofMall,
    summary: "Record that the order's share of the payment was taken",
    params: Joi.object<RecordCapture, true>({ id, captureId: id, amountMinor: orderAmount.required() }),
  },
  "order.admitReturn": {
    ...ofMall,
    summary: "Set units aside for a return",
    params: Joi.object<AdmitReturn, true>({ id, returnId: id, lines: unitsSchema.min(1).required() }),
  },
  "order.settleReturn": {
    ...ofMall,
    summary: "Record what became of a return, and pay back what is due, or put it against other articles",
    // not strict: Joi has no word for read-only lists
    params: Joi.object<SettleReturn>({
      id,
      returnId: id,
      admitted: unitsSchema.min(1).required(),
      accepted: unitsSchema.required(),
      refund: Joi.boolean().required(),
      keepMinor: orderAmount.required(),
      sendingBack: Joi.boolean(),
      exchange: exchangedArticles,
    }),
  },
  "order.refundReplaced": {
    ...ofMall,
    summary: "Pay back units whose replacement came back",
    params: Joi.object<RefundReplaced, true>({
      id,
      returnId: id,
      lines: unitsSchema.min(1).required(),
      keepMinor: orderAmount.required(),
      sendingBack: Joi.boolean(),
    }),
  },
  "order.carryOut": {
    ...onOne,
    kind: "procedure",
    permission: "order.carry-out",
    owner: "platform",
    summary: "Do what the order's last steps ask for: take money, give it back, send, book, write",
    params: byId,
    result: Joi.object<TasksDone, true>({ id, done: Joi.number().required(), failed: Joi.number().required() }),
  },
  "order.finish": {
    ...onOne,
    permission: "order.carry-out",
    owner: "platform",
    summary: "Record what was carried out",
    params: Joi.object<FinishTasks>({
      id,
      papers: Joi.array().items(paperSchema).max(TASKS_MAX).required(),
      done: Joi.array().items(orderStep).max(TASKS_MAX).required(),
      failed: Joi.array()
        .items(Joi.object({ id: orderStep.required(), reason: plainText(REASON_MAX).required() }))
        .max(TASKS_MAX)
        .required(),
    }),
  },
};
