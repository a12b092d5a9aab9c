/**
 * What sells best since the board counts: units and money of what was not cancelled. A product is called what it was
 * called in most of the orders.
 */
import type { Commit } from "../../models/kernel/row";
import type { LineState, OrderState } from "../../models/order/order.state.aggregate";
import type { Cell, Contribution, Frame, LiveProjection, Sums } from "../kernel/live";

const SHOWN_MAX = 20;
const SEPARATOR = "|";

const keptOf = ({ quantity, cancelled = 0 }: LineState): number => quantity - cancelled;

function sold({ state }: Commit, { since }: Frame): Contribution | null {
  const order = state as OrderState;
  if (order.status === "absent" || order.placedAt < since) return null;
  const cells: Record<string, { orders: number; units: number; totalMinor: number }> = {};
  for (const line of order.lines) {
    const units = keptOf(line);
    if (units === 0) continue;
    const key = [order.currency, line.productId, line.title].join(SEPARATOR);
    const cell = (cells[key] ??= { orders: 1, units: 0, totalMinor: 0 });
    cell.units += units;
    cell.totalMinor += Math.round((line.totalMinor * units) / line.quantity);
  }
  return cells;
}

interface Product {
  readonly key: string;
  readonly title: string;
  readonly most: number;
  readonly units: number;
  readonly totalMinor: number;
}

/** A title that is in as many orders as another one gives way to the one before it in the alphabet. */
function merged(before: Product | undefined, key: string, title: string, cell: Cell): Product {
  const [orders, units, totalMinor] = [Number(cell["orders"]), Number(cell["units"]), Number(cell["totalMinor"])];
  if (!before) return { key, title, most: orders, units, totalMinor };
  const takes = orders > before.most || (orders === before.most && title < before.title);
  const named = takes ? { title, most: orders } : {};
  return { ...before, ...named, units: before.units + units, totalMinor: before.totalMinor + totalMinor };
}

function shown(sums: Sums): Sums {
  const products = new Map<string, Product>();
  for (const [sum, cell] of sums) {
    const [currency = "", productId = "", ...title] = sum.split(SEPARATOR);
    const key = currency + SEPARATOR + productId;
    products.set(key, merged(products.get(key), key, title.join(SEPARATOR), cell));
  }
  const best = [...products.values()].sort((a, b) => b.totalMinor - a.totalMinor || (a.key < b.key ? -1 : 1));
  return new Map(
    best.slice(0, SHOWN_MAX).map(({ key, title, units, totalMinor }) => [key, { title, units, totalMinor }]),
  );
}

export const topProducts: LiveProjection = { widget: "products", sources: { order: sold }, shown };
