/** Units of an order against other articles of its seller: what they cost, and what is put against them. */
import { LINES_MAX, quoteLineSchema, type QuoteLine } from "../cart/cart.quote.contract";
import { appliedCommissionSchema, type AppliedCommission } from "../commission/commission.contract";
import type { Actions } from "../kernel/contract";
import { currencySchema } from "../kernel/money";
import Joi from "../kernel/schema";
import { idSchema, plainText } from "../kernel/text";
import type { OrderId, OrderUnits } from "./order.commands.contract";
import { orderAmount, orderQuantity, reservationSchema, type OrderReservation } from "./order.place.contract";
import type { OrderArticle } from "./order.raise.contract";

/** Units of an order against articles of the same seller. */
export interface QuoteExchange extends OrderId {
  readonly lines: OrderUnits[];
  readonly articles: OrderArticle[];
}

/** What the articles cost now, and what would be put against them if all units come back as they were. */
export interface QuotedExchange {
  readonly lines: readonly QuoteLine[];
  readonly commissions: readonly AppliedCommission[];
  readonly currency: string;
  readonly totalMinor: number;
  readonly creditMinor: number;
}

/** Articles for what comes back: priced when they were asked for, reserved when the return was approved. */
export interface ExchangedArticles {
  readonly lines: readonly QuoteLine[];
  readonly commissions: readonly AppliedCommission[];
  readonly reservations: readonly OrderReservation[];
  /** Why it was asked for. */
  readonly reason: string;
}

export interface OrderExchangeCalls {
  "order.quoteExchange": { params: QuoteExchange; result: QuotedExchange };
}

const id = idSchema.required();
const REASON_MAX = 500;
/** Articles for what comes back; each may be held at several locations. */
const ARTICLES_MAX = 10;
const RESERVATIONS_MAX = 5 * ARTICLES_MAX;

export const articlesSchema = Joi.array()
  .items(Joi.object<OrderArticle, true>({ offerId: id, quantity: orderQuantity.required() }))
  .unique("offerId")
  .min(1)
  .max(ARTICLES_MAX);
export const exchangedSchemas = {
  lines: Joi.array().items(quoteLineSchema).min(1).max(ARTICLES_MAX).required(),
  commissions: Joi.array().items(appliedCommissionSchema).min(1).max(ARTICLES_MAX).required(),
};
export const exchangedArticles = Joi.object<ExchangedArticles>({
  ...exchangedSchemas,
  reservations: Joi.array().items(reservationSchema).max(RESERVATIONS_MAX).required(),
  reason: plainText(REASON_MAX).min(1).required(),
});
export const unitsSchema = Joi.array()
  .items(Joi.object<OrderUnits, true>({ lineId: id, quantity: orderQuantity.required() }))
  .unique("lineId")
  .max(LINES_MAX);

export const orderExchange: Actions<OrderExchangeCalls> = {
  "order.quoteExchange": {
    kind: "query",
    key: "id",
    permission: "order.settle",
    owner: "platform",
    summary: "What articles cost the customer of an order for units that come back, for other services",
    params: Joi.object<QuoteExchange, true>({
      id,
      lines: unitsSchema.min(1).required(),
      articles: articlesSchema.required(),
    }),
    result: Joi.object<QuotedExchange>({
      ...exchangedSchemas,
      currency: currencySchema.required(),
      totalMinor: orderAmount.required(),
      creditMinor: orderAmount.required(),
    }),
  },
};
