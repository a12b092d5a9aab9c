/** The events of sending: a parcel, the files that go with it, and the money where it is taken as they leave. */
import type { Iso } from "../kernel/row";
import { refuse } from "../refusals";
import type { OrderUnits } from "./order.commands.contract";
import { chosen, cutBy, fulfilmentIdOf, ranges } from "./order.decisions.aggregate";
import type { OrderCommands, OrderEvent } from "./order.events.aggregate";
import { openOf, type PlacedOrder } from "./order.state.aggregate";
import { worthOfUnits } from "./order.units.aggregate";

const filesOf = ({ lines }: PlacedOrder): ReadonlySet<string> =>
  new Set(lines.flatMap(({ lineId, digital }) => (digital ? [lineId] : [])));

/** The money for what is shipped, where the order takes it itself; that for sending with the first parcel. */
function takenFor(order: PlacedOrder, units: readonly OrderUnits[], at: Iso): OrderEvent[] {
  if (order.money.capture !== "shipment") return [];
  // what came to the order later was paid as it came
  const unpaid = units.flatMap(({ lineId, quantity }) => {
    const line = order.lines.find((one) => one.lineId === lineId);
    const left = line ? line.quantity - (line.captured ?? 0) : 0;
    return left > 0 ? [{ lineId, quantity: Math.min(quantity, left) }] : [];
  });
  if (unpaid.length === 0) return [];
  const ranged = ranges(order, unpaid, (line) => line.captured ?? 0);
  const files = filesOf(order);
  const travels = units.some(({ lineId }) => !files.has(lineId));
  const shipping = travels && order.shipping?.captured === false ? order.shipping : null;
  const worthMinor = worthOfUnits(order.lines, ranged) + (shipping?.totalMinor ?? 0);
  const { totalMinor, reducedMinor, capturedMinor } = order.money;
  const amountMinor = Math.min(worthMinor, totalMinor - reducedMinor - capturedMinor);
  const captureId = `c${order.steps + 1}`;
  const taken = { captureId, take: amountMinor > 0, units: ranged, shipping: shipping !== null, amountMinor };
  return [{ type: "order.captured", data: { ...taken, ...cutBy(order, worthMinor - amountMinor), at } }];
}

/** The order, unless its money is still to be taken: should that fail, nothing may have left. @throws ORDER_UNPAID */
function paidFor(order: PlacedOrder): PlacedOrder {
  const { capture, totalMinor, reducedMinor, capturedMinor } = order.money;
  if (capture === "order" && capturedMinor === 0 && totalMinor > reducedMinor) {
    refuse("ORDER_UNPAID", "The money is not taken yet: send it when it is, in a moment mostly.", { totalMinor });
  }
  return order;
}

/** What travels has a carrier and arrives later; a file is there as it is sent, and is a fulfilment of its own. */
export function sent(order: PlacedOrder, params: OrderCommands["order.ship"], at: Iso): OrderEvent[] {
  const { lines, carrier = null, tracking = null } = params;
  const units = chosen(paidFor(order), lines, openOf);
  const files = filesOf(order);
  const parts = [
    { units: units.filter(({ lineId }) => !files.has(lineId)), how: { carrier, tracking } },
    { units: units.filter(({ lineId }) => files.has(lineId)), how: { carrier: null, tracking: null, digital: true } },
  ] as const;
  const events = parts
    .filter((part) => part.units.length > 0)
    .map((part, i): OrderEvent => {
      const fulfilmentId = fulfilmentIdOf({ ...order, steps: order.steps + i });
      const ranged = ranges(order, part.units, (line) => line.shipped ?? 0);
      return { type: "order.shipped", data: { fulfilmentId, units: ranged, ...part.how, at } };
    });
  return [...events, ...takenFor({ ...order, steps: order.steps + events.length }, units, at)];
}
