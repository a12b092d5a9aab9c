/** What was bought together: one payment, and an order per seller. */
import Joi from "../kernel/schema";
import type { Contract, Receipt } from "../kernel/contract";
import { currencySchema } from "../kernel/money";
import { idSchema, plainText, versionSchema } from "../kernel/text";
import { orderStatus, type OrderStatus } from "../order/order.machine.contract";
import { MORE_PAYMENTS_MAX, type OrderPaymentView } from "../order/order.raise.contract";
import { RETURNS_SHOWN_MAX } from "../order/order.view.contract";
import { RETURN_KINDS, RETURN_STATUSES, type ReturnKind, type ReturnStatus } from "../return/return.contract";
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

/** An order as it stands now: what came to it later is in its total. */
export interface OrderInGroup extends GroupedOrder {
  readonly status: OrderStatus;
}

/** One payment, with what all orders of the group together took of it and gave back. */
export interface GroupPayment extends OrderPaymentView {
  readonly orderIds: readonly string[];
}

export interface GroupReturn {
  readonly returnId: string;
  readonly orderId: string;
  readonly kind: ReturnKind;
  readonly status: ReturnStatus;
  readonly requestedAt: string;
}

export interface OrderGroupView extends Omit<IncludeOrder, keyof GroupedOrder> {
  readonly version: number;
  readonly totalMinor: number;
  readonly orders: readonly OrderInGroup[];
  readonly payments: readonly GroupPayment[];
  /** Of each order the last ones. */
  readonly returns: readonly GroupReturn[];
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

const PAYMENTS_MAX = GROUPED_MAX * MORE_PAYMENTS_MAX;
const RETURNS_MAX = GROUPED_MAX * RETURNS_SHOWN_MAX;
const inGroup = Joi.object<OrderInGroup, true>({ ...grouped, status: orderStatus.required() });
const payment = Joi.object<GroupPayment>({
  paymentId: id,
  capturedMinor: orderAmount.required(),
  refundedMinor: orderAmount.required(),
  orderIds: Joi.array().items(idSchema).max(GROUPED_MAX).required(),
});
const ofReturn = Joi.object<GroupReturn, true>({
  returnId: id,
  orderId: id,
  kind: Joi.string()
    .valid(...RETURN_KINDS)
    .required(),
  status: Joi.string()
    .valid(...RETURN_STATUSES)
    .required(),
  requestedAt: Joi.string().isoDate().required(),
});

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
      summary: "What was bought together: an order per seller, their payments and returns",
      params: Joi.object<OrderGroupId, true>({ id }),
      result: Joi.object<OrderGroupView>({
        ...whole,
        version: versionSchema.required(),
        totalMinor: orderAmount.required(),
        orders: Joi.array().items(inGroup).max(GROUPED_MAX).required(),
        payments: Joi.array().items(payment).max(PAYMENTS_MAX).required(),
        returns: Joi.array().items(ofReturn).max(RETURNS_MAX).required(),
      }),
      permission: "order.read",
      owner: { field: "customerId" },
      http: { method: "GET", path: "/v1/order-groups/{id}" },
    },
  },
};
