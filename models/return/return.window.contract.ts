/** How long, and at whose cost, what was bought may be given back: by law at least fourteen days in the EU. */
import Joi from "../kernel/schema";
import { idSchema, plainText } from "../kernel/text";
import type { OrderView } from "../order/order.view.contract";

/** What the law of the EU gives; what the mall gives where nobody has said otherwise. */
export const RETURN_DAYS = 14;
export const RETURN_DAYS_MAX = 365;
export const returnDaysSchema = Joi.number().integer().min(0).max(RETURN_DAYS_MAX);

export type ReturnShippingBy = "customer" | "seller";

/** Of a line of an order, until when it may be given back. */
export interface LineWindow {
  readonly lineId: string;
  /** 0: never. */
  readonly days: number;
  /** `2026-01-31`, the last day, by UTC; null as long as not all has come. */
  readonly lastDay: string | null;
  readonly open: boolean;
  /** By law the whole may still be withdrawn from: of all of the order, what sending it cost goes back, too. */
  readonly sendingBack: boolean;
}

/** As it held when the order was placed, whatever holds now. */
export interface ReturnTerms {
  readonly orderId: string;
  readonly lines: LineWindow[];
  /** Of what is given back or exchanged; what is complained about comes back at the seller's cost. */
  readonly shippingBy: ReturnShippingBy;
}

export interface AskReturnTerms {
  readonly orderId: string;
}

const DAY_MS = 86_400_000;

/**
 * The day when the last of an order came; null as long as something is on its way or yet to be sent. As the law counts
 * it: of several parcels, the last one.
 */
export function cameOn({ fulfilments, lines }: Pick<OrderView, "fulfilments" | "lines">): string | null {
  if (fulfilments.length === 0 || lines.some(({ progress }) => progress.open > 0)) return null;
  const days = fulfilments.map(({ deliveredAt }) => deliveredAt?.slice(0, 10) ?? null);
  if (days.includes(null)) return null;
  return days.reduce((latest, day) => ((day ?? "") > (latest ?? "") ? day : latest), null);
}

/** @param now ISO time; the last day counts to its end */
export function windowOf(lineId: string, days: number, came: string | null, now: string): LineWindow {
  const last = (count: number): string | null =>
    came === null ? null : new Date(Date.parse(came) + count * DAY_MS).toISOString().slice(0, 10);
  const within = (lastDay: string | null): boolean => days > 0 && (lastDay === null || now.slice(0, 10) <= lastDay);
  const lastDay = last(days);
  return { lineId, days, lastDay, open: within(lastDay), sendingBack: within(last(Math.min(days, RETURN_DAYS))) };
}

const id = idSchema.required();
const day = plainText(10).pattern(/^\d{4}-\d{2}-\d{2}$/, "day");
export const shippingBySchema = Joi.string<ReturnShippingBy>().valid("customer", "seller");
export const returnTerms = Joi.object<ReturnTerms, true>({
  orderId: id,
  lines: Joi.array()
    .items(
      Joi.object<LineWindow, true>({
        lineId: id,
        days: returnDaysSchema.required(),
        lastDay: day.allow(null).required(),
        open: Joi.boolean().required(),
        sendingBack: Joi.boolean().required(),
      }),
    )
    .max(200)
    .required(),
  shippingBy: shippingBySchema.required(),
});
