/** Orders for tests: as checkout would place them. */
import type { QuoteLine } from "../../models/cart/cart.quote.contract";
import type { PlaceOrder } from "../../models/order/order.place.contract";
import type { Placed } from "../../models/order/order.state.aggregate";

export const address = { name: "Mia Muster", street: "Lichtweg 1", postalCode: "10115", city: "Berlin", country: "DE" };

/** `unitMinor` with 19 % tax in it. */
export function quoteLine(
  lineId: string,
  quantity: number,
  unitMinor: number,
  more: Partial<QuoteLine> = {},
): QuoteLine {
  const totalMinor = quantity * unitMinor - (more.discounts ?? []).reduce((sum, one) => sum + one.amountMinor, 0);
  const netMinor = Math.round(totalMinor / 1.19);
  return {
    ...{
      lineId,
      offerId: `offer-${lineId}`,
      productId: `product-${lineId}`,
      sellerId: "seller-1",
      sku: `sku-${lineId}`,
    },
    ...{ title: { en: `Lamp ${lineId}`, de: `Lampe ${lineId}` }, delivery: "parcel", quantity, unitMinor },
    ...{ subtotalMinor: quantity * unitMinor, discounts: [], netMinor, taxMinor: totalMinor - netMinor },
    ...{ taxRateBp: 1_900, totalMinor },
    ...more,
  };
}

export function placeOrder(lines: readonly QuoteLine[], more: Partial<PlaceOrder> = {}): PlaceOrder {
  const physical = lines.filter(({ delivery }) => delivery === "parcel");
  const shippingMinor = physical.length > 0 ? 590 : 0;
  const parcel = {
    ...{ sellerId: "seller-1", methodId: "standard", methodName: { en: "Standard" }, shippingMinor, discounts: [] },
    ...{
      lineIds: physical.map(({ lineId }) => lineId),
      netMinor: 496,
      taxMinor: 94,
      taxRateBp: 1_900,
      totalMinor: 590,
    },
  };
  const { payment, ...rest } = more;
  return {
    ...{ checkoutId: "checkout-1", channelId: "channel-1", customerId: "mia", contact: { email: "mia@example.com" } },
    ...{ shippingAddress: address, sellerId: "seller-1", currency: "EUR", taxInclusive: true, language: "en", lines },
    ...(physical.length > 0 && { parcel }),
    reservations: physical.map(({ lineId, offerId, quantity }) => ({
      ...{ lineId, offerId, location: "berlin", quantity, holdId: "hold-1" },
    })),
    ...rest,
    payment: {
      paymentId: "payment-1",
      totalMinor: lines.reduce((sum, line) => sum + line.totalMinor, shippingMinor),
      ...payment,
    },
  };
}

export const placed = (params: PlaceOrder): Placed => ({
  ...params,
  id: "order-1",
  number: "MAIN-100001",
  titles: params.lines.map(({ title }) => title["en"] ?? ""),
  commissions: params.lines.map(() => ({ rateBp: 1_000, ruleId: "rule-1", version: 3 })),
});
