/** What is asked before something comes into a cart: may it be bought here, by this customer, sent to this place. */
import type { AddressCart, ShipCart } from "../../models/cart/cart.contract";
import { couponFault } from "../../models/cart/cart.recheck.contract";
import type { KeptCart, OfferedHere } from "../../models/cart/cart.state.contract";
import { refuse } from "../../models/refusals";
import { dealsOf, groupsOf, soldTerms, type Call } from "./facts.service";
import type { Reckoned } from "./reckon.service";

/** What is known of an offer that is to be put into a cart. @throws why it cannot be bought */
export async function offeredHere(
  call: Call,
  cart: Pick<KeptCart, "channelId" | "customerId">,
  offerId: string,
): Promise<OfferedHere> {
  const channel = await call("channel.peek", { id: cart.channelId });
  if (channel.status === "closed") refuse("CHANNEL_CLOSED", "The cart's channel is closed: nothing is sold in it.");
  const groups = await groupsOf(call, cart.customerId, channel);
  const terms = await soldTerms(call, [offerId], { at: new Date().toISOString(), groups });
  const offer = terms.offers.get(offerId);
  if (!offer) return refuse("NOT_FOUND", `There is no offer "${offerId}".`, { offerId });
  if (offer.status !== "open") refuse("OFFER_WITHDRAWN", "The offer is withdrawn.", { offerId });
  const product = terms.products.get(offer.productId);
  if (product?.status !== "published") return refuse("PRODUCT_NOT_PUBLISHED", "The product is not sold any more.");
  const { sellerId } = offer;
  if (terms.closedSellers.has(sellerId)) refuse("SELLER_NOT_ACTIVE", "The seller does not sell now.", { sellerId });
  return { channels: product.channels, currency: offer.currency, prices: offer.prices };
}

export async function refuseCoupon(call: Call, cart: KeptCart, code: string): Promise<void> {
  const at = new Date().toISOString();
  const deals = await dealsOf(call, { cart: { ...cart, coupons: [code] }, at, groups: [] });
  const nothing = { offers: new Map(), products: new Map(), closedSellers: new Set<string>(), units: {} };
  const { channelId, currency, customerId } = cart;
  const [coupon] = deals.coupons;
  const why = coupon && couponFault(coupon, { at, channelId, currency, customerId, ...nothing, ...deals });
  if (why) refuse("COUPON_REFUSED", `The coupon ${code} cannot be used here: ${why}.`, { code, why });
}

export async function refuseElsewhere(call: Call, cart: KeptCart, params: AddressCart): Promise<void> {
  const { countries } = await call("channel.peek", { id: cart.channelId });
  const country = params.shippingAddress?.country ?? params.country;
  if (country !== undefined && countries?.includes(country) === false) {
    refuse("COUNTRY_NOT_SERVED", `Nothing is delivered to ${country} from here.`, { country, countries });
  }
}

export function refuseShipping({ choices }: Reckoned, { sellerId, methodId }: ShipCart): void {
  const own = choices.filter((choice) => choice.sellerId === sellerId);
  if (own.some((choice) => choice.methodId === methodId)) return;
  refuse("SHIPPING_UNAVAILABLE", "That way of shipping does not take this parcel to this address.", {
    methodIds: own.map((choice) => choice.methodId),
  });
}
