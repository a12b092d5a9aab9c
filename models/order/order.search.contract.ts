/** Finding orders: the shopper's own, a seller's, everybody's; the same question with another owner. */
import Joi from "../kernel/schema";
import type { Actions } from "../kernel/contract";
import { currencySchema } from "../kernel/money";
import { idSchema, plainText, versionSchema } from "../kernel/text";
import { orderStatus, type OrderStatus } from "./order.machine.contract";
import { orderAmount } from "./order.place.contract";
import { paymentStatusSchema, type PaymentStatus } from "./order.view.contract";

/** An order as lists show it. Nothing personal. */
export interface OrderHit {
  readonly id: string;
  readonly version: number;
  readonly number: string;
  readonly status: OrderStatus;
  readonly payment: PaymentStatus;
  readonly groupId: string;
  readonly channelId: string;
  readonly sellerId: string;
  readonly customerId: string | null;
  readonly placedAt: string;
  readonly currency: string;
  readonly totalMinor: number;
  readonly capturedMinor: number;
  readonly refundedMinor: number;
  readonly units: number;
  /** Titles of its lines, in the language of the order; cut where they are long. */
  readonly titles: string[];
  /** True where something could not be carried out. */
  readonly stuck: boolean;
}

export interface FindOrders {
  readonly status?: OrderStatus;
  readonly payment?: PaymentStatus;
  /** Placed not before, and before. */
  readonly from?: string;
  readonly to?: string;
  readonly productId?: string;
  readonly groupId?: string;
  /** Words of titles, or the order's number. */
  readonly q?: string;
  readonly totalMin?: number;
  readonly totalMax?: number;
  readonly cursor?: string;
  readonly limit: number;
}

export interface FindSellersOrders extends FindOrders {
  readonly sellerId: string;
}

export interface FindAllOrders extends FindOrders {
  readonly sellerId?: string;
  readonly customerId?: string;
  readonly channelId?: string;
  readonly stuck?: boolean;
}

export interface FoundOrders {
  /** Newest first. */
  readonly items: OrderHit[];
  readonly total: number;
  readonly totalRelation: "exact" | "at-least";
  readonly cursor: string | null;
}

export interface OrderSearchCalls {
  "order.mine": { params: FindOrders; result: FoundOrders };
  "order.ofSeller": { params: FindSellersOrders; result: FoundOrders };
  "order.search": { params: FindAllOrders; result: FoundOrders };
}

export const ORDERS_PAGE_MAX = 100;

const moment = Joi.string().isoDate();
const amount = orderAmount.required();
const count = Joi.number().integer().min(0).required();

const ask = {
  status: orderStatus,
  payment: paymentStatusSchema,
  from: moment,
  to: moment,
  productId: idSchema,
  groupId: idSchema,
  q: plainText(200).min(1),
  totalMin: orderAmount,
  totalMax: orderAmount,
  cursor: plainText(2_000).min(1),
  limit: Joi.number().integer().min(1).max(ORDERS_PAGE_MAX).default(20),
};

const hit = Joi.object<OrderHit, true>({
  id: idSchema.required(),
  version: versionSchema.required(),
  number: Joi.string().required(),
  status: orderStatus.required(),
  payment: paymentStatusSchema.required(),
  groupId: idSchema.required(),
  channelId: idSchema.required(),
  sellerId: idSchema.required(),
  customerId: idSchema.allow(null).required(),
  placedAt: moment.required(),
  currency: currencySchema.required(),
  totalMinor: amount,
  capturedMinor: amount,
  refundedMinor: amount,
  units: count,
  titles: Joi.array().items(Joi.string().allow("")).required(),
  stuck: Joi.boolean().required(),
});

const result = Joi.object<FoundOrders, true>({
  items: Joi.array().items(hit).max(ORDERS_PAGE_MAX).required(),
  total: count,
  totalRelation: Joi.string().valid("exact", "at-least").required(),
  cursor: Joi.string().allow(null).required(),
});

export const orderSearch: Actions<OrderSearchCalls> = {
  "order.mine": {
    kind: "query",
    summary: "One's own orders, newest first",
    params: Joi.object<FindOrders, true>(ask),
    result,
    permission: "order.read",
    owner: "caller",
    http: { method: "GET", path: "/v1/me/orders" },
  },
  "order.ofSeller": {
    kind: "query",
    summary: "A seller's orders, newest first",
    params: Joi.object<FindSellersOrders, true>({ ...ask, sellerId: idSchema.required() }),
    result,
    permission: "order.fulfil",
    owner: { field: "sellerId" },
    http: { method: "GET", path: "/v1/sellers/{sellerId}/orders" },
  },
  "order.search": {
    kind: "query",
    summary: "Orders of the mall, newest first",
    params: Joi.object<FindAllOrders, true>({
      ...ask,
      sellerId: idSchema,
      customerId: idSchema,
      channelId: idSchema,
      stuck: Joi.boolean(),
    }),
    result,
    permission: "order.support",
    owner: "platform",
    http: { method: "GET", path: "/v1/orders" },
  },
};
