/** One order as whoever bought it looks at it: where it stands, line by line, its parcels and its returns. */
import type { Commit } from "../../models/kernel/row";
import type { LineState, OrderState } from "../../models/order/order.state.aggregate";
import type { ReturnState } from "../../models/return/return.aggregate";
import type { Cell, Contribution, LiveProjection } from "../kernel/live";
import { paymentOf } from "./orders.projection";

const line = ({ title, quantity, shipped = 0, cancelled = 0, returned = 0, refunded = 0 }: LineState): Cell => ({
  ...{ title, quantity, shipped, cancelled, returned, refunded },
});

function page({ state }: Commit): Contribution | null {
  const order = state as OrderState;
  if (order.status === "absent") return null;
  const { number, status, currency, placedAt, money, lines, fulfilments } = order;
  const { totalMinor, capturedMinor, refundedMinor } = money;
  const paid = { payment: paymentOf(money), totalMinor, capturedMinor, refundedMinor };
  return {
    order: { number, status, currency, placedAt, ...paid },
    ...Object.fromEntries(lines.map((one) => [`line|${one.lineId}`, line(one)])),
    ...Object.fromEntries(
      fulfilments.map(({ id, at, carrier, tracking, deliveredAt }) => [
        `parcel|${id}`,
        { at, carrier, tracking, deliveredAt },
      ]),
    ),
  };
}

function comesBack({ aggregateId, state }: Commit): Contribution | null {
  const found = state as ReturnState;
  if (found.status === "absent") return null;
  const { kind, status, requestedAt, decision } = found;
  return { [`return|${aggregateId}`]: { kind, status, requestedAt, decision } };
}

export const orderPage: LiveProjection = { widget: "order", sources: { order: page, return: comesBack } };
