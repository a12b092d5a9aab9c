import type { Aggregate } from "../kernel/aggregate";
import { refuse } from "../refusals";
import { GROUPED_MAX, type GroupedOrder, type IncludeOrder } from "./ordergroup.contract";

export interface OrderGroup extends Omit<IncludeOrder, keyof GroupedOrder> {
  readonly status: "placed";
  readonly totalMinor: number;
  readonly orders: readonly GroupedOrder[];
}

export type OrderGroupState = { readonly status: "absent" } | OrderGroup;

export interface OrderGroupEvent {
  readonly type: "ordergroup.included";
  readonly data: IncludeOrder;
}

export interface OrderGroupCommands {
  readonly "ordergroup.include": IncludeOrder;
}

const ordersOf = (state: OrderGroupState): readonly GroupedOrder[] => (state.status === "absent" ? [] : state.orders);

export const ordergroup: Aggregate<OrderGroupState, OrderGroupCommands, OrderGroupEvent> = {
  name: "ordergroup",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "ordergroup.include": (state, params) => {
      const orders = ordersOf(state);
      if (orders.some(({ orderId }) => orderId === params.orderId)) return [];
      if (orders.length >= GROUPED_MAX) refuse("ORDER_UNITS", `A group has ${GROUPED_MAX} orders at most.`);
      return [{ type: "ordergroup.included", data: params }];
    },
  },
  evolve: {
    "ordergroup.included": (state, { orderId, sellerId, number, totalMinor, ...whole }) => ({
      ...whole,
      status: "placed",
      totalMinor: totalMinor + (state.status === "absent" ? 0 : state.totalMinor),
      orders: [...ordersOf(state), { orderId, sellerId, number, totalMinor }],
    }),
  },
};
