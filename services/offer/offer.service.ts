import { LRUCache } from "lru-cache";
import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import type { AskPrice, PriceAnswer } from "../../models/offer/offer.list.contract";
import { offer, type OfferState } from "../../models/offer/offer.aggregate";
import {
  offerContract,
  type MakeOffer,
  type OfferGlance,
  type OfferId,
  type OfferView,
  type RepriceOffer,
  type ReviseOffer,
} from "../../models/offer/offer.contract";
import type { AskTerms } from "../../models/offer/offer.terms.contract";
import { refuse } from "../../models/refusals";
import { typed } from "../kernel/call";
import { historyReader, newestOrRefuse, remembering } from "../kernel/history-reader";
import { lately } from "../kernel/lately";
import type { Node } from "../kernel/node";
import { holdsMallWide } from "../kernel/permission";
import { priced } from "./price.service";
import { termsOf } from "./terms.service";
import { aggregateService, type CallSite } from "../kernel/service";

/** Sellers that the mall does not know: an import names the same few again and again. */
const STRANGERS_MAX = 10_000;
const STRANGERS_MS = 1_000;

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

/**
 * A seller that is not active cannot sell more, whoever asks. What it sells already may be changed by those who may
 * change every offer of the mall; nobody is kept from withdrawing. A seller that the mall does not know (imports name
 * such) is named only by those who may make any offer.
 */
function admission(node: Node) {
  const strangers = new LRUCache<string, true>({ max: STRANGERS_MAX, ttl: STRANGERS_MS });
  const mallWide = ({ meta }: CallSite): boolean => holdsMallWide(node.roles, meta.principal, "offer.write");
  const known = async (id: string, { caller, meta }: CallSite): Promise<boolean> =>
    (await typed<Calls>(caller, meta)("seller.admit", { id })).known;
  const make = async (params: MakeOffer, site: CallSite): Promise<MakeOffer> => {
    const { sellerId } = params;
    const anyone = mallWide(site);
    if (!(anyone && strangers.has(sellerId)) && !(await known(sellerId, site))) {
      if (!anyone) refuse("NOT_FOUND", `There is no seller "${sellerId}"; apply to sell first.`, { sellerId });
      strangers.set(sellerId, true);
    }
    return onProduct(params, site);
  };
  const change = async <P extends OfferId>(params: P, site: CallSite): Promise<P> => {
    if (mallWide(site)) return params;
    const { sellerId } = await typed<Calls>(site.caller, site.meta)("offer.peek", { id: params.id });
    await known(sellerId, site);
    return params;
  };
  return {
    "offer.make": make,
    "offer.reprice": (params: RepriceOffer, site: CallSite) => change(params, site),
    "offer.revise": (params: ReviseOffer, site: CallSite) => change(params, site),
    "offer.restore": (params: OfferId, site: CallSite) => change(params, site),
  };
}

export const offerService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "offer");
  const terms = lately(node, { aggregate: "offer", reader });
  return aggregateService(node, {
    contract: anyContract(offerContract),
    aggregate: erased(offer),
    prepare: admission(node),
    queries: {
      "offer.peek": async ({ id }: OfferId, context): Promise<OfferGlance> => {
        const { state } = await newestOrRefuse<OfferState>(remembering(reader, context), id, "offer");
        const { productId, sellerId, price } = state;
        return { productId, sellerId, currency: price.currency };
      },
      "offer.get": async ({ id }: OfferId): Promise<OfferView> => {
        const { version, state } = await newestOrRefuse<OfferState>(reader, id, "offer");
        const { prices: _prices, ...terms } = state;
        return { ...terms, id, version };
      },
      "offer.terms": (ask: AskTerms, site) => termsOf(terms, ask, site),
      "offer.price": async (ask: AskPrice, { meta, caller }): Promise<PriceAnswer> => {
        const [{ state }, { entries }] = await Promise.all([
          newestOrRefuse<OfferState>(reader, ask.id, "offer"),
          typed<Calls>(caller, meta)("pricelist.peek", { offerId: ask.id }),
        ]);
        return priced(ask, { offer: state, entries, now: new Date().toISOString() });
      },
    },
  });
};
