/** One document per order, as lists show it, with what it is found by. Nothing personal: who bought is an id. */
import type { OrderState, PlacedOrder } from "../../models/order/order.state.aggregate";
import type { OrderHit } from "../../models/order/order.search.contract";
import type { PaymentStatus } from "../../models/order/order.view.contract";
import { documentOf } from "../kernel/document";
import { date, flag, integer, keyword, long, shown } from "../kernel/fields";

/** Titles that a list shows; found are orders by all. */
const TITLES_MAX = 5;

export interface StoredOrder extends OrderHit {
  readonly productIds: readonly string[];
  readonly text: string;
}

export function paymentOf({ totalMinor, capturedMinor, refundedMinor }: PlacedOrder["money"]): PaymentStatus {
  if (refundedMinor > 0) return refundedMinor === capturedMinor ? "refunded" : "part-refunded";
  if (capturedMinor === 0) return totalMinor === 0 ? "captured" : "authorised";
  return capturedMinor < totalMinor ? "part-captured" : "captured";
}

function stored(version: number, order: PlacedOrder): StoredOrder {
  const { id, number, status, groupId, channelId, sellerId, customerId, placedAt, currency, money, lines } = order;
  const { totalMinor, capturedMinor, refundedMinor } = money;
  return {
    ...{ id, version, number, status, groupId, channelId, sellerId, customerId, placedAt, currency },
    ...{ totalMinor, capturedMinor, refundedMinor, payment: paymentOf(money) },
    units: lines.reduce((sum, line) => sum + line.quantity, 0),
    titles: lines.slice(0, TITLES_MAX).map(({ title }) => title),
    stuck: order.tasks.some(({ failed }) => failed !== undefined),
    productIds: [...new Set(lines.map(({ productId }) => productId))],
    text: lines.map(({ title }) => title).join("\n"),
  };
}

export const orders = documentOf<OrderState>({
  name: "orders",
  revision: 1,
  source: "order",
  fields: {
    id: keyword,
    version: integer,
    number: keyword,
    status: keyword,
    payment: keyword,
    groupId: keyword,
    channelId: keyword,
    sellerId: keyword,
    customerId: keyword,
    placedAt: date,
    currency: keyword,
    totalMinor: long,
    capturedMinor: long,
    refundedMinor: long,
    units: integer,
    titles: shown,
    stuck: flag,
    productIds: keyword,
    text: { type: "text" },
  },
  document: (order, { version }) => stored(version, order),
});
