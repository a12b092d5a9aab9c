/** A quote split by seller: what each order is placed with. Pure; the parts come to the whole. */
import type { Quote } from "../cart/cart.quote.contract";
import { RISK_PRODUCTS_MAX, type AssessPayment } from "../fraud/fraud.contract";
import { derivedId } from "../kernel/ids";
import { orderIdOf, type PlaceOrder } from "../order/order.place.contract";
import { reservationsOf } from "./checkout.allocation.contract";
import type { CheckoutData } from "./checkout.data.contract";

export interface CheckoutAt {
  readonly id: string;
  readonly data: CheckoutData;
  readonly quote: Quote;
  readonly paymentId: string;
}

export const paymentIdOf = (checkoutId: string): string => derivedId("payment", checkoutId);

/** Names the capture where nothing was to be captured. */
export const noCaptureId = (checkoutId: string): string => derivedId("nothing", checkoutId);

/** In the order of their first line. */
export const sellersOf = ({ lines }: Pick<Quote, "lines">): string[] => [
  ...new Set(lines.map(({ sellerId }) => sellerId)),
];

/** The seller who gets most of the money. */
function mainSellerOf({ lines }: Pick<Quote, "lines">): string {
  const shares = new Map<string, number>();
  for (const { sellerId, totalMinor } of lines) shares.set(sellerId, (shares.get(sellerId) ?? 0) + totalMinor);
  return [...shares].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "";
}

/** What the risk of a payment is judged by. */
export function riskOf({ id: checkoutId, data, quote }: CheckoutAt, round: number): AssessPayment {
  const { totalMinor: amountMinor = 0, currency = "", cartId, customerId, contact, provider, method, device } = data;
  const address = data.shippingAddress ?? data.billingAddress;
  const who = { customerId, subject: customerId ?? cartId, contact, address, sellerId: mainSellerOf(quote) };
  const productIds = [...new Set(quote.lines.map(({ productId }) => productId))].slice(0, RISK_PRODUCTS_MAX);
  const how = { provider, method, ...(device !== undefined && { device }) };
  return { checkoutId, round, ...who, ...how, amountMinor, currency, productIds };
}

export const orderIdsOf = (checkoutId: string, sellers: readonly string[]): string[] =>
  sellers.map((sellerId) => orderIdOf({ checkoutId, sellerId }));

function orderOf({ id, data, quote, paymentId }: CheckoutAt, sellerId: string): PlaceOrder {
  const lines = quote.lines.filter((line) => line.sellerId === sellerId);
  const parcel = quote.parcels.find((one) => one.sellerId === sellerId);
  const totalMinor = lines.reduce((sum, line) => sum + line.totalMinor, parcel?.totalMinor ?? 0);
  const { channelId, customerId, contact, shippingAddress, billingAddress, capture, language } = data;
  const { currency, taxInclusive } = quote;
  return {
    ...{ checkoutId: id, channelId, customerId, sellerId, currency, taxInclusive, lines },
    // of a person whose data was erased there is none: the order is refused, and everything taken back
    contact: contact as NonNullable<typeof contact>,
    ...(shippingAddress && { shippingAddress }),
    ...(billingAddress && { billingAddress }),
    ...(parcel && { parcel }),
    ...(language !== undefined && { language }),
    reservations: reservationsOf(lines, data.allocations ?? []),
    payment: { paymentId, totalMinor, capture },
  };
}

/** One per seller. Two sellers never sell the same offer, so their holds are apart. */
export const ordersOf = (checkout: CheckoutAt): PlaceOrder[] =>
  sellersOf(checkout.quote).map((sellerId) => orderOf(checkout, sellerId));
