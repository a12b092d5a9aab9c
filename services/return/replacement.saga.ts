/** An exchange: the same again, as an order that costs nothing, if it can still be promised. */
import { groupIdOf, orderIdOf, type PlaceOrder } from "../../models/order/order.place.contract";
import type { OrderUnits } from "../../models/order/order.commands.contract";
import type { OrderLineView, OrderView } from "../../models/order/order.view.contract";
import { derivedId } from "../../models/kernel/ids";
import { held } from "./exchange.saga";
import type { Steps } from "./return.saga";

interface Exchange {
  readonly returnId: string;
  readonly order: OrderView;
  readonly units: readonly OrderUnits[];
}

const free = ({ progress: _progress, ...line }: OrderLineView, quantity: number): PlaceOrder["lines"][number] => ({
  ...line,
  ...{ quantity, unitMinor: 0, subtotalMinor: 0, discounts: [], netMinor: 0, taxMinor: 0, totalMinor: 0 },
});

type Reservation = PlaceOrder["reservations"][number];

/** The order that replaces what came back; undefined where it cannot, and money goes back instead. */
export async function replaced({ returnId, order, units }: Exchange, call: Steps): Promise<string | undefined> {
  const { places } = await call("places")("order.reservations", { id: order.id });
  const reservations = units.flatMap(({ lineId, quantity }): Reservation[] => {
    const place = places.find((one) => one.lineId === lineId);
    const holdId = derivedId("exchange", returnId, lineId);
    return place ? [{ lineId, offerId: place.offerId, location: place.location, quantity, holdId }] : [];
  });
  const { contact, shippingAddress, sellerId, customerId, channelId, currency, taxInclusive } = order;
  // who was erased can be sent nothing
  if (contact === null || shippingAddress === null || reservations.length < units.length) return undefined;
  if ((await held(reservations, call)) !== undefined) return undefined;
  const checkoutId = derivedId("exchange", returnId);
  const quantities = new Map(units.map(({ lineId, quantity }) => [lineId, quantity]));
  await call("place")("order.place", {
    ...{ checkoutId, sellerId, customerId, channelId, currency, taxInclusive, contact, shippingAddress, reservations },
    lines: order.lines.flatMap((line) => {
      const quantity = quantities.get(line.lineId);
      return quantity === undefined ? [] : [free(line, quantity)];
    }),
    payment: { paymentId: groupIdOf({ checkoutId }), totalMinor: 0 },
    // of a replacement that is exchanged again, the first one
    replaces: order.replaces ?? order.id,
  });
  return orderIdOf({ checkoutId, sellerId });
}
