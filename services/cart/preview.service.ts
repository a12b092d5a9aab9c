/** Tries a promotion on a cart that nobody has, with the offers, prices and taxes of this moment. Keeps nothing. */
import type { ServiceSchema } from "moleculer";
import { candidatesOf, pricedLines } from "../../models/cart/cart.recheck.contract";
import type { Candidate } from "../../models/cart/cart.promotions.contract";
import type { Quote } from "../../models/cart/cart.quote.contract";
import type { KeptCart } from "../../models/cart/cart.state.contract";
import { anyContract } from "../../models/kernel/contract";
import { promotionContract } from "../../models/promotion/promotion.contract";
import { TRIED, type PreviewPromotion, type PromotionPreview } from "../../models/promotion/promotion.preview.contract";
import { refuse } from "../../models/refusals";
import type { Node } from "../kernel/node";
import { procedureService, type CallSite } from "../kernel/service";
import { asCart, factsOf } from "./facts.service";
import { priced, type Basket } from "./reckon.service";

/** As somebody would have it who is not signed in: limits per customer are held against nobody. */
const imagined = (params: PreviewPromotion, currency: string, at: string): KeptCart => ({
  ...{ id: TRIED, status: "open", channelId: params.channelId, currency, customerId: null },
  lines: params.lines.map(({ offerId, quantity }) => ({ lineId: offerId, offerId, quantity, seenMinor: 0 })),
  ...{ later: [], coupons: params.coupons ?? [], shipping: [], country: params.country },
  ...{ contact: null, shippingAddress: null, billingAddress: null },
  ...{ checkoutId: null, completed: 0, lastCheckoutId: null, mergedInto: null, arrived: false, changedAt: at },
});

function tried({ rule, sellerId, priority = 0, exclusive = false }: PreviewPromotion): Candidate[] {
  if (!rule) return [];
  const fundedBy = sellerId === undefined ? "platform" : "seller";
  return [{ id: TRIED, fundedBy, sellerId: sellerId ?? null, priority, exclusive, rule }];
}

async function preview(params: PreviewPromotion, site: CallSite): Promise<PromotionPreview> {
  const call = asCart(site);
  const { at = new Date().toISOString(), firstOrder = false } = params;
  const channel = await call("channel.peek", { id: params.channelId });
  const { priceGroup } = channel;
  const groups = [...new Set([...(params.groups ?? []), ...(priceGroup === undefined ? [] : [priceGroup])])];
  const cart = imagined(params, channel.currency, at);
  const facts = await factsOf(call, { cart, at, groups });
  const lines = pricedLines(cart.lines, facts);
  const running = candidatesOf(facts);
  const basket: Basket = { cart, channel, facts, buyer: { groups, firstOrder }, lines, candidates: running };
  const quoted = async (candidates: readonly Candidate[]): Promise<Quote> => {
    const { country } = params;
    const quote = await priced(call, { ...basket, candidates }, []);
    return quote ?? refuse("COUNTRY_NOT_SERVED", `Nothing is delivered to ${country} from here.`, { country });
  };
  const without = await quoted(running);
  const tryIt = await quoted([...running, ...tried(params)]);
  return { without, with: tryIt, differenceMinor: without.totalMinor - tryIt.totalMinor };
}

export const previewService = (node: Node): ServiceSchema =>
  procedureService({
    name: "promotion.preview",
    contract: anyContract(promotionContract),
    procedures: { "promotion.preview": preview },
    roles: node.roles,
  });
