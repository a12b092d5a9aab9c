/** How an order becomes more than was bought. Parts of order.aggregate.ts. */
import { momentAfter, type Due } from "../kernel/aggregate";
import type { Iso } from "../kernel/row";
import { refuse } from "../refusals";
import { admitted, placed } from "./order.decisions.aggregate";
import type { OrderEvent } from "./order.events.aggregate";
import { MORE_PAYMENTS_MAX, type ExtendOrder, type PricedRaise, type RaiseRef } from "./order.raise.contract";
import type { LineState, OrderState, PlacedOrder } from "./order.state.aggregate";

/** So long a customer has to answer. */
const RAISE_MS = 3 * 24 * 60 * 60_000;
/** Lines that an order may have; each is kept in its state. */
const LINES_MAX = 200;

/** @throws ORDER_RAISE */
export function raised(state: OrderState, params: PricedRaise, at: Iso): OrderEvent[] {
  const found = admitted(state, "order.raise");
  const { money, lines, steps } = found;
  const { priced, commissions, reason } = params;
  if (money.capture === "order" && money.capturedMinor === 0) {
    refuse("ORDER_RAISE", "What was bought is not paid yet: propose more when it is.");
  }
  if ((money.more?.length ?? 0) >= MORE_PAYMENTS_MAX || lines.length + priced.length > LINES_MAX) {
    refuse("ORDER_RAISE", "An order does not grow any further: let the customer place another one.");
  }
  const raiseId = `x${steps + 1}`;
  // told apart from the lines that were bought, and from those that came later
  const own = priced.map((line) => ({ ...line, lineId: `${line.lineId}-${raiseId}` }));
  if (new Set(own.map(({ lineId }) => lineId)).size < own.length) {
    refuse("ORDER_RAISE", "The same offer stands among the lines and among the articles: propose it once.");
  }
  const totalMinor = own.reduce((total, line) => total + line.totalMinor, 0);
  if (totalMinor === 0) refuse("ORDER_RAISE", "It would cost nothing more: there is nothing to agree to.");
  const raise = { raiseId, lines: own, commissions, totalMinor, reason, until: momentAfter(at, RAISE_MS) };
  return [{ type: "order.raised", data: { raise, at } }];
}

export function ended(state: OrderState, { raiseId }: RaiseRef, how: "refused" | "lapsed"): OrderEvent[] {
  return placed(state).raise?.raiseId === raiseId ? [{ type: "order.raise-ended", data: { raiseId, how } }] : [];
}

/** @throws ORDER_RAISE where it is not proposed any more, ORDER_STATUS where the order is over */
export function extended(state: OrderState, params: ExtendOrder, at: Iso): OrderEvent[] {
  const { raise } = admitted(state, "order.extend");
  const { raiseId, paymentId, captureId, reservations } = params;
  if (raise?.raiseId !== raiseId) {
    return refuse("ORDER_RAISE", "That is not proposed any more; nothing is taken for it.", { raiseId });
  }
  const { lines, commissions, totalMinor: amountMinor } = raise;
  const titles = lines.map(({ title }) => Object.values(title)[0]?.slice(0, 20) ?? "");
  const units = Object.fromEntries(lines.map(({ lineId, quantity }) => [lineId, [0, quantity] as const]));
  const taken = { captureId, take: false, units, shipping: false, amountMinor, at };
  return [
    { type: "order.extended", data: { raiseId, lines, commissions, titles, reservations, paymentId, amountMinor } },
    { type: "order.captured", data: taken },
  ];
}

type Extended = Extract<OrderEvent, { type: "order.extended" }>["data"];

export function withMore(order: PlacedOrder, { lines, titles, paymentId, amountMinor }: Extended): PlacedOrder {
  const { raise: _raise, money, ...rest } = order;
  const news = lines.map(({ lineId, productId, quantity, taxMinor, totalMinor, delivery }, i): LineState => ({
    ...{ lineId, productId, title: titles[i] ?? "", quantity, taxMinor, totalMinor },
    ...(delivery === "digital" && { digital: true as const }),
  }));
  const payment = { paymentId, capturedMinor: amountMinor, refundedMinor: 0 };
  const totalMinor = money.totalMinor + amountMinor;
  return {
    ...rest,
    lines: [...order.lines, ...news],
    money: { ...money, totalMinor, more: [...(money.more ?? []), payment] },
  };
}

export const raiseDue = ({ id, raise }: PlacedOrder): Due[] =>
  raise ? [{ at: raise.until, command: "order.lapseRaise", params: { id, raiseId: raise.raiseId } }] : [];
