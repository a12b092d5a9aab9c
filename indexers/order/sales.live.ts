/**
 * What a seller, or a channel, sells minute by minute: orders placed in it, what was not cancelled of them, in the
 * currency of the order. A cell's key is `EUR|2026-01-31T09:30`, in UTC.
 */
import type { Commit } from "../../models/kernel/row";
import type { LineState, OrderState } from "../../models/order/order.state.aggregate";
import type { Contribution, Frame, LiveProjection } from "../kernel/live";

const MINUTE = "2026-01-31T09:30".length;

const keptUnits = ({ quantity, cancelled = 0 }: LineState): number => quantity - cancelled;

function sold({ state }: Commit, { since }: Frame): Contribution | null {
  const order = state as OrderState;
  if (order.status === "absent" || order.status === "cancelled" || order.placedAt < since) return null;
  const { currency, placedAt, lines, money } = order;
  const units = lines.reduce((sum, line) => sum + keptUnits(line), 0);
  const totalMinor = money.totalMinor - money.reducedMinor;
  return { [`${currency}|${placedAt.slice(0, MINUTE)}`]: { orders: 1, units, totalMinor } };
}

export const sales: LiveProjection = { widget: "sales", sources: { order: sold } };
