import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import type { Row } from "../../models/kernel/row";
import { pricelist, type PricelistCommands, type PricelistState } from "../../models/pricelist/pricelist.aggregate";
import {
  pricelistContract,
  pricelistIdOf,
  type AskEntries,
  type EndPrices,
  type EntriesByOffer,
  type PricelistGlance,
  type PricelistOf,
  type PricelistView,
  type SetPrices,
} from "../../models/pricelist/pricelist.contract";
import { refuse } from "../../models/refusals";
import { typed } from "../kernel/call";
import { historyReader, newestOrRefuse } from "../kernel/history-reader";
import { lately } from "../kernel/lately";
import type { Node } from "../kernel/node";
import { holdsMallWide } from "../kernel/permission";
import { aggregateService, type CallSite } from "../kernel/service";

/** A seller that is not active prices nothing; those who may price every offer of the mall may price its, too. */
function admission(node: Node) {
  const offerOf = ({ caller, meta }: CallSite, id: string) => typed<Calls>(caller, meta)("offer.peek", { id });
  const admit = async ({ caller, meta }: CallSite, id: string): Promise<void> => {
    if (holdsMallWide(node.roles, meta.principal, "offer.write")) return;
    await typed<Calls>(caller, meta)("seller.admit", { id });
  };
  return {
    "pricelist.set": async (params: SetPrices, site: CallSite): Promise<PricelistCommands["pricelist.set"]> => {
      const { productId, sellerId, currency } = await offerOf(site, params.offerId);
      await admit(site, sellerId);
      if (currency !== params.currency) {
        refuse("OFFER_CURRENCY_FIXED", `The offer is priced in ${currency}; its price list is, too.`, { currency });
      }
      return { ...params, productId, sellerId };
    },
    "pricelist.end": async (params: EndPrices, site: CallSite): Promise<EndPrices> => {
      await admit(site, (await offerOf(site, params.offerId)).sellerId);
      return params;
    },
  };
}

export const pricelistService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "pricelist");
  const lists = lately(node, { aggregate: "pricelist", reader });
  return aggregateService(node, {
    contract: anyContract(pricelistContract),
    aggregate: erased(pricelist),
    prepare: admission(node),
    queries: {
      "pricelist.get": async (of: PricelistOf): Promise<PricelistView> => {
        const id = pricelistIdOf(of);
        const { version, state } = await newestOrRefuse<PricelistState>(reader, id, "price list");
        const { status: _status, at: _at, ...view } = state;
        return { ...view, id, version };
      },
      "pricelist.peek": async (of: PricelistOf): Promise<PricelistGlance> => {
        const row = (await reader.newest(pricelistIdOf(of))) as Row<PricelistState> | null;
        return { entries: row && row.state.status !== "absent" ? row.state.entries : [] };
      },
      "pricelist.entries": async ({ offerIds }: AskEntries, { meta }): Promise<EntriesByOffer> => {
        // asked for in one turn, so the store is asked once
        const rows = await Promise.all(offerIds.map((offerId) => lists.newest(pricelistIdOf({ offerId }), meta.after)));
        const found = (rows as (Row<PricelistState> | null)[]).flatMap((row) =>
          row && row.state.status !== "absent" ? [[row.state.offerId, row.state.entries] as const] : [],
        );
        return { lists: Object.fromEntries(found) };
      },
    },
  });
};
