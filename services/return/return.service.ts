import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import { refuse } from "../../models/refusals";
import { orderReturn, type ReturnState } from "../../models/return/return.aggregate";
import type { GuestsReturn } from "../../models/return/return.guest.contract";
import { returnContract, type ReturnId, type ReturnView, type SoldReturn } from "../../models/return/return.contract";
import { asMall, typed } from "../kernel/call";
import { historyReader, newestOrRefuse } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { aggregateService } from "../kernel/service";

export const returnService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "return");

  async function view({ id }: ReturnId): Promise<ReturnView> {
    const { version, state } = await newestOrRefuse<ReturnState>(reader, id, "return");
    const { pending: _pending, pendingAt: _at, ...known } = state;
    return { ...known, id, version };
  }
  return aggregateService(node, {
    contract: anyContract(returnContract),
    aggregate: erased(orderReturn),
    queries: {
      "return.get": view,
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
