/**
 * What happened to orders, and the lines of those that were placed. Who bought is told by a word that is the same for
 * the same person and leads back to nobody; guests have none.
 */
import type { Commit } from "../../models/kernel/row";
import type { OrderEvent } from "../../models/order/order.events.aggregate";
import type { OrderState, PlacedOrder } from "../../models/order/order.state.aggregate";
import { integer, keyword, long } from "../kernel/fields";
import type { Json } from "../kernel/projection";
import type { Recording } from "../kernel/records";
import { common, hashOf } from "./record.projection";

/** Money that came or went with an event: what was bought, taken, given back. */
function amountOf(event: OrderEvent, order: PlacedOrder): number {
  if (event.type === "order.placed") return order.money.totalMinor;
  if (event.type === "order.captured" || event.type === "order.refunded") return event.data.amountMinor;
  return 0;
}

function base(commit: Commit, order: PlacedOrder): Json {
  return {
    "@timestamp": commit.occurredAt,
    "event.dataset": "stoa.order",
    "organization.id": order.sellerId,
    "user.hash": hashOf(order.customerId),
    "stoa.buyer.known": order.customerId === null ? "no" : "yes",
    "stoa.order.id": order.id,
    "stoa.channel.id": order.channelId,
    "stoa.currency": order.currency,
  };
}

function happened(commit: Commit): readonly Json[] {
  const order = commit.state as OrderState;
  if (order.status === "absent") return [];
  return (commit.events as readonly OrderEvent[]).map((event) => ({
    ...base(commit, order),
    "event.action": event.type,
    "stoa.order.status": order.status,
    "stoa.order.amount_minor": amountOf(event, order),
    "stoa.order.units": order.lines.reduce((sum, { quantity }) => sum + quantity, 0),
  }));
}

function lines(commit: Commit): readonly Json[] {
  const order = commit.state as OrderState;
  const isNew = (commit.events as readonly OrderEvent[]).some(({ type }) => type === "order.placed");
  if (order.status === "absent" || !isNew) return [];
  return order.lines.map((line) => ({
    ...base(commit, order),
    "event.action": "order.placed",
    "stoa.product.id": line.productId,
    "stoa.product.title": line.title,
    "stoa.order.units": line.quantity,
    "stoa.order.amount_minor": line.totalMinor,
  }));
}

const properties = {
  ...common,
  ...{ "organization.id": keyword, "user.hash": keyword, "stoa.buyer.known": keyword },
  ...{ "stoa.order.id": keyword, "stoa.channel.id": keyword, "stoa.currency": keyword },
  ...{ "stoa.order.amount_minor": long, "stoa.order.units": integer },
};

export const orderRecords: Recording = {
  name: "orders",
  revision: 2,
  properties: { ...properties, "stoa.order.status": keyword },
  sources: { order: happened },
};

export const orderLineRecords: Recording = {
  name: "order-lines",
  revision: 2,
  properties: { ...properties, "stoa.product.id": keyword, "stoa.product.title": keyword },
  sources: { order: lines },
};
