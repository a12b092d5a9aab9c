/** What each kind of task asks of others. Each may be run again: its commands have ids that derive from the task. */
import type { Calls } from "../../models/contracts";
import type { PlacedOrder, Placed, Task } from "../../models/order/order.state.aggregate";
import type { TypedCall } from "../kernel/call";
import type { Node } from "../kernel/node";

export interface TaskSite {
  readonly node: Node;
  readonly order: PlacedOrder;
  /** Calls of one part of the task; each part is done once. */
  readonly call: (part: string) => TypedCall<Calls>;
  readonly bought: () => Promise<Placed>;
}

type Of<K extends Task["kind"]> = Extract<Task, { kind: K }>;
type Runners = { readonly [K in Task["kind"]]: (site: TaskSite, task: Of<K>) => Promise<void> };

async function placed({ order, call }: TaskSite): Promise<void> {
  const { id: orderId, groupId: id, checkoutId, channelId, customerId, currency, sellerId, number, money } = order;
  const { paymentId, totalMinor } = money;
  const group = { id, checkoutId, channelId, customerId, currency, paymentId };
  await call("group")("ordergroup.include", { ...group, orderId, sellerId, number, totalMinor });
}

const notYet = (): Promise<void> => Promise.reject(new Error("The payment service is not there yet"));

export const taskRunners: Runners = {
  placed,
  capture: notYet,
  refund: notYet,
  ship: notYet,
  release: notYet,
  delivered: () => Promise.resolve(),
};
