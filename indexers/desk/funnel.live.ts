/**
 * From looking to buying, hour by hour: what visitors did with what the seller is proposed for, and the orders that
 * were placed. A cell's key is the hour in UTC, `2026-01-31T09`.
 */
import type { DeskState } from "../../models/desk/desk.aggregate";
import type { Commit } from "../../models/kernel/row";
import type { OrderState } from "../../models/order/order.state.aggregate";
import type { Contribution, Frame, LiveProjection } from "../kernel/live";

const HOUR = "2026-01-31T09".length;
const NONE = { views: 0, carts: 0, checkouts: 0, orders: 0 };

function stepped({ state }: Commit, { since }: Frame): Contribution | null {
  const desk = state as DeskState;
  if (desk.status === "absent") return null;
  const hours = Object.entries(desk.hours).filter(([hour]) => hour >= since.slice(0, HOUR));
  return Object.fromEntries(hours.map(([hour, steps]) => [hour, { ...NONE, ...steps }]));
}

function bought({ state }: Commit, { since }: Frame): Contribution | null {
  const order = state as OrderState;
  if (order.status === "absent" || order.placedAt < since) return null;
  return { [order.placedAt.slice(0, HOUR)]: { ...NONE, orders: 1 } };
}

export const funnel: LiveProjection = { widget: "funnel", sources: { desk: stepped, order: bought } };
