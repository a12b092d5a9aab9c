import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import { isRefusal } from "../../models/kernel/refusal";
import type { OrderView } from "../../models/order/order.view.contract";
import { ordergroup, type OrderGroupState } from "../../models/ordergroup/ordergroup.aggregate";
import {
  orderGroupContract,
  type GroupPayment,
  type GroupReturn,
  type OrderGroupId,
  type OrderGroupView,
} from "../../models/ordergroup/ordergroup.contract";
import { asMall, typed } from "../kernel/call";
import { historyReader, newestOrRefuse } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { aggregateService, type CallSite } from "../kernel/service";

/** A group has two hundred orders at most; so many are asked for at once. */
const AT_ONCE = 20;

async function each<T, R>(items: readonly T[], one: (item: T) => Promise<R>): Promise<R[]> {
  const all: R[] = [];
  for (let from = 0; from < items.length; from += AT_ONCE) {
    all.push(...(await Promise.all(items.slice(from, from + AT_ONCE).map(one))));
  }
  return all;
}

/** The orders of a group share the payment that they were bought with. Exported for its tests. */
export function paymentsOf(orders: readonly Pick<OrderView, "id" | "money">[]): GroupPayment[] {
  const byId = new Map<string, GroupPayment>();
  for (const { id, money } of orders) {
    for (const { paymentId, capturedMinor, refundedMinor } of money.payments) {
      const known = byId.get(paymentId) ?? { paymentId, capturedMinor: 0, refundedMinor: 0, orderIds: [] };
      byId.set(paymentId, {
        paymentId,
        capturedMinor: known.capturedMinor + capturedMinor,
        refundedMinor: known.refundedMinor + refundedMinor,
        orderIds: [...known.orderIds, id],
      });
    }
  }
  return [...byId.values()];
}

export const orderGroupService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "ordergroup");

  async function returnOf(returnId: string, { caller, meta }: CallSite): Promise<GroupReturn[]> {
    try {
      const found = await typed<Calls>(caller, asMall(meta, "return"))("return.get", { id: returnId });
      const { orderId, kind, status, requestedAt } = found;
      return [{ returnId, orderId, kind, status, requestedAt }];
    } catch (error) {
      // recorded as it came about elsewhere: the order knows of it, and it was never asked for here
      if (isRefusal(error, "NOT_FOUND")) return [];
      throw error;
    }
  }

  /** Who may read the group is held against its customer; what is in it is the same customer's. */
  async function get({ id }: OrderGroupId, site: CallSite): Promise<OrderGroupView> {
    const { version, state } = await newestOrRefuse<OrderGroupState>(reader, id, "group of orders");
    const { status: _status, orders: placed, ...group } = state;
    const call = typed<Calls>(site.caller, asMall(site.meta, "order"));
    const orders = await each(placed, ({ orderId }) => call("order.get", { id: orderId }));
    const returns = await each(
      orders.flatMap((order) => order.returns),
      (returnId) => returnOf(returnId, site),
    );
    const shown = orders.map(({ id: orderId, sellerId, number, status, money: { totalMinor } }) => ({
      ...{ orderId, sellerId, number, status, totalMinor },
    }));
    const totalMinor = shown.reduce((sum, order) => sum + order.totalMinor, 0);
    return { ...group, version, totalMinor, orders: shown, payments: paymentsOf(orders), returns: returns.flat() };
  }
  return aggregateService(node, {
    contract: anyContract(orderGroupContract),
    aggregate: erased(ordergroup),
    queries: { "ordergroup.get": get },
  });
};
