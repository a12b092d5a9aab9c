import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { goods, type GoodsState } from "../../models/goods/goods.aggregate";
import { goodsContract, type GoodsOf, type GoodsView, type KeepGoods } from "../../models/goods/goods.contract";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import { refuse } from "../../models/refusals";
import { asMall, typed } from "../kernel/call";
import { historyReader, newestOrRefuse } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { aggregateService, type CallSite } from "../kernel/service";

/** A file belongs to a digital offer of the seller who brings it. */
async function ofOffer(params: KeepGoods, { caller, meta }: CallSite): Promise<KeepGoods> {
  const { offerId: id, sellerId } = params;
  const offer = await typed<Calls>(caller, asMall(meta, "offer"))("offer.get", { id });
  if (offer.sellerId !== sellerId) refuse("NOT_FOUND", `The seller has no offer "${id}".`, { id });
  if (offer.delivery !== "digital") {
    refuse("GOODS_NOT_DIGITAL", "The offer is sent as a parcel: make another one with delivery digital.", { id });
  }
  return params;
}

export const goodsService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "goods");
  const kept = async (offerId: string) => newestOrRefuse<GoodsState>(reader, offerId, "file of an offer");
  return aggregateService(node, {
    contract: anyContract(goodsContract),
    aggregate: erased(goods),
    prepare: { "goods.keep": ofOffer },
    queries: {
      "goods.get": async ({ offerId, sellerId }: GoodsOf): Promise<GoodsView> => {
        const { version, state } = await kept(offerId);
        if (state.sellerId !== sellerId) refuse("NOT_FOUND", `The seller has no file of "${offerId}".`);
        return { offerId, sellerId, version, name: state.name, bytes: state.bytes };
      },
      "goods.fetch": async ({ offerId }: GoodsOf): Promise<KeepGoods> => {
        const { status: _status, ...file } = (await kept(offerId)).state;
        return file;
      },
    },
  });
};
