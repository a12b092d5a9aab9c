/**
 * What the demo seller sold: yesterday and today until now, as orders of a till, days with a morning and an evening;
 * and over half a year to people who come again, some of them often.
 */
import type { ListedOffer } from "../../models/offer/offer.list.contract";
import type { RecordOrder } from "../../models/order/order.record.contract";
import { derivedId } from "../../models/kernel/ids";
import { keyOf } from "../client/keys";
import { seeded } from "./random";
import type { Dated } from "./history";
import { DAY_MS } from "./moments";

export interface Selling {
  readonly seed: number;
  readonly sellerId: string;
  readonly channelId: string;
  readonly currency: string;
  readonly offers: readonly Pick<ListedOffer, "id" | "productId" | "sku" | "title" | "price">[];
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
    ...{
      sku: offer.sku,
      title: offer.title ?? { en: offer.sku },
      delivery: "parcel",
      quantity,
      unitMinor: offer.price.amountMinor,
    },
    ...{ subtotalMinor: totalMinor, discounts: [], netMinor, taxMinor: totalMinor - netMinor },
    ...{ taxRateBp: TAX_BP, totalMinor },
  };
}

interface Sale {
  readonly atMs: number;
  /** Which of the offers. */
  readonly n: number;
  /** Null for who buys at the till. */
  readonly customerId: string | null;
}

function sale(selling: Selling, { atMs, n, customerId }: Sale): Dated {
  const { sellerId, channelId, currency } = selling;
  const reference = `${customerId === null ? "till" : "post"}-${new Date(atMs).toISOString()}`;
  const quantity = 1 + (n % 3 === 0 ? 1 : 0);
  const params: RecordOrder = {
    ...{ reference, channelId, customerId, contact: { email: "till@demo.example" }, sellerId, currency },
    ...{ taxInclusive: true, lines: [lineOf(selling, n, quantity)] },
  };
  const idempotencyKey = keyOf("demo", "sale", sellerId, reference);
  return { action: "order.record", params, idempotencyKey, occurredAt: new Date(atMs).toISOString() };
}

const REGULARS = 12;
const HALF_YEAR_DAYS = 180;

/** Each comes for the first time on some day, and then, perhaps, again. */
export function regularsOf(selling: Selling): Dated[] {
  if (selling.offers.length === 0) return [];
  const random = seeded(selling.seed + 1);
  const today = Math.floor(selling.nowMs / DAY_MS) * DAY_MS;
  return Array.from({ length: REGULARS }, (_, who) => {
    const customerId = derivedId("demo", "regular", String(who));
    const days: number[] = [];
    for (let ago = random.whole(2, HALF_YEAR_DAYS); ago > 1; ago -= random.whole(20, 90)) days.push(ago);
    return days.map((ago) =>
      sale(selling, {
        atMs: today - ago * DAY_MS + random.whole(7 * 60, 20 * 60) * 60_000 + who,
        ...{ n: random.whole(0, PICKS), customerId },
      }),
    );
  }).flat();
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
    .map((atMs) => sale(selling, { atMs, n: random.whole(0, PICKS), customerId: null }));
}
