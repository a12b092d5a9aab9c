/** How an order becomes more than was bought. Parts of order.aggregate.ts. */
import { momentAfter, type Due } from "../kernel/aggregate";
import type { Iso } from "../kernel/row";
import { refuse } from "../refusals";
import { admitted, placed } from "./order.decisions.aggregate";
import type { OrderEvent } from "./order.events.aggregate";
import { admitsMore, grown, paidBack, RAISE_MS, swapped } from "./order.exchange.aggregate";
import type { ExtendOrder, PricedRaise, RaiseRef } from "./order.raise.contract";
import type { OrderState, PlacedOrder } from "./order.state.aggregate";

/** What was exchanged was sent before; what is more travels with what is not. */
const EXTENDED: readonly string[] = ["placed", "part-shipped"];

function refuseDoubled(lines: PricedRaise["priced"]): void {
  if (new Set(lines.map(({ lineId }) => lineId)).size === lines.length) return;
  refuse("ORDER_RAISE", "The same offer stands among the lines and among the articles: propose it once.");
}

/** @throws ORDER_RAISE */
export function raised(state: OrderState, params: PricedRaise, at: Iso): OrderEvent[] {
  const found = admitted(state, "order.raise");
  const { money, steps } = found;
  const { priced, commissions, reason } = params;
  if (money.capture === "order" && money.capturedMinor === 0) {
    refuse("ORDER_RAISE", "What was bought is not paid yet: propose more when it is.");
  }
  if (found.raise?.swap) refuse("ORDER_RAISE", "The difference of an exchange is still to be paid: wait for it.");
  if (!admitsMore(found, priced.length)) {
    refuse("ORDER_RAISE", "An order does not grow any further: let the customer place another one.");
  }
  const raiseId = `x${steps + 1}`;
  // told apart from the lines that were bought, and from those that came later
  const own = priced.map((line) => ({ ...line, lineId: `${line.lineId}-${raiseId}` }));
  refuseDoubled(own);
  const totalMinor = own.reduce((total, line) => total + line.totalMinor, 0);
  if (totalMinor === 0) refuse("ORDER_RAISE", "It would cost nothing more: there is nothing to agree to.");
  const raise = { raiseId, lines: own, commissions, totalMinor, reason, until: momentAfter(at, RAISE_MS) };
  return [{ type: "order.raised", data: { raise, at } }];
}

/** Of an exchange, what came back is paid back then. */
export function ended(state: OrderState, { raiseId }: RaiseRef, how: "refused" | "lapsed", at: Iso): OrderEvent[] {
  const { raise, ...order } = placed(state);
  if (raise?.raiseId !== raiseId) return [];
  const over = { type: "order.raise-ended", data: { raiseId, how, at } } as const;
  return raise.swap ? [over, ...paidBack({ ...order, steps: order.steps + 1 }, raise.swap, at)] : [over];
}

/** @throws ORDER_RAISE where it is not proposed any more, ORDER_STATUS where the order is over */
export function extended(state: OrderState, params: ExtendOrder, at: Iso): OrderEvent[] {
  const { raise, ...order } = admitted(state, "order.extend");
  const { raiseId, paymentId, captureId, reservations } = params;
  if (raise?.raiseId !== raiseId) {
    return refuse("ORDER_RAISE", "That is not proposed any more; nothing is taken for it.", { raiseId });
  }
  const { swap, lines, commissions, totalMinor: amountMinor } = raise;
  const paid = { paymentId, captureId, amountMinor };
  if (swap) return swapped(order, { raiseId, lines, commissions, swap, paid }, at);
  const { status } = order;
  if (!EXTENDED.includes(status)) refuse("ORDER_STATUS", `The order is ${status}: nothing comes to it.`, { status });
  return grown(order, { raiseId, lines, commissions, reservations, captureId, amountMinor, paymentId }, at);
}

export const raiseDue = ({ id, raise }: PlacedOrder): Due[] =>
  raise ? [{ at: raise.until, command: "order.lapseRaise", params: { id, raiseId: raise.raiseId } }] : [];
