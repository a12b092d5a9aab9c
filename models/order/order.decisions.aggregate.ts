/** What the commands of an order come to: units, money and refusals. Pure parts of order.aggregate.ts. */
import type { Iso } from "../kernel/row";
import { refuse } from "../refusals";
import type { OrderUnits } from "./order.commands.contract";
import type { OrderEvent } from "./order.events.aggregate";
import { admits } from "./order.machine.contract";
import { partsOf } from "./order.payments.aggregate";
import type { PlaceOrder } from "./order.place.contract";
import { openOf, refundableOf } from "./order.state.aggregate";
import type { LineState, OrderState, PlacedOrder, PriceCut, Refund } from "./order.state.aggregate";
import { worthOfFirst, worthOfUnits, type Units } from "./order.units.aggregate";

export function placed(state: OrderState): PlacedOrder {
  if (state.status === "absent") return refuse("NOT_FOUND", "There is no such order.");
  return state;
}

/** The order, where the machine allows the command. @throws ORDER_STATUS */
export function admitted(state: OrderState, command: string): PlacedOrder {
  const order = placed(state);
  const { status } = order;
  if (!admits(status, command)) {
    refuse("ORDER_STATUS", `The order is ${status}: see GET /v1/orders/machine for what can be done there.`, {
      status,
      command,
    });
  }
  return order;
}

type Left = (line: LineState) => number;

/** The asked units, or all that are left; each at most what is left. @throws ORDER_UNITS */
export function chosen(order: PlacedOrder, asked: readonly OrderUnits[] | undefined, left: Left): OrderUnits[] {
  const all = order.lines.map((line) => ({ lineId: line.lineId, quantity: left(line) }));
  const units = (asked ?? all).filter(({ quantity }) => quantity > 0);
  for (const { lineId, quantity } of units) {
    const available = all.find((line) => line.lineId === lineId)?.quantity ?? 0;
    if (quantity > available) {
      refuse("ORDER_UNITS", `Of line ${lineId} there are ${available} units left for this; ${quantity} were asked.`, {
        lineId,
        available,
      });
    }
  }
  if (units.length === 0) refuse("ORDER_UNITS", "There is nothing left of the order for this.", { available: 0 });
  return units;
}

/** The ranges of units that begin where `start` says. */
export function ranges(order: PlacedOrder, units: readonly OrderUnits[], start: Left): Units {
  const from = new Map(order.lines.map((line) => [line.lineId, start(line)]));
  return Object.fromEntries(
    units.map(({ lineId, quantity }) => [lineId, [from.get(lineId) ?? 0, (from.get(lineId) ?? 0) + quantity] as const]),
  );
}

/** Cancelled are the last ones that are not. */
export function cancelledRanges(order: PlacedOrder, units: readonly OrderUnits[]): Units {
  const wanted = new Map(units.map(({ lineId, quantity }) => [lineId, quantity]));
  return ranges(order, units, (line) => line.quantity - (line.cancelled ?? 0) - (wanted.get(line.lineId) ?? 0));
}

const nextStep = (order: PlacedOrder, letter: string, ahead = 1): string => `${letter}${order.steps + ahead}`;
export const fulfilmentIdOf = (order: PlacedOrder): string => nextStep(order, "f");

/** What is taken and not given back, line by line, what that is worth, and what is there for it. */
function standingOf({ lines, shipping, money }: PlacedOrder): PriceCut {
  const keptMinor = lines.reduce((sum, { totalMinor, quantity, captured = 0, refunded = 0 }) => {
    return sum + worthOfFirst(totalMinor, quantity, captured) - worthOfFirst(totalMinor, quantity, refunded);
  }, 0);
  const leftMinor = shipping?.refunded ? (shipping.keptMinor ?? 0) : (shipping?.totalMinor ?? 0);
  const sent = shipping?.captured === true ? leftMinor : 0;
  return {
    units: lines.flatMap(({ refunded = 0, captured = 0 }) => [refunded, captured]),
    worthMinor: keptMinor + sent,
    netMinor: money.capturedMinor - money.refundedMinor,
  };
}

/** Of a step by which the price differs from what the units are worth, or did so before. */
export function cutBy(order: PlacedOrder, byMinor: number): { readonly cut?: PriceCut } {
  const cut = standingOf(order);
  return byMinor === 0 && cut.worthMinor === cut.netMinor ? {} : { cut };
}

interface Back {
  readonly units: readonly OrderUnits[];
  /** `standard`: what it would have cost by the least expensive way. */
  readonly shipping: boolean | "standard";
  /** Beside what the units are worth; below zero for what is kept. */
  readonly extraMinor: number;
  readonly reason: string;
}

/** What is given back of sending it, once. */
function sendingOf({ shipping: state }: PlacedOrder, shipping: Back["shipping"]) {
  if (shipping === false || state?.captured !== true || state.refunded) return { shipping: false, worthMinor: 0 };
  const { totalMinor, standardMinor = totalMinor } = state;
  if (shipping === true || standardMinor === totalMinor) return { shipping: true, worthMinor: totalMinor };
  return { shipping: true, worthMinor: standardMinor, part: { shippingMinor: standardMinor } };
}

/**
 * What is given back for units: only for such as were paid, and never more than is left of what was captured.
 * Null when nothing is.
 */
export function refundOf(order: PlacedOrder, { units, shipping, extraMinor, reason }: Back): Refund | null {
  const paid = units.flatMap(({ lineId, quantity }) => {
    const line = order.lines.find((one) => one.lineId === lineId);
    const left = line ? (line.captured ?? 0) - (line.refunded ?? 0) : 0;
    return left > 0 ? [{ lineId, quantity: Math.min(quantity, left) }] : [];
  });
  const ranged = ranges(order, paid, (line) => line.refunded ?? 0);
  const sent = sendingOf(order, shipping);
  const worthMinor = worthOfUnits(order.lines, ranged) + sent.worthMinor;
  // what is kept is kept of the goods
  const wantedMinor = Math.max(sent.worthMinor, worthMinor + extraMinor);
  const amountMinor = Math.min(wantedMinor, refundableOf(order));
  if (amountMinor === 0) return null;
  const refundId = nextStep(order, "r");
  return {
    refundId,
    units: ranged,
    shipping: sent.shipping,
    ...sent.part,
    extraMinor: amountMinor - worthMinor,
    amountMinor,
    reason,
    ...partsOf(order.money, amountMinor),
    ...cutBy(order, amountMinor - worthMinor),
  };
}

/** @throws ORDER_TOTAL when the parts are not what was authorised */
export function checkTotal({ lines, parcel, payment }: PlaceOrder): void {
  const totalMinor = lines.reduce((sum, line) => sum + line.totalMinor, parcel?.totalMinor ?? 0);
  if (totalMinor === payment.totalMinor) return;
  refuse("ORDER_TOTAL", `The lines and the parcel come to ${totalMinor}, but ${payment.totalMinor} were authorised.`, {
    totalMinor,
    authorisedMinor: payment.totalMinor,
  });
}

/** Cancelled units that were paid after all: money that came too late goes back. */
export const cancelledUnits = (order: PlacedOrder): OrderUnits[] =>
  order.lines.flatMap(({ lineId, cancelled = 0 }) => (cancelled > 0 ? [{ lineId, quantity: cancelled }] : []));

/** How many units go, for lines of which there shall be fewer. @throws ORDER_UNITS */
export function fewer(order: PlacedOrder, wanted: readonly OrderUnits[]): OrderUnits[] {
  return wanted.flatMap(({ lineId, quantity }) => {
    const line = order.lines.find((one) => one.lineId === lineId);
    const now = line ? line.quantity - (line.cancelled ?? 0) : 0;
    const less = now - quantity;
    if (!line || less < 0 || less > openOf(line)) {
      const least = line ? now - openOf(line) : 0;
      refuse("ORDER_UNITS", `Of line ${lineId} there can be ${least} to ${now} units, not ${quantity}.`, { lineId });
    }
    return less === 0 ? [] : [{ lineId, quantity: less }];
  });
}

/** What is digital is delivered as soon as it is paid. */
export function delivered(order: PlacedOrder, at: Iso): OrderEvent[] {
  const units = order.lines.flatMap((line) =>
    line.digital && openOf(line) > 0 ? [{ lineId: line.lineId, quantity: openOf(line) }] : [],
  );
  if (units.length === 0) return [];
  const ranged = ranges(order, units, (line) => line.shipped ?? 0);
  const sent = { fulfilmentId: fulfilmentIdOf(order), units: ranged, carrier: null, tracking: null, at };
  return [{ type: "order.shipped", data: { ...sent, digital: true } }];
}
