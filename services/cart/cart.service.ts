import type { ServiceSchema } from "moleculer";
import { cart, type CartCommands } from "../../models/cart/cart.aggregate";
import {
  cartContract,
  type AddressCart,
  type AddToCart,
  type AskQuote,
  type CartCoupon,
  type CartId,
  type ShipCart,
} from "../../models/cart/cart.contract";
import { own } from "../../models/cart/cart.lines.aggregate";
import type { Quote } from "../../models/cart/cart.quote.contract";
import { couponFault, recheck } from "../../models/cart/cart.recheck.contract";
import type { CartState, KeptCart, OfferedHere, Who } from "../../models/cart/cart.state.contract";
import type { CartChange, CartGlance, CartView } from "../../models/cart/cart.view.contract";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import { refuse } from "../../models/refusals";
import type { ShippingChoices } from "../../models/shipping/shipping.choices.contract";
import { ANONYMOUS, type CallMeta } from "../kernel/call";
import { historyReader, newestOrRefuse } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { holdsMallWide } from "../kernel/permission";
import { aggregateService, type CallSite } from "../kernel/service";
import { asCart, dealsOf, groupsOf, sells, termsOf, type Call } from "./facts.service";
import { reckon, type Reckoned } from "./reckon.service";

/** What is known of an offer that is to be put into a cart. @throws why it cannot be bought */
async function offeredHere(call: Call, cart: KeptCart, offerId: string): Promise<OfferedHere> {
  const channel = await call("channel.peek", { id: cart.channelId });
  if (channel.status === "closed") refuse("CHANNEL_CLOSED", "The cart's channel is closed: nothing is sold in it.");
  const groups = await groupsOf(call, cart.customerId, channel);
  const terms = await termsOf(call, [offerId], { at: new Date().toISOString(), groups });
  const offer = terms.offers.get(offerId);
  if (!offer) return refuse("NOT_FOUND", `There is no offer "${offerId}".`, { offerId });
  if (offer.status !== "open") refuse("OFFER_WITHDRAWN", "The offer is withdrawn.", { offerId });
  const product = terms.products.get(offer.productId);
  if (product?.status !== "published") return refuse("PRODUCT_NOT_PUBLISHED", "The product is not sold any more.");
  const { sellerId } = offer;
  if (!(await sells(call, sellerId))) refuse("SELLER_NOT_ACTIVE", "The seller does not sell now.", { sellerId });
  return { channels: product.channels, currency: offer.currency, prices: offer.prices };
}

async function refuseCoupon(call: Call, cart: KeptCart, code: string): Promise<void> {
  const at = new Date().toISOString();
  const deals = await dealsOf(call, { cart: { ...cart, coupons: [code] }, at, groups: [] });
  const nothing = { offers: new Map(), products: new Map(), closedSellers: new Set<string>(), units: {} };
  const { channelId, currency, customerId } = cart;
  const [coupon] = deals.coupons;
  const why = coupon && couponFault(coupon, { at, channelId, currency, customerId, ...nothing, ...deals });
  if (why) refuse("COUPON_REFUSED", `The coupon ${code} cannot be used here: ${why}.`, { code, why });
}

async function refuseElsewhere(call: Call, cart: KeptCart, params: AddressCart): Promise<void> {
  const { countries } = await call("channel.peek", { id: cart.channelId });
  const country = params.shippingAddress?.country ?? params.country;
  if (country !== undefined && countries?.includes(country) === false) {
    refuse("COUNTRY_NOT_SERVED", `Nothing is delivered to ${country} from here.`, { country, countries });
  }
}

function refuseShipping({ choices }: Reckoned, { sellerId, methodId }: ShipCart): void {
  const own = choices.filter((choice) => choice.sellerId === sellerId);
  if (own.some((choice) => choice.methodId === methodId)) return;
  refuse("SHIPPING_UNAVAILABLE", "That way of shipping does not take this parcel to this address.", {
    methodIds: own.map((choice) => choice.methodId),
  });
}

function glanceOf(version: number, state: KeptCart): CartGlance {
  const { later: _later, country: _country, arrived: _arrived, changedAt: _at, lines, ...known } = state;
  const { mergedInto: _into, lastCheckoutId: _last, ...glance } = known;
  return { ...glance, version, lines: lines.length };
}

function viewOf(version: number, state: KeptCart, { quote, changes, missing }: Reckoned): CartView {
  const { id, status, channelId, currency, customerId, lines, coupons, shipping } = state;
  const { contact, shippingAddress, billingAddress } = state;
  const head = { id, version, status, channelId, currency, customerId };
  return { ...head, lines, coupons, shipping, contact, shippingAddress, billingAddress, quote, changes, missing };
}

/** @throws CART_EMPTY, CART_INCOMPLETE, TAX_UNSET, CART_CHANGED */
function binding(state: KeptCart, reckoned: Reckoned, agreedMinor: number | undefined): Quote {
  const { quote, missing, facts } = reckoned;
  if (state.lines.length === 0) refuse("CART_EMPTY", "There is nothing in the cart.");
  const total: CartChange[] =
    quote === null || agreedMinor === undefined || agreedMinor === quote.totalMinor
      ? []
      : [{ kind: "total", wasMinor: agreedMinor, isMinor: quote.totalMinor }];
  const changes = [...reckoned.changes, ...total];
  if (changes.length > 0)
    refuse("CART_CHANGED", "The cart is not what the customer was told; show it again.", { changes });
  if (missing.includes("taxes")) refuse("TAX_UNSET", "No tax rates are set for where the cart goes to.");
  if (quote === null || missing.length > 0) {
    return refuse("CART_INCOMPLETE", `Not everything is said yet: ${missing.join(", ")}.`, { missing });
  }
  return { ...quote, at: facts.at };
}

export const cartService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "cart");
  const whoIs = ({ principal }: CallMeta): Who => ({
    who: {
      id: principal.id === ANONYMOUS.id ? null : principal.id,
      staff: holdsMallWide(node.roles, principal, "cart.write"),
    },
  });
  /** @throws NOT_FOUND, CART_FOREIGN */
  async function cartOf(
    { id }: CartId,
    { meta }: Pick<CallSite, "meta">,
  ): Promise<{ version: number; state: KeptCart }> {
    const { version, state } = await newestOrRefuse<CartState>(reader, id, "cart");
    const { who } = whoIs(meta);
    const sees = who.staff || holdsMallWide(node.roles, meta.principal, "cart.read");
    return { version, state: own(state, { who: { ...who, staff: sees } }) };
  }
  const reckoned = (state: KeptCart, site: CallSite) => reckon(asCart(site), state, new Date().toISOString());

  async function put(params: AddToCart, site: CallSite): Promise<CartCommands["cart.add"]> {
    const { state } = await cartOf(params, site);
    return { ...params, ...whoIs(site.meta), offered: await offeredHere(asCart(site), state, params.offerId) };
  }
  const simply = <P extends object>(params: P, { meta }: CallSite): Promise<P & Who> =>
    Promise.resolve({ ...params, ...whoIs(meta) });

  return aggregateService(node, {
    contract: anyContract(cartContract),
    aggregate: erased(cart),
    // contact and addresses
    confidential: true,
    prepare: {
      "cart.add": put,
      "cart.set": put,
      "cart.drop": simply,
      "cart.unredeem": simply,
      "cart.redeem": async (params: CartCoupon, site) => {
        const { state } = await cartOf(params, site);
        await refuseCoupon(asCart(site), state, params.code);
        return { ...params, ...whoIs(site.meta) };
      },
      "cart.address": async (params: AddressCart, site) => {
        const { state } = await cartOf(params, site);
        await refuseElsewhere(asCart(site), state, params);
        return { ...params, ...whoIs(site.meta) };
      },
      "cart.ship": async (params: ShipCart, site) => {
        const { state } = await cartOf(params, site);
        refuseShipping(await reckoned(state, site), params);
        return { ...params, ...whoIs(site.meta) };
      },
      "cart.accept": async (params: CartId, site) => {
        const { state } = await cartOf(params, site);
        const { facts, changes } = await reckoned(state, site);
        const choose = changes.flatMap((change) => (change.kind === "shipping" ? [change.sellerId] : []));
        return { ...params, ...whoIs(site.meta), now: recheck(state.lines, facts, choose) };
      },
    },
    queries: {
      "cart.get": async (params: CartId, site): Promise<CartView> => {
        const { version, state } = await cartOf(params, site);
        return viewOf(version, state, await reckoned(state, site));
      },
      "cart.shipping": async (params: CartId, site): Promise<ShippingChoices> => {
        const { state } = await cartOf(params, site);
        return { items: (await reckoned(state, site)).choices };
      },
      "cart.peek": async (params: CartId, site): Promise<CartGlance> => {
        const { version, state } = await cartOf(params, site);
        return glanceOf(version, state);
      },
      "cart.quote": async (params: AskQuote, site): Promise<Quote> => {
        const { state } = await cartOf(params, site);
        if (state.status !== "open" && state.status !== "locked") {
          refuse("CART_CLOSED", `The cart is ${state.status}; open another one.`, { status: state.status });
        }
        return binding(state, await reckoned(state, site), params.totalMinor);
      },
    },
  });
};
