import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import { stock, type StockCommands, type StockState } from "../../models/stock/stock.aggregate";
import {
  stockContract,
  stockIdOf,
  type ReceiveStock,
  type StockKey,
  type StockView,
} from "../../models/stock/stock.contract";
import { typed } from "../kernel/call";
import { historyReader, newestOrRefuse } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { aggregateService, type CallSite } from "../kernel/service";

/** Which product the stock counts for, and whose it is, says the offer; neither ever changes. */
async function ofOffer(params: ReceiveStock, { caller, meta }: CallSite): Promise<StockCommands["stock.receive"]> {
  const { productId, sellerId } = await typed<Calls>(caller, meta)("offer.peek", { id: params.offerId });
  return { ...params, productId, sellerId };
}

export const stockService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "stock");
  return aggregateService(node, {
    contract: anyContract(stockContract),
    aggregate: erased(stock),
    prepare: { "stock.receive": ofOffer },
    queries: {
      "stock.get": async (key: StockKey): Promise<StockView> => {
        const id = stockIdOf(key);
        const { version, state } = await newestOrRefuse<StockState>(reader, id, "stock");
        const { status: _status, ...view } = state;
        return { ...view, id, version };
      },
    },
  });
};
