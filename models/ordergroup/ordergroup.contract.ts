/** What was bought together: one payment, and an order per seller. */
import Joi from "joi";
import type { Contract, Receipt } from "../kernel/contract";
import { currencySchema } from "../kernel/money";
import { idSchema, plainText, versionSchema } from "../kernel/text";
import { orderAmount } from "../order/order.place.contract";

export interface GroupedOrder {
  readonly orderId: string;
  readonly sellerId: string;
  readonly number: string;
  readonly totalMinor: number;
}

export interface IncludeOrder extends GroupedOrder {
  readonly id: string;
  readonly checkoutId: string;
  readonly channelId: string;
  readonly customerId: string | null;
  readonly paymentId: string;
  readonly currency: string;
}

export interface OrderGroupId {
  readonly id: string;
}

export interface OrderGroupView extends Omit<IncludeOrder, keyof GroupedOrder> {
  readonly version: number;
  readonly totalMinor: number;
  readonly orders: readonly GroupedOrder[];
}

export interface OrderGroupCalls {
  "ordergroup.include": { params: IncludeOrder; result: Receipt };
  "ordergroup.get": { params: OrderGroupId; result: OrderGroupView };
}

/** As many as a cart has lines. */
export const GROUPED_MAX = 200;

const id = idSchema.required();
const grouped = {
  orderId: id,
  sellerId: id,
  number: plainText(60).required(),
  totalMinor: orderAmount.required(),
};
const whole = {
  id,
  checkoutId: id,
  channelId: id,
  customerId: idSchema.allow(null).required(),
  paymentId: id,
  currency: currencySchema.required(),
};

export const orderGroupContract: Contract<OrderGroupCalls> = {
  aggregate: "ordergroup",
  actions: {
    "ordergroup.include": {
      kind: "command",
      key: "id",
      summary: "Put an order to those that were placed with it",
      params: Joi.object<IncludeOrder, true>({ ...whole, ...grouped }),
      permission: "order.place",
      owner: "platform",
    },
    "ordergroup.get": {
      kind: "query",
      key: "id",
      summary: "What was bought together: an order per seller, and one payment",
      params: Joi.object<OrderGroupId, true>({ id }),
      result: Joi.object<OrderGroupView>({
        ...whole,
        version: versionSchema.required(),
        totalMinor: orderAmount.required(),
        orders: Joi.array().items(Joi.object<GroupedOrder, true>(grouped)).max(GROUPED_MAX).required(),
      }),
      permission: "order.read",
      owner: { field: "customerId" },
      http: { method: "GET", path: "/v1/order-groups/{id}" },
    },
  },
};
