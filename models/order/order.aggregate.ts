/**
 * One seller's order. Each step is a commit; what a step asks of others (stock, payment, ledger, papers, mail) becomes
 * a task of the order, which is carried out on the committed step by its timer, under ids that derive from order and
 * task: done once, whatever is killed on the way.
 */
import type { Aggregate } from "../kernel/aggregate";
import { refuse } from "../refusals";
import { admitted, checkTotal, chosen, placed } from "./order.decisions.aggregate";
import type { OrderCommands, OrderEvent } from "./order.events.aggregate";
import { evolveOrder } from "./order.evolve.aggregate";
import { ended, extended, raised, raiseDue } from "./order.raise.aggregate";
import { sent } from "./order.ship.aggregate";
import { openOf, type OrderState, type PlacedOrder } from "./order.state.aggregate";
import {
  captured,
  dropped,
  edited,
  quantitiesOf,
  refunded,
  refundedFor,
  settled,
  unsent,
} from "./order.steps.aggregate";

export type { OrderCommands, OrderEvent } from "./order.events.aggregate";

export const order: Aggregate<OrderState, OrderCommands, OrderEvent> = {
  name: "order",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "order.place": (state, params, at) => {
      if (state.status !== "absent") refuse("ALREADY_EXISTS", "This order was placed already.");
      checkTotal(params);
      return [{ type: "order.placed", data: { ...params, at } }];
    },
    "order.recordCapture": (state, params, at) => captured(placed(state), params, at),
    "order.ship": (state, params, at) => sent(admitted(state, "order.ship"), params, at),
    "order.deliver": (state, { fulfilmentId }, at) => {
      const found = admitted(state, "order.deliver").fulfilments.find(({ id }) => id === fulfilmentId);
      if (!found) return refuse("NOT_FOUND", `The order has no parcel "${fulfilmentId}".`);
      return found.deliveredAt === null ? [{ type: "order.delivered", data: { fulfilmentId, at } }] : [];
    },
    "order.cancel": (state, { reason = "cancelled" }, at) => {
      const found = unsent(admitted(state, "order.cancel"), "order.cancel");
      return dropped(found, { units: chosen(found, undefined, openOf), reason, at });
    },
    "order.decline": (state, { lines, reason }, at) => {
      const found = admitted(state, "order.decline");
      return dropped(found, { units: chosen(found, lines, openOf), reason, at });
    },
    "order.raise": raised,
    "order.refuseRaise": (state, params, at) => ended(state, params, "refused", at),
    "order.lapseRaise": (state, params, at) => ended(state, params, "lapsed", at),
    "order.extend": extended,
    "order.edit": (state, params, at) => edited(admitted(state, "order.edit"), params, at),
    "order.redirect": (state, { shippingAddress }) => {
      const { id, customerId } = unsent(admitted(state, "order.redirect"), "order.redirect");
      return [{ type: "order.redirected", data: { id, customerId, shippingAddress } }];
    },
    "order.refund": (state, { amountMinor, reason, alone }, at) => [
      refunded(placed(state), amountMinor, { reason, at, alone }),
    ],
    "order.admitReturn": (state, { returnId, lines }) => {
      const found = admitted(state, "order.admitReturn");
      const left = ({ shipped = 0, returning = 0, returned = 0 }: PlacedOrder["lines"][number]): number =>
        shipped - returning - returned;
      const quantities = quantitiesOf(chosen(found, lines, left));
      return [{ type: "order.return-admitted", data: { returnId, quantities } }];
    },
    "order.settleReturn": (state, params, at) => settled(admitted(state, "order.settleReturn"), params, at),
    "order.refundReplaced": (state, params, at) => refundedFor(placed(state), params, at),
    "order.finish": (state, { done, failed, papers }) => {
      const { tasks } = placed(state);
      const known = new Set(tasks.map(({ id }) => id));
      const data = {
        papers,
        done: done.filter((id) => known.has(id)),
        failed: Object.fromEntries(failed.filter(({ id }) => known.has(id)).map(({ id, reason }) => [id, reason])),
      };
      return data.done.length + Object.keys(data.failed).length === 0 ? [] : [{ type: "order.finished", data }];
    },
    "order.retry": (state, _params, at) =>
      placed(state).tasks.some(({ failed }) => failed !== undefined) ? [{ type: "order.retried", data: { at } }] : [],
  },
  evolve: evolveOrder,
  due: (state) => {
    if (state.status === "absent") return [];
    const idle = state.tasks.every(({ failed }) => failed !== undefined);
    const tasks = { at: state.tasksAt, command: "order.carryOut", params: { id: state.id } };
    return idle ? raiseDue(state) : [tasks, ...raiseDue(state)];
  },
};
