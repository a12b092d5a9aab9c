/**
 * What comes to an order after it was placed, and units that came back against it. Of an exchange two whole entries are
 * made: what came back is given back, what comes instead is taken, each with its taxes, its commission and its paper;
 * only the difference moves. Parts of order.aggregate.ts.
 */
import { momentAfter } from "../kernel/aggregate";
import type { Iso } from "../kernel/row";
import type { SettleReturn } from "./order.commands.contract";
import type { ExchangedArticles } from "./order.exchange.contract";
import { cutBy, delivered, refundOf } from "./order.decisions.aggregate";
import type { ExtendedOrder, OrderEvent } from "./order.events.aggregate";
import { evolveOrder } from "./order.evolve.aggregate";
import { partsOf } from "./order.payments.aggregate";
import { MORE_PAYMENTS_MAX, type PricedRaise } from "./order.raise.contract";
import type { PlacedOrder, Refund, Swap } from "./order.state.aggregate";

/** So long a customer has to answer. */
export const RAISE_MS = 3 * 24 * 60 * 60_000;
/** Lines that an order may have; each is kept in its state. */
const LINES_MAX = 200;

type Lines = PricedRaise["priced"];

const sumOf = (lines: Lines): number => lines.reduce((sum, { totalMinor }) => sum + totalMinor, 0);

/** Whether it may become so many lines more, by a payment of their own. */
export const admitsMore = ({ money, lines }: PlacedOrder, count: number): boolean =>
  (money.more?.length ?? 0) < MORE_PAYMENTS_MAX && lines.length + count <= LINES_MAX;

const after = (order: PlacedOrder, { type, data }: OrderEvent): PlacedOrder =>
  evolveOrder[type](order, data as never) as PlacedOrder;

interface Coming extends Omit<ExtendedOrder, "titles"> {
  readonly captureId: string;
  readonly exchangedMinor?: number;
}

/** What was agreed becomes a part of the order, as paid; what of it is digital is there at once. */
export function grown(order: PlacedOrder, coming: Coming, at: Iso): OrderEvent[] {
  const { captureId, exchangedMinor = 0, ...extension } = coming;
  const { lines } = extension;
  const titles = lines.map(({ title }) => Object.values(title)[0]?.slice(0, 20) ?? "");
  const units = Object.fromEntries(lines.map(({ lineId, quantity }) => [lineId, [0, quantity] as const]));
  const taken = { captureId, take: false, units, shipping: false, amountMinor: sumOf(lines), at };
  const extended: OrderEvent = { type: "order.extended", data: { ...extension, titles } };
  const more = { ...(exchangedMinor > 0 && { exchangedMinor }), ...cutBy(after(order, extended), 0) };
  const events: OrderEvent[] = [extended, { type: "order.captured", data: { ...taken, ...more } }];
  return [...events, ...delivered(events.reduce(after, order), at)];
}

/** Units for exactly what they were promised to be put against others for; null for nothing. */
function creditFor(order: PlacedOrder, { units, creditMinor }: Swap, reason: string): Refund | null {
  const found = creditMinor > 0 ? refundOf(order, { units, shipping: false, extraMinor: 0, reason }) : null;
  if (!found) return null;
  const { from: _from, cut: _cut, ...credit } = found;
  const extraMinor = creditMinor - (found.amountMinor - found.extraMinor);
  return { ...credit, amountMinor: creditMinor, extraMinor, ...cutBy(order, extraMinor) };
}

/** The articles do not come to the order after all: what came back for them is paid back. */
export function paidBack(order: PlacedOrder, swap: Swap, at: Iso): OrderEvent[] {
  const credit = creditFor(order, swap, "return");
  if (!credit) return [];
  return [{ type: "order.refunded", data: { ...credit, ...partsOf(order.money, credit.amountMinor), at } }];
}

interface Swapped extends Pick<ExtendedOrder, "raiseId" | "lines" | "commissions"> {
  readonly swap: Swap;
  /** The difference; left out where there is none to pay. */
  readonly paid?: { readonly paymentId: string; readonly captureId: string; readonly amountMinor: number };
}

/** What of the credit is more than the articles cost goes back by payments. */
function given(order: PlacedOrder, credit: Refund, exchangedMinor: number): Refund {
  const backMinor = credit.amountMinor - exchangedMinor;
  const whole = [{ paymentId: order.money.paymentId, amountMinor: backMinor }];
  const from = backMinor === 0 ? [] : (partsOf(order.money, backMinor).from ?? whole);
  return { ...credit, from, ...(exchangedMinor > 0 && { exchangedMinor }) };
}

export function swapped(order: PlacedOrder, { swap, paid, ...more }: Swapped, at: Iso): OrderEvent[] {
  const exchangedMinor = Math.min(swap.creditMinor, sumOf(more.lines));
  const credit = creditFor(order, swap, "exchange");
  const back: OrderEvent[] = credit
    ? [{ type: "order.refunded", data: { ...given(order, credit, exchangedMinor), at } }]
    : [];
  const now = back.reduce(after, order);
  const { reservations } = swap;
  const { captureId = `c${now.steps + 1}`, amountMinor = 0, paymentId } = paid ?? {};
  const coming = { ...more, reservations, captureId, amountMinor, exchangedMinor };
  return [...back, ...grown(now, { ...coming, ...(paymentId !== undefined && { paymentId }) }, at)];
}

/** Whether the articles can be sent, and the order can take them in: else the money goes back. */
const admitsExchange = (order: PlacedOrder, { lines }: ExchangedArticles): boolean =>
  admitsMore(order, lines.length) &&
  // who was erased can be sent nothing
  order.contact !== null &&
  (order.shippingAddress !== null || lines.every(({ delivery }) => delivery === "digital")) &&
  order.raise?.swap === undefined;

type Came = Pick<SettleReturn, "returnId" | "accepted" | "keepMinor">;

/** What came back against articles: at once, or when the difference is paid; null where it cannot be. */
export function exchanged(order: PlacedOrder, came: Came, articles: ExchangedArticles, at: Iso): OrderEvent[] | null {
  if (!admitsExchange(order, articles)) return null;
  const { returnId, accepted: units, keepMinor } = came;
  const { commissions, reason } = articles;
  const raiseId = `x${order.steps + 1}`;
  const named = <T extends { readonly lineId: string }>(one: T): T => ({ ...one, lineId: `${one.lineId}-${raiseId}` });
  const lines = articles.lines.map(named);
  const worth = refundOf(order, { units, shipping: false, extraMinor: -keepMinor, reason: "exchange" });
  const creditMinor = worth?.amountMinor ?? 0;
  const swap: Swap = { returnId, units, creditMinor, reservations: articles.reservations.map(named) };
  const totalMinor = sumOf(lines) - creditMinor;
  if (totalMinor <= 0) return swapped(order, { raiseId, lines, commissions, swap }, at);
  const until = momentAfter(at, RAISE_MS);
  const raise = { raiseId, lines, commissions, totalMinor, reason, until, exchange: { returnId, creditMinor }, swap };
  return [{ type: "order.raised", data: { raise, at } }];
}
