/** What more units of an order's lines cost: the price at which they were bought, with its tax, undiscounted. Pure. */
import type { QuoteLine } from "../../models/cart/cart.quote.contract";
import type { PricedRaise, RaiseOrder } from "../../models/order/order.raise.contract";
import type { Placed } from "../../models/order/order.state.aggregate";
import { refuse } from "../../models/refusals";

/** Of a price with the tax in it, or of one without. */
const taxIn = (amountMinor: number, rateBp: number): number => Math.round((amountMinor * rateBp) / (10_000 + rateBp));
const taxOn = (amountMinor: number, rateBp: number): number => Math.round((amountMinor * rateBp) / 10_000);

function lineOf(line: QuoteLine, quantity: number, inclusive: boolean): QuoteLine {
  const subtotalMinor = line.unitMinor * quantity;
  const taxMinor = (inclusive ? taxIn : taxOn)(subtotalMinor, line.taxRateBp);
  const netMinor = inclusive ? subtotalMinor - taxMinor : subtotalMinor;
  return { ...line, quantity, subtotalMinor, discounts: [], netMinor, taxMinor, totalMinor: netMinor + taxMinor };
}

/** @throws ORDER_UNITS for a line that the order does not have */
export function priced(params: RaiseOrder, { lines, commissions, taxInclusive }: Placed): PricedRaise {
  const found = params.lines.map(({ lineId, quantity }) => {
    const n = lines.findIndex((line) => line.lineId === lineId);
    const [line, commission] = [lines[n], commissions[n]];
    if (!line || !commission) return refuse("ORDER_UNITS", `The order has no line ${lineId}.`, { lineId });
    return { line: lineOf(line, quantity, taxInclusive), commission };
  });
  return { ...params, priced: found.map(({ line }) => line), commissions: found.map(({ commission }) => commission) };
}
