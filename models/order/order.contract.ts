import Joi from "../kernel/schema";
import { PUBLIC, type Contract, type Receipt } from "../kernel/contract";
import { addressSchema, LINES_MAX } from "../cart/cart.quote.contract";
import { idSchema, plainText } from "../kernel/text";
import type {
  OrderId,
  OrderUnits,
  ShipOrder,
  DeliverOrder,
  CancelOrder,
  DeclineOrder,
  EditOrder,
  RedirectOrder,
  RefundOrder,
  SoldOrder,
  TrackOrder,
} from "./order.commands.contract";
import { orderGuest, type OrderGuestCalls } from "./order.guest.contract";
import { orderInside, orderStep, type OrderInsideCalls } from "./order.inside.contract";
import { unitsSchema } from "./order.exchange.contract";
import { orderMachineSchema, type OrderMachine } from "./order.machine.contract";
import { orderAmount, orderIdOf, orderQuantity, placeOrderSchema, type PlaceOrder } from "./order.place.contract";
import { orderRaise, type OrderRaiseCalls } from "./order.raise.contract";
import { orderSearch, type OrderSearchCalls } from "./order.search.contract";
import { orderViewSchema, type OrderView } from "./order.view.contract";

export interface OrderCalls extends OrderInsideCalls, OrderSearchCalls, OrderRaiseCalls, OrderGuestCalls {
  "order.place": { params: PlaceOrder; result: Receipt };
  "order.ship": { params: ShipOrder; result: Receipt };
  "order.deliver": { params: DeliverOrder; result: Receipt };
  "order.cancel": { params: CancelOrder; result: Receipt };
  "order.decline": { params: DeclineOrder; result: Receipt };
  "order.edit": { params: EditOrder; result: Receipt };
  "order.redirect": { params: RedirectOrder; result: Receipt };
  "order.refund": { params: RefundOrder; result: Receipt };
  "order.retry": { params: OrderId; result: Receipt };
  "order.get": { params: OrderId; result: OrderView };
  "order.sold": { params: SoldOrder; result: OrderView };
  "order.track": { params: TrackOrder; result: OrderView };
  "order.machine": { params: Record<string, never>; result: OrderMachine };
}

const REASON_MAX = 500;
const id = idSchema.required();
const byId = Joi.object<OrderId, true>({ id });
const reason = plainText(REASON_MAX).min(1);
const newUnits = Joi.array()
  .items(Joi.object<OrderUnits, true>({ lineId: id, quantity: orderQuantity.min(0).required() }))
  .unique("lineId")
  .min(1)
  .max(LINES_MAX);

const onOne = { kind: "command", key: "id" } as const;
const ofSeller = { ...onOne, permission: "order.fulfil", owner: { field: "sellerId" } } as const;
const ofCustomer = { ...onOne, permission: "order.cancel", owner: { field: "customerId" } } as const;
/** A guest's order is a subject of its own: see order.model.ts. */
const buyerOf = ({ id: order, customerId, contact }: OrderView): readonly string[] =>
  contact === null ? [] : [customerId ?? `order-${order}`];
const read = {
  ...({ kind: "query", key: "id", result: orderViewSchema } as const),
  // who opens a guest's order by its key and could do so anyway is one of the mall's people all the same
  discloses: { of: buyerOf, by: "order.read" },
};
const post = (path: string) => ({ http: { method: "POST", path: `/v1/orders/{id}/${path}` } }) as const;

export const orderContract: Contract<OrderCalls> = {
  aggregate: "order",
  actions: {
    "order.place": {
      kind: "command",
      first: true,
      keyOf: orderIdOf,
      summary: "Place a seller's part of what was checked out",
      params: placeOrderSchema,
      permission: "order.place",
      owner: "platform",
      channel: { field: "channelId" },
    },
    "order.ship": {
      ...ofSeller,
      summary: "Record that units were sent, by a carrier and under a number",
      params: Joi.object<ShipOrder, true>({
        id,
        lines: unitsSchema.min(1),
        carrier: plainText(60).min(1),
        tracking: plainText(80).min(1),
      }),
      ...post("ship"),
    },
    "order.deliver": {
      ...ofSeller,
      summary: "Record that a parcel has arrived",
      params: Joi.object<DeliverOrder, true>({ id, fulfilmentId: orderStep.required() }),
      ...post("deliver"),
    },
    "order.cancel": {
      ...ofCustomer,
      summary: "Cancel what is not sent yet, as long as no parcel of the order was; files stay with who has them",
      params: Joi.object<CancelOrder, true>({ id, reason }),
      ...post("cancel"),
    },
    "order.decline": {
      ...ofSeller,
      summary: "Cancel units that cannot be sent",
      params: Joi.object<DeclineOrder, true>({ id, lines: unitsSchema.min(1), reason: reason.required() }),
      ...post("decline"),
    },
    "order.edit": {
      ...ofSeller,
      summary: "Lower quantities or the price of what is not sent yet; a price that was paid counts as given back",
      fourEyes: "by-state",
      params: Joi.object<EditOrder, true>({
        id,
        lines: newUnits,
        reductionMinor: orderAmount.min(1),
        reason: reason.required(),
      }).or("lines", "reductionMinor"),
      ...post("edit"),
    },
    "order.redirect": {
      ...ofCustomer,
      summary: "Send an order elsewhere, as long as no parcel of it was sent",
      params: Joi.object<RedirectOrder, true>({ id, shippingAddress: addressSchema.required() }),
      ...post("address"),
    },
    "order.refund": {
      ...onOne,
      permission: "order.refund",
      owner: { field: "sellerId" },
      summary: "Give back a part of what was paid, for a reason of its own; much of it by the mall takes two people",
      params: Joi.object<RefundOrder, true>({
        id,
        amountMinor: orderAmount.min(1).required(),
        reason: reason.required(),
      }),
      fourEyes: "by-state",
      ...post("refund"),
    },
    "order.retry": {
      ...onOne,
      permission: "order.support",
      owner: "platform",
      summary: "Try again what could not be carried out",
      params: byId,
      ...post("retry"),
    },
    "order.get": {
      ...read,
      permission: "order.read",
      owner: { field: "customerId" },
      summary: "One order, for who bought it",
      params: byId,
      http: { method: "GET", path: "/v1/orders/{id}" },
    },
    "order.sold": {
      ...read,
      permission: "order.fulfil",
      owner: { field: "sellerId" },
      summary: "One order, for who sold it",
      params: Joi.object<SoldOrder, true>({ id, sellerId: id }),
      http: { method: "GET", path: "/v1/sellers/{sellerId}/orders/{id}" },
    },
    "order.track": {
      ...read,
      permission: PUBLIC,
      owner: { field: "customerId" },
      summary: "One order, for whoever has the key that came by mail",
      params: Joi.object<TrackOrder, true>({ id, key: plainText(64).min(1).required() }),
      http: { method: "GET", path: "/v1/orders/{id}/track" },
    },
    "order.machine": {
      kind: "query",
      permission: PUBLIC,
      owner: "platform",
      summary: "In which statuses an order can be, and what leads from one to the other",
      params: Joi.object<Record<string, never>, true>({}),
      result: orderMachineSchema,
      http: { method: "GET", path: "/v1/orders/machine" },
    },
    ...orderRaise,
    ...orderGuest,
    ...orderInside,
    ...orderSearch,
  },
};
