/** Orders that somebody has to do something about, by what: to send, partly sent, stuck. */
import type { Commit } from "../../models/kernel/row";
import type { OrderState } from "../../models/order/order.state.aggregate";
import type { Contribution, LiveProjection } from "../kernel/live";

const OPEN: readonly string[] = ["placed", "part-shipped"];

function waits({ state }: Commit): Contribution | null {
  const order = state as OrderState;
  if (order.status === "absent") return null;
  const stuck = order.tasks.some(({ failed }) => failed !== undefined);
  const { currency, money } = order;
  const cell = { orders: 1, totalMinor: money.totalMinor - money.reducedMinor };
  return {
    ...(OPEN.includes(order.status) && { [`${order.status}|${currency}`]: cell }),
    ...(stuck && { [`stuck|${currency}`]: cell }),
  };
}

export const waiting: LiveProjection = { widget: "waiting", sources: { order: waits } };
