/** Sales by the minute, from what is pushed or from orders that were asked for. Pure. */
import type { Cells } from "../../models/live/live.contract";
import type { OrderHit } from "../../models/order/order.search.contract";

export interface Sale {
  readonly atMs: number;
  readonly orders: number;
  readonly units: number;
  readonly totalMinor: number;
}

export const DAY_MS = 86_400_000;

/** Midnight where the reader is. */
export function dayStart(nowMs: number): number {
  const day = new Date(nowMs);
  day.setHours(0, 0, 0, 0);
  return day.getTime();
}

const number = (value: unknown): number => (typeof value === "number" ? value : 0);

/** `EUR|2026-01-31T09:30` → a sale of that minute, in UTC. */
export function salesIn(cells: Cells, currency: string): Sale[] {
  return Object.entries(cells)
    .filter(([key]) => key.startsWith(`${currency}|`))
    .map(([key, cell]) => ({
      atMs: Date.parse(`${key.slice(currency.length + 1)}:00Z`),
      orders: number(cell["orders"]),
      units: number(cell["units"]),
      totalMinor: number(cell["totalMinor"]),
    }))
    .sort((a, b) => a.atMs - b.atMs);
}

export const salesOf = (orders: readonly OrderHit[], currency: string): Sale[] =>
  orders
    .filter((order) => order.currency === currency && order.status !== "cancelled")
    .map(({ placedAt, units, totalMinor }) => ({ atMs: Date.parse(placedAt), orders: 1, units, totalMinor }))
    .sort((a, b) => a.atMs - b.atMs);

export interface Sum {
  readonly orders: number;
  readonly units: number;
  readonly totalMinor: number;
}

export const sumOf = (sales: readonly Sale[], fromMs: number, toMs: number): Sum =>
  sales
    .filter(({ atMs }) => atMs >= fromMs && atMs < toMs)
    .reduce(
      (sum, sale) => ({
        orders: sum.orders + sale.orders,
        units: sum.units + sale.units,
        totalMinor: sum.totalMinor + sale.totalMinor,
      }),
      { orders: 0, units: 0, totalMinor: 0 },
    );

export interface Course {
  /** Seconds since 1970. */
  readonly times: readonly number[];
  /** What had been sold by then; null for what is yet to come. */
  readonly today: readonly (number | null)[];
  readonly yesterday: readonly number[];
}

const STEP_MS = 10 * 60_000;

/** Both days as growing sums, a point for every ten minutes, laid over each other. */
export function courseOf(sales: readonly Sale[], nowMs: number): Course {
  const start = dayStart(nowMs);
  const steps = Array.from({ length: DAY_MS / STEP_MS + 1 }, (_, i) => start + i * STEP_MS);
  const upTo = (fromMs: number, toMs: number): number => sumOf(sales, fromMs, toMs).totalMinor;
  return {
    times: steps.map((ms) => ms / 1_000),
    today: steps.map((ms) => (ms > nowMs + STEP_MS ? null : upTo(start, Math.min(ms, nowMs + 1)))),
    yesterday: steps.map((ms) => upTo(start - DAY_MS, ms - DAY_MS)),
  };
}
