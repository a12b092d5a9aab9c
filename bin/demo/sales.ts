/** What the demo seller sold yesterday and today until now, as orders of a till: days with a morning and an evening. */
import type { ListedOffer } from "../../models/offer/offer.list.contract";
import type { RecordOrder } from "../../models/order/order.record.contract";
import { keyOf } from "../client/keys";
import { seeded } from "./random";
import type { Dated } from "./history";
import { DAY_MS } from "./moments";

export interface Selling {
  readonly seed: number;
  readonly sellerId: string;
  readonly channelId: string;
  readonly currency: string;
  readonly offers: readonly Pick<ListedOffer, "id" | "productId" | "sku" | "price">[];
  readonly nowMs: number;
}

const HOUR_MS = 3_600_000;
/** Orders in each hour of a day, from midnight. */
const HOURS = [0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 1, 1, 1, 0, 1, 0, 0, 1, 1, 1, 2, 1, 0, 0];
const PICKS = 10_000;
const TAX_BP = 1_900;
const BASIS = 10_000;

function lineOf(selling: Selling, n: number, quantity: number): RecordOrder["lines"][number] {
  const offer = selling.offers[n % selling.offers.length] as Selling["offers"][number];
  const totalMinor = quantity * offer.price.amountMinor;
  const netMinor = Math.round((totalMinor * BASIS) / (BASIS + TAX_BP));
  return {
    ...{ lineId: offer.id, offerId: offer.id, productId: offer.productId, sellerId: selling.sellerId },
    ...{ sku: offer.sku, title: { en: offer.sku }, delivery: "parcel", quantity, unitMinor: offer.price.amountMinor },
    ...{ subtotalMinor: totalMinor, discounts: [], netMinor, taxMinor: totalMinor - netMinor },
    ...{ taxRateBp: TAX_BP, totalMinor },
  };
}

function sale(selling: Selling, atMs: number, n: number): Dated {
  const { sellerId, channelId, currency } = selling;
  const reference = `till-${new Date(atMs).toISOString()}`;
  const quantity = 1 + (n % 3 === 0 ? 1 : 0);
  const params: RecordOrder = {
    ...{ reference, channelId, customerId: null, contact: { email: "till@demo.example" }, sellerId, currency },
    ...{ taxInclusive: true, lines: [lineOf(selling, n, quantity)] },
  };
  const idempotencyKey = keyOf("demo", "sale", sellerId, reference);
  return { action: "order.record", params, idempotencyKey, occurredAt: new Date(atMs).toISOString() };
}

/** None where the seller offers nothing. */
export function salesOf(selling: Selling): Dated[] {
  if (selling.offers.length === 0) return [];
  const random = seeded(selling.seed);
  const start = new Date(selling.nowMs).setHours(0, 0, 0, 0) - DAY_MS;
  const moments = [0, 1].flatMap((day) =>
    HOURS.flatMap((count, hour) =>
      Array.from({ length: count }, () => start + day * DAY_MS + (hour + random.next()) * HOUR_MS),
    ),
  );
  return moments
    .map((ms) => Math.floor(ms))
    .filter((ms) => ms < selling.nowMs)
    .map((ms) => sale(selling, ms, random.whole(0, PICKS)));
}
