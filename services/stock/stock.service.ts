import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import { derivedId } from "../../models/kernel/ids";
import { stock, type StockCommands, type StockPlace, type StockState } from "../../models/stock/stock.aggregate";
import {
  stockContract,
  stockIdOf,
  type AdjustStock,
  type CountStock,
  type LimitBackorders,
  type ReceiveStock,
  type StockKey,
  type StockView,
} from "../../models/stock/stock.contract";
import { available } from "../../models/stock/stock.hold.aggregate";
import type { OfferPlaces } from "../../models/stock/stock.hold.contract";
import type { ExpectTransfer, TransferStock } from "../../models/stock/stock.transfer.contract";
import { typed } from "../kernel/call";
import { historyReader, newestOrRefuse, remembering } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { holdsMallWide } from "../kernel/permission";
import { aggregateService, type CallSite } from "../kernel/service";
import { createPlaceCheck } from "./place.service";
import { createPlaces } from "./places.service";

/** Which product the stock counts for, and whose it is, says the offer; neither ever changes. */
async function ofOffer<P extends StockKey>(params: P, { caller, meta }: CallSite): Promise<P & StockPlace> {
  const { productId, sellerId } = await typed<Calls>(caller, meta)("offer.peek", { id: params.offerId });
  return { ...params, productId, sellerId };
}

/**
 * A seller that is not active changes no stock; those who may change every stock of the mall may change its, too.
 * Whoever asks, stock lies only where it may.
 */
function admission(node: Node) {
  const mayLie = createPlaceCheck();
  const placed = async <P extends StockKey>(params: P, site: CallSite): Promise<P & StockPlace> => {
    const mallWide = holdsMallWide(node.roles, site.meta.principal, "stock.write");
    const found = await ofOffer(params, site);
    if (!mallWide) await typed<Calls>(site.caller, site.meta)("seller.admit", { id: found.sellerId });
    await mayLie(found, site, mallWide);
    return found;
  };
  const change = async <P extends StockKey>(params: P, site: CallSite): Promise<P> => {
    await placed(params, site);
    return params;
  };
  return {
    "stock.receive": (params: ReceiveStock, site: CallSite): Promise<StockCommands["stock.receive"]> =>
      placed(params, site),
    "stock.adjust": (params: AdjustStock, site: CallSite) => change(params, site),
    "stock.count": (params: CountStock, site: CallSite) => change(params, site),
    "stock.limit": (params: LimitBackorders, site: CallSite) => change(params, site),
    "stock.transfer": async (params: TransferStock, site: CallSite): Promise<StockCommands["stock.transfer"]> => {
      const { sellerId } = await placed(params, site);
      await mayLie({ sellerId, location: params.to }, site, false);
      return { ...params, transferId: derivedId("transfer", site.meta.commandId ?? "") };
    },
    "stock.expect": (params: ExpectTransfer, site: CallSite) => change(params, site),
  };
}

export const stockService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "stock");
  const placesOf = createPlaces(node.histories("stock"));
  return aggregateService(node, {
    contract: anyContract(stockContract),
    aggregate: erased(stock),
    prepare: admission(node),
    queries: {
      "stock.get": async (key: StockKey): Promise<StockView> => {
        const id = stockIdOf(key);
        const { version, state } = await newestOrRefuse<StockState>(reader, id, "stock");
        const { status: _status, reserved = 0, backorderMax = 0, underway = [], ...view } = state;
        const counts = { reserved, backorderMax, available: available(state) };
        return { ...view, ...counts, underway: [...underway], id, version };
      },
      "stock.places": (params: OfferPlaces, context) => placesOf(params, remembering(reader, context)),
    },
  });
};
