/** The events of each step of an order: what is sent, dropped, taken and given back. Parts of order.aggregate.ts. */
import type { Iso } from "../kernel/row";
import { refuse } from "../refusals";
import type { Alone, OrderUnits, RefundReplaced, SettleReturn } from "./order.commands.contract";
import {
  cancelledRanges,
  cancelledUnits,
  chosen,
  delivered,
  fewer,
  ranges,
  refundOf,
} from "./order.decisions.aggregate";
import type { OrderCommands, OrderEvent } from "./order.events.aggregate";
import { evolveOrder } from "./order.evolve.aggregate";
import { exchanged } from "./order.exchange.aggregate";
import { openOf, refundableOf, type LineState, type PlacedOrder, type Refund } from "./order.state.aggregate";
import type { Quantities } from "./order.units.aggregate";

/** What people of the mall give back of an order alone; a seller decides about what is its own. */
const REFUND_ALONE_MAX_MINOR = 50_000;

export const quantitiesOf = (units: readonly OrderUnits[]): Quantities =>
  Object.fromEntries(units.map(({ lineId, quantity }) => [lineId, quantity]));

/** What travels; files are there with the payment, and nothing is paid for sending them. */
const parcelLines = ({ lines }: PlacedOrder): readonly LineState[] => lines.filter(({ digital }) => digital !== true);

/** Units that travel, or have: all of them, or those among some. */
function parcelUnits(order: PlacedOrder, among?: readonly OrderUnits[]): number {
  const counts = new Map(among?.map(({ lineId, quantity }) => [lineId, quantity]));
  const of = (line: LineState): number => (among ? (counts.get(line.lineId) ?? 0) : openOf(line) + (line.shipped ?? 0));
  return parcelLines(order).reduce((sum, line) => sum + of(line), 0);
}

/** The order, as long as no parcel of it is on its way. @throws ORDER_STATUS */
export function unsent(order: PlacedOrder, command: string): PlacedOrder {
  const { status } = order;
  if (parcelLines(order).some(({ shipped = 0 }) => shipped > 0)) {
    refuse("ORDER_STATUS", "A parcel of the order was sent: ask its seller, or return what has come.", {
      status,
      command,
    });
  }
  return order;
}

interface Dropped {
  readonly units: readonly OrderUnits[];
  readonly reason: string;
  readonly at: Iso;
}

/** Units that are not sent after all, and what goes back for them: with the last of them, the shipping. */
export function dropped(order: PlacedOrder, { units, reason, at }: Dropped): OrderEvent[] {
  const { length: sent } = parcelLines(order);
  const shipping = sent > 0 && parcelUnits(order) === parcelUnits(order, units);
  const cancelled = { type: "order.cancelled", data: { units: cancelledRanges(order, units), reason, at } } as const;
  const refund = refundOf({ ...order, steps: order.steps + 1 }, { units, shipping, extraMinor: 0, reason });
  return refund ? [cancelled, { type: "order.refunded", data: { ...refund, at } }] : [cancelled];
}

/** @throws ORDER_REFUND_MAX, SECOND_PERSON */
function reduced(order: PlacedOrder, byMinor: number, { reason, at, alone }: Asked): OrderEvent {
  const leftMinor = order.money.totalMinor - order.money.reducedMinor;
  if (byMinor > leftMinor) refuse("ORDER_REFUND_MAX", `The price is ${leftMinor}: take no more off.`, { leftMinor });
  if (alone) checkAlone(order, byMinor);
  return { type: "order.reduced", data: { byMinor, reason, ...(alone && { alone }), at } };
}

export function edited(order: PlacedOrder, params: OrderCommands["order.edit"], at: Iso): OrderEvent[] {
  const { lines = [], reductionMinor: byMinor = 0, reason, alone } = params;
  const less = fewer(order, lines);
  const events = less.length > 0 ? dropped(order, { units: less, reason, at }) : [];
  if (byMinor === 0) return events;
  if (less.length > 0) refuse("ORDER_EDIT", "Lower the quantities or the price, one after the other.");
  if (order.money.capturedMinor === 0) return [reduced(order, byMinor, { reason, at, alone })];
  return [refunded(order, byMinor, { reason, at, alone })];
}

interface Asked extends Alone {
  readonly reason: string;
  readonly at: Iso;
}

/** @throws SECOND_PERSON when people of the mall have given back enough of the order alone */
function checkAlone({ money: { aloneMinor = 0 } }: PlacedOrder, amountMinor: number): void {
  if (aloneMinor + amountMinor <= REFUND_ALONE_MAX_MINOR) return;
  refuse("SECOND_PERSON", `${aloneMinor} of the order were given back alone: more takes a second person.`, {
    aloneMinor,
    aloneMaxMinor: REFUND_ALONE_MAX_MINOR,
  });
}

export function refunded(order: PlacedOrder, amountMinor: number, { reason, at, alone }: Asked): OrderEvent {
  const leftMinor = refundableOf(order);
  if (amountMinor > leftMinor) {
    refuse("ORDER_REFUND_MAX", `Of what was captured ${leftMinor} are left; ${amountMinor} cannot be given back.`, {
      leftMinor,
    });
  }
  if (alone) checkAlone(order, amountMinor);
  const refund = refundOf(order, { units: [], shipping: false, extraMinor: amountMinor, reason });
  return { type: "order.refunded", data: { ...(refund as Refund), ...(alone && { alone }), at } };
}

/** @throws ORDER_UNITS for more than was to come back */
function checkCame(asked: SettleReturn["admitted"], accepted: SettleReturn["accepted"]): void {
  for (const { lineId, quantity } of accepted) {
    const most = asked.find((one) => one.lineId === lineId)?.quantity ?? 0;
    if (quantity > most) refuse("ORDER_UNITS", `Of line ${lineId} ${most} units were to come back.`, { lineId });
  }
}

/** Units that are paid, and not paid back. */
const keptOf = ({ captured: paid = 0, refunded: back = 0 }: LineState): number => paid - back;

/** Whether nothing of a line is out any more, and nothing but `units` of it is yet to be paid back. */
const isBack = (line: LineState, units: number): boolean =>
  openOf(line) === 0 && line.returned === line.shipped && (line.totalMinor === 0 || keptOf(line) <= units);

/** Whether with these units all that was sent of an order has come back, and is paid back. */
const wholeBack = (order: PlacedOrder, units: readonly OrderUnits[]): boolean =>
  parcelLines(order).every((line) => isBack(line, units.find(({ lineId }) => lineId === line.lineId)?.quantity ?? 0));

type CameBack = Pick<RefundReplaced, "lines" | "keepMinor" | "sendingBack">;

/** By law the sending goes back with the whole order, by the least expensive way: Directive 2011/83/EU, Art. 13. */
function paidFor(order: PlacedOrder, { lines: units, keepMinor, sendingBack }: CameBack, at: Iso): OrderEvent[] {
  const shipping = sendingBack === true && wholeBack(order, units) && "standard";
  const back = refundOf(order, { units, shipping, extraMinor: -keepMinor, reason: "return" });
  return back ? [{ type: "order.refunded", data: { ...back, at } }] : [];
}

export function settled(order: PlacedOrder, params: SettleReturn, at: Iso): OrderEvent[] {
  const { returnId, admitted: asked, accepted, keepMinor, refund, exchange } = params;
  const came = new Map(accepted.map(({ lineId, quantity }) => [lineId, quantity]));
  chosen(order, asked, (line) => line.returning ?? 0);
  checkCame(asked, accepted);
  const known = { returnId, admitted: quantitiesOf(asked), accepted: Object.fromEntries(came) };
  const ahead = evolveOrder["order.return-settled"](order, known) as PlacedOrder;
  const swapped =
    exchange && accepted.length > 0 ? exchanged(ahead, { returnId, accepted, keepMinor }, exchange, at) : null;
  const letGo = exchange && !swapped && { letGo: exchange.reservations, at };
  const owed = refund && accepted.length > 0 ? paidFor(ahead, { ...params, lines: accepted }, at) : [];
  return [{ type: "order.return-settled", data: { ...known, ...letGo } }, ...(swapped ?? owed)];
}

/** Once for each return: its command's id derives from it. */
export const refundedFor = (order: PlacedOrder, params: RefundReplaced, at: Iso): OrderEvent[] =>
  paidFor(order, params, at);

export function captured(order: PlacedOrder, params: OrderCommands["order.recordCapture"], at: Iso): OrderEvent[] {
  const { captureId, amountMinor } = params;
  const { capture, totalMinor, capturedMinor, reducedMinor } = order.money;
  if (capture !== "order" || capturedMinor > 0 || amountMinor !== totalMinor) {
    refuse("ORDER_CAPTURE", "An order is captured once, as a whole, unless it is captured by shipment.", {
      totalMinor,
      capturedMinor,
    });
  }
  const units = ranges(
    order,
    order.lines.map(({ lineId, quantity }) => ({ lineId, quantity })),
    () => 0,
  );
  const event = {
    type: "order.captured",
    data: { captureId, take: false, units, shipping: true, amountMinor, at },
  } as const;
  const late = evolveOrder["order.captured"](order, event.data) as PlacedOrder;
  const gone = cancelledUnits(order);
  const back = refundOf(late, {
    units: gone,
    shipping: parcelUnits(order) === 0,
    extraMinor: reducedMinor,
    reason: "cancelled",
  });
  if (!back) return [event, ...delivered(late, at)];
  const given = { type: "order.refunded", data: { ...back, at } } as const;
  const after = evolveOrder["order.refunded"](late, given.data) as PlacedOrder;
  return [event, given, ...delivered(after, at)];
}
