/**
 * What a seller should look at now, newest first: orders that are stuck, stock that is gone, payouts that failed, a
 * better offer of somebody else, payments that are riskier than usual.
 */
import type { DeskState } from "../../models/desk/desk.aggregate";
import type { Commit } from "../../models/kernel/row";
import type { OrderState } from "../../models/order/order.state.aggregate";
import type { PayoutState } from "../../models/payout/payout.aggregate";
import type { StockState } from "../../models/stock/stock.aggregate";
import type { Cell, Contribution, Frame, LiveProjection, Sums } from "../kernel/live";

const SHOWN_MAX = 50;
const TEXT_MAX = 120;

interface Alert {
  readonly kind: "order-stuck" | "stock-gone" | "payout-failed";
  readonly id: string;
  /** What it is called: the order's number, the place of the stock. */
  readonly label: string;
  readonly reason: string | null;
}

const alert = ({ committedAt: at }: Commit, { kind, id, label, reason }: Alert): Contribution => ({
  [`${kind}|${id}`]: { kind, id, label, reason: reason?.slice(0, TEXT_MAX) ?? null, at },
});

function stuck(commit: Commit): Contribution | null {
  const order = commit.state as OrderState;
  const failed = order.status === "absent" ? undefined : order.tasks.find((task) => task.failed !== undefined);
  if (order.status === "absent" || !failed) return null;
  return alert(commit, { kind: "order-stuck", id: order.id, label: order.number, reason: failed.failed ?? null });
}

function gone(commit: Commit): Contribution | null {
  const stock = commit.state as StockState;
  if (stock.status === "absent") return null;
  const { offerId, location, onHand, reserved = 0, backorderMax = 0 } = stock;
  if (onHand + backorderMax - reserved > 0) return null;
  return alert(commit, { kind: "stock-gone", id: `${offerId}|${location}`, label: location, reason: null });
}

function failed(commit: Commit, { since }: Frame): Contribution | null {
  const payout = commit.state as PayoutState;
  if (payout.status !== "failed" || payout.closedAt === null || payout.closedAt < since) return null;
  return alert(commit, {
    kind: "payout-failed",
    id: commit.aggregateId,
    label: payout.currency,
    reason: payout.reason,
  });
}

function noted({ state }: Commit): Contribution | null {
  const desk = state as DeskState;
  if (desk.status === "absent") return null;
  return Object.fromEntries(
    Object.entries(desk.notices).map(([key, { productId, ...notice }]) => [key, { productId, ...notice }]),
  );
}

const newest = ([a, one]: [string, Cell], [b, other]: [string, Cell]): number => {
  const [first, second] = [String(one["at"]) + a, String(other["at"]) + b];
  return first < second ? 1 : -1;
};

export const alerts: LiveProjection = {
  widget: "alerts",
  sources: { order: stuck, stock: gone, payout: failed, desk: noted },
  shown: (sums: Sums) => new Map([...sums].sort(newest).slice(0, SHOWN_MAX)),
};
