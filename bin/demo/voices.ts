/** What those who come again say of what they bought: stars, and a few words. Pure. */
import type { RecordOrder } from "../../models/order/order.record.contract";
import { recordedOrderId } from "../../models/order/order.record.contract";
import type { Command } from "../client/mall";
import { keyOf } from "../client/keys";
import type { Dated } from "./history";

/** A mall is filled in seconds: so many are enough to have stars on what is sold most. */
const VOICES_MAX = 24;

const WORDS = [
  { rating: 5, title: "Exactly as described", text: "Well made, and it came two days early. I would buy it again." },
  { rating: 4, title: "Very good", text: "Good quality for the price. The packaging could be smaller." },
  { rating: 5, title: "A gift that was liked", text: "Beautiful finish, feels solid. My sister loves it." },
  { rating: 3, title: "Fine", text: "Does what it should. The colour is a little darker than in the picture." },
  { rating: 4, title: "Happy with it", text: "In use every day for a month now, and no complaints." },
  { rating: 5, title: "Third one already", text: "We keep coming back for these. Sturdy and easy to clean." },
  { rating: 2, title: "Not for me", text: "The material feels thinner than expected, though the delivery was quick." },
] as const;

/** One voice for each sale to somebody who is known, the first ones first. */
export function voicesOf(sales: readonly Dated[]): Command[] {
  const known = sales
    .map(({ params }) => params as RecordOrder)
    .filter(({ customerId }) => customerId !== null)
    .slice(0, VOICES_MAX);
  return known.map((sold, n) => {
    const orderId = recordedOrderId(sold);
    const words = WORDS[n % WORDS.length];
    const params = { orderId, lineId: sold.lines[0]?.lineId ?? "", ...words, language: "en" };
    return { action: "review.write", params, idempotencyKey: keyOf("demo", "voice", orderId) };
  });
}
