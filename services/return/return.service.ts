import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import { refuse } from "../../models/refusals";
import { orderReturn, type Allocated, type ReturnState } from "../../models/return/return.aggregate";
import type { GuestsReturn } from "../../models/return/return.guest.contract";
import {
  returnContract,
  returnViewOf,
  type InspectReturn,
  type ReturnId,
  type ReturnView,
  type SoldReturn,
} from "../../models/return/return.contract";
import type { AskReturnTerms, ReturnTerms } from "../../models/return/return.window.contract";
import { asMall, typed } from "../kernel/call";
import { historyReader, newestOrRefuse } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { aggregateService, type CallSite } from "../kernel/service";
import { allocatedFor } from "./exchange.saga";
import { termsOf } from "./window.service";

export const returnService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "return");

  async function view({ id }: ReturnId): Promise<ReturnView> {
    const { version, state } = await newestOrRefuse<ReturnState>(reader, id, "return");
    return returnViewOf(state, { id, version });
  }

  /** From where the articles of an exchange are to be had. @throws STOCK_SHORT */
  async function approving({ id }: ReturnId, { caller, meta }: CallSite): Promise<ReturnId & Partial<Allocated>> {
    const { version, state } = await newestOrRefuse<ReturnState>(reader, id, "return");
    if (state.exchange === undefined || state.status !== "requested" || state.pending !== null) return { id };
    return { id, ...(await allocatedFor(state, version, typed<Calls>(caller, asMall(meta, "places", "returns")))) };
  }

  /** One difference after the other: an order has one proposal. @throws RETURN_EXCHANGE */
  async function inspecting(params: InspectReturn, { caller, meta }: CallSite): Promise<InspectReturn> {
    const { state } = await newestOrRefuse<ReturnState>(reader, params.id, "return");
    if (state.exchange === undefined) return params;
    const { raise } = await typed<Calls>(caller, asMall(meta, "order", "returns"))("order.get", { id: state.orderId });
    if (!raise?.exchange) return params;
    const { returnId } = raise.exchange;
    return refuse("RETURN_EXCHANGE", "The difference of another exchange of the order is still to be paid.", {
      returnId,
    });
  }
  return aggregateService(node, {
    contract: anyContract(returnContract),
    aggregate: erased(orderReturn),
    prepare: { "return.approve": approving, "return.inspect": inspecting },
    queries: {
      "return.get": view,
      "return.terms": async ({ orderId }: AskReturnTerms, { caller, meta }): Promise<ReturnTerms> => {
        const call = typed<Calls>(caller, asMall(meta, "terms", "returns"));
        const order = await call("order.get", { id: orderId });
        if (order.customerId === meta.principal.id) return termsOf(order, node.clock.now(), call);
        return refuse("NOT_FOUND", `There is no order "${orderId}" of yours.`, { id: orderId });
      },
      "return.trackGet": async ({ id, orderId, key }: GuestsReturn, { caller, meta }): Promise<ReturnView> => {
        await typed<Calls>(caller, asMall(meta, "track"))("order.ofGuest", { id: orderId, key });
        const found = await view({ id });
        return found.orderId === orderId ? found : refuse("NOT_FOUND", `The order has no return "${id}".`, { id });
      },
      "return.sold": async ({ id, sellerId }: SoldReturn): Promise<ReturnView> => {
        const found = await view({ id });
        return found.sellerId === sellerId
          ? found
          : refuse("NOT_FOUND", `The seller has no return "${id}".`, { id, sellerId });
      },
    },
  });
};
