import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import { stock, type StockCommands, type StockPlace, type StockState } from "../../models/stock/stock.aggregate";
import {
  stockContract,
  stockIdOf,
  type AdjustStock,
  type CountStock,
  type ReceiveStock,
  type StockKey,
  type StockView,
} from "../../models/stock/stock.contract";
import { typed } from "../kernel/call";
import { historyReader, newestOrRefuse } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { holdsMallWide } from "../kernel/permission";
import { aggregateService, type CallSite } from "../kernel/service";

/** Which product the stock counts for, and whose it is, says the offer; neither ever changes. */
async function ofOffer<P extends StockKey>(params: P, { caller, meta }: CallSite): Promise<P & StockPlace> {
  const { productId, sellerId } = await typed<Calls>(caller, meta)("offer.peek", { id: params.offerId });
  return { ...params, productId, sellerId };
}

/** A seller that is not active changes no stock; those who may change every stock of the mall may change its, too. */
function admission(node: Node) {
  const mallWide = ({ meta }: CallSite): boolean => holdsMallWide(node.roles, meta.principal, "stock.write");
  const admit = ({ caller, meta }: CallSite, id: string) => typed<Calls>(caller, meta)("seller.admit", { id });
  const change = async <P extends StockKey>(params: P, site: CallSite): Promise<P> => {
    if (!mallWide(site)) await admit(site, (await ofOffer(params, site)).sellerId);
    return params;
  };
  return {
    "stock.receive": async (params: ReceiveStock, site: CallSite): Promise<StockCommands["stock.receive"]> => {
      const placed = await ofOffer(params, site);
      if (!mallWide(site)) await admit(site, placed.sellerId);
      return placed;
    },
    "stock.adjust": (params: AdjustStock, site: CallSite) => change(params, site),
    "stock.count": (params: CountStock, site: CallSite) => change(params, site),
  };
}

export const stockService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "stock");
  return aggregateService(node, {
    contract: anyContract(stockContract),
    aggregate: erased(stock),
    prepare: admission(node),
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
