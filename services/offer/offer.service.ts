import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import { offer, type OfferState } from "../../models/offer/offer.aggregate";
import {
  offerContract,
  type MakeOffer,
  type OfferGlance,
  type OfferId,
  type OfferView,
} from "../../models/offer/offer.contract";
import { refuse } from "../../models/refusals";
import { typed } from "../kernel/call";
import { historyReader, newestOrRefuse, remembering } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { aggregateService, type CallSite } from "../kernel/service";

/** An offer is made on a product that exists, and on one of its variants where it has variants. */
async function onProduct(params: MakeOffer, { caller, meta }: CallSite): Promise<MakeOffer> {
  const { variantIds } = await typed<Calls>(caller, meta)("product.peek", { id: params.productId });
  const { variantId } = params;
  const fits = variantId === undefined ? variantIds.length === 0 : variantIds.includes(variantId);
  if (!fits) {
    const todo = variantIds.length === 0 ? "It has no variants: leave variantId out." : "Name one of its variants.";
    refuse("OFFER_VARIANT_UNKNOWN", `The offer does not say which variant of the product it sells. ${todo}`, {
      variantIds,
    });
  }
  return params;
}

export const offerService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "offer");
  return aggregateService(node, {
    contract: anyContract(offerContract),
    aggregate: erased(offer),
    prepare: { "offer.make": onProduct },
    queries: {
      "offer.peek": async ({ id }: OfferId, context): Promise<OfferGlance> => {
        const { state } = await newestOrRefuse<OfferState>(remembering(reader, context), id, "offer");
        return { productId: state.productId, sellerId: state.sellerId };
      },
      "offer.get": async ({ id }: OfferId): Promise<OfferView> => {
        const { version, state } = await newestOrRefuse<OfferState>(reader, id, "offer");
        const { prices: _prices, ...terms } = state;
        return { ...terms, id, version };
      },
    },
  });
};
