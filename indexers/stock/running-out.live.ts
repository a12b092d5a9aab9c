/**
 * Stock that is running out, soonest first: what can still be promised of a product everywhere, by what is sold of it
 * a day, from the day since which the board counts to the last one on which anything was sold. What is gone already
 * comes first, whether it sells or not.
 */
import type { Commit } from "../../models/kernel/row";
import type { OrderState } from "../../models/order/order.state.aggregate";
import type { StockState } from "../../models/stock/stock.aggregate";
import type { Cell, Contribution, Frame, LiveProjection, Sums } from "../kernel/live";

const SHOWN_MAX = 50;
/** Further away it is nobody's worry today. */
const DAYS_MAX = 14;
const DAY_MS = 86_400_000;
const [AT, SOLD, DAY] = ["at|", "sold|", "day|"];
/** `2026-01-31` */
const dayOf = (at: string): string => at.slice(0, 10);

function kept({ state }: Commit): Contribution | null {
  const stock = state as StockState;
  if (stock.status === "absent") return null;
  const { offerId, location, productId, onHand, reserved = 0, backorderMax = 0 } = stock;
  const available = Math.max(0, onHand + backorderMax - reserved);
  return { [`${AT}${offerId}|${location}`]: { offerId, location, productId, available } };
}

function sold({ state }: Commit, { since }: Frame): Contribution | null {
  const order = state as OrderState;
  if (order.status === "absent" || order.placedAt < since) return null;
  const cells: Record<string, { units: number }> = { [DAY + dayOf(order.placedAt)]: { units: 0 } };
  for (const { productId, quantity, cancelled = 0 } of order.lines) {
    const cell = (cells[SOLD + productId] ??= { units: 0 });
    cell.units += quantity - cancelled;
  }
  return cells;
}

interface Left {
  readonly key: string;
  readonly cell: Cell;
  readonly days: number;
}

/** Days that what was sold was sold in; the last one counts whole. */
function spanOf(sums: Sums, { since }: Frame): number {
  const days = [...sums.keys()].filter((key) => key.startsWith(DAY)).sort();
  const last = days.at(-1)?.slice(DAY.length) ?? dayOf(since);
  return (Date.parse(last) - Date.parse(dayOf(since))) / DAY_MS + 1;
}

function shown(sums: Sums, frame: Frame): Sums {
  const spanDays = spanOf(sums, frame);
  const stocks = [...sums].filter(([key]) => key.startsWith(AT));
  const everywhere = new Map<string, number>();
  for (const [, { productId, available }] of stocks) {
    const product = String(productId);
    everywhere.set(product, (everywhere.get(product) ?? 0) + Number(available));
  }
  const left = stocks.map(([key, cell]): Left => {
    const product = String(cell["productId"]);
    const perDay = Number(sums.get(SOLD + product)?.["units"] ?? 0) / spanDays;
    const soon = perDay === 0 ? Infinity : (everywhere.get(product) ?? 0) / perDay;
    const days = cell["available"] === 0 ? 0 : soon;
    const rounded = { perDay: Math.round(perDay * 100) / 100, days: Math.round(days * 10) / 10 };
    return { key: key.slice(AT.length), days, cell: { ...cell, ...rounded } };
  });
  const running = left.filter(({ days }) => days <= DAYS_MAX);
  running.sort((a, b) => a.days - b.days || (a.key < b.key ? -1 : 1));
  return new Map(running.slice(0, SHOWN_MAX).map(({ key, cell }) => [key, cell]));
}

export const runningOut: LiveProjection = { widget: "stock", sources: { stock: kept, order: sold }, shown };
