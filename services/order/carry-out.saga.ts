/**
 * From an order's committed steps to what they ask of others. Each task is done by commands whose ids derive from
 * order and task, so that whoever carries it out again, after whatever death, does nothing twice; then it is recorded.
 * A refusal is an answer and stays visible on the order until somebody has it tried again; silence is none, and the
 * order's timer asks again.
 */
import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { anyContract } from "../../models/kernel/contract";
import { derivedId } from "../../models/kernel/ids";
import { isRefusal } from "../../models/kernel/refusal";
import { commitRef } from "../../models/kernel/row";
import type { OrderId, OrderPaper, TasksDone } from "../../models/order/order.commands.contract";
import { orderContract } from "../../models/order/order.contract";
import { TASKS_MAX } from "../../models/order/order.inside.contract";
import type { OrderState, Placed, PlacedOrder, Task } from "../../models/order/order.state.aggregate";
import { typed, type CallMeta, type TypedCall } from "../kernel/call";
import { historyReader, newestOrRefuse } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { procedureService, type CallSite } from "../kernel/service";
import { boughtReader } from "./bought.service";
import { taskRunners, type TaskSite } from "./tasks.saga";

const REASON_MAX = 500;

/** Refusals that say "not now": the timer comes again. */
const notNow = ({ code, type }: { code: number; type: string }): boolean =>
  code === 429 || code >= 500 || type === "WRITES_CONTENDED";

type Outcome =
  { readonly done: string; readonly papers: readonly OrderPaper[] } | { readonly id: string; readonly reason: string };

/** In the name of the mall; `part` tells the commands of one task apart. */
function callerOf({ id, version }: { id: string; version: number }, task: Task, { caller, meta }: CallSite) {
  return (part: string): TypedCall<Calls> => {
    const own: CallMeta = {
      principal: { id: "orders", permissions: ["*"] },
      trace: meta.trace,
      commandId: derivedId("order-task", id, task.id, part),
      causedBy: commitRef("order", id, version),
      exempt: "timer",
    };
    return typed<Calls>(caller, own);
  };
}

async function run(task: Task, site: TaskSite): Promise<Outcome> {
  try {
    const papers = await taskRunners[task.kind](site, task as never);
    return { done: task.id, papers };
  } catch (error) {
    if (!isRefusal(error) || notNow(error)) throw error;
    return { id: task.id, reason: `${error.type}: ${error.message}`.slice(0, REASON_MAX) };
  }
}

export const orderCarryOut = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "order");
  const bought = boughtReader(node);

  /** Tasks follow one another: what comes back is only given back after it was taken. */
  async function runAll(order: PlacedOrder, version: number, site: CallSite): Promise<Outcome[]> {
    const waiting = order.tasks.filter(({ failed }) => failed === undefined).slice(0, TASKS_MAX);
    const outcomes: Outcome[] = [];
    let read: Promise<Placed> | undefined;
    for (const task of waiting) {
      const call = callerOf({ id: order.id, version }, task, site);
      const papers = [...order.papers, ...outcomes.flatMap((one) => ("done" in one ? one.papers : []))];
      outcomes.push(
        await run(task, {
          papers,
          node,
          order,
          call,
          bought: () => (read ??= bought(order.id, order.money)),
        }),
      );
    }
    return outcomes;
  }

  async function carryOut({ id }: OrderId, site: CallSite): Promise<TasksDone> {
    const { version, state } = await newestOrRefuse<OrderState>(reader, id, "order");
    const outcomes = await runAll(state, version, site);
    const done = outcomes.flatMap((one) => ("done" in one ? [one.done] : []));
    const papers = outcomes.flatMap((one) => ("done" in one ? one.papers : []));
    const failed = outcomes.flatMap((one) => ("done" in one ? [] : [one]));
    if (outcomes.length > 0) {
      const commandId = derivedId("order-finish", id, ...outcomes.map((one) => JSON.stringify(one)));
      const meta: CallMeta = { principal: { id: "orders", permissions: ["*"] }, trace: site.meta.trace, commandId };
      await typed<Calls>(site.caller, meta)("order.finish", { id, done, failed, papers });
    }
    return { id, done: done.length, failed: failed.length };
  }
  return procedureService({
    name: "order.carry-out",
    contract: anyContract(orderContract),
    roles: node.roles,
    procedures: { "order.carryOut": carryOut },
  });
};
