/** What a cart costs now, what has changed since its customer was told, and what is yet to be said. */
import type { CartChange, CartLack } from "../../models/cart/cart.view.contract";
import {
  lineKey,
  parcelKey,
  quoteOf,
  worthAfter,
  type PricedLine,
  type PricedParcel,
} from "../../models/cart/cart.pricing.contract";
import type { Buyer, Candidate } from "../../models/cart/cart.promotions.contract";
import type { Quote } from "../../models/cart/cart.quote.contract";
import {
  candidatesOf,
  couponFault,
  lineChanges,
  pricedLines,
  type Facts,
} from "../../models/cart/cart.recheck.contract";
import type { KeptCart } from "../../models/cart/cart.state.contract";
import type { ChannelGlance } from "../../models/channel/channel.contract";
import { isRefusal } from "../../models/kernel/refusal";
import type { ShippingChoice } from "../../models/shipping/shipping.choices.contract";
import type { Taxable } from "../../models/tax/tax.contract";
import { factsOf, groupsOf, type Call } from "./facts.service";

export interface Reckoned {
  readonly facts: Facts;
  /** Null as long as nobody can say. */
  readonly quote: Quote | null;
  readonly changes: readonly CartChange[];
  readonly missing: readonly CartLack[];
  /** Of every parcel. */
  readonly choices: readonly ShippingChoice[];
}

/** What is priced, and for whom. */
export interface Basket {
  readonly cart: KeptCart;
  readonly channel: ChannelGlance;
  readonly facts: Facts;
  readonly buyer: Buyer;
  readonly lines: readonly PricedLine[];
  readonly candidates: readonly Candidate[];
}

/** Where it goes to: as the customer said, else as the channel takes for granted. Null where it cannot go. */
export function countryOf({ shippingAddress, country }: KeptCart, { countries }: ChannelGlance): string | null {
  const said = shippingAddress?.country ?? country ?? countries?.[0];
  if (said === undefined) return null;
  return countries === undefined || countries.includes(said) ? said : null;
}

export const isPhysical = ({ delivery }: PricedLine): boolean => delivery === "parcel";

/** The ways in which the parcels may travel, each seller's lines together. */
export async function choicesOf(call: Call, basket: Basket): Promise<readonly ShippingChoice[]> {
  const { cart, channel, lines, facts } = basket;
  const country = countryOf(cart, channel);
  const physical = lines.filter(isPhysical);
  if (country === null || physical.length === 0) return [];
  const worth = worthAfter(basket);
  const sellers = [...new Set(physical.map(({ sellerId }) => sellerId))];
  const parcels = sellers.map((sellerId) => {
    const own = physical.filter((line) => line.sellerId === sellerId);
    const weights = own.map(({ offerId, quantity }) => (facts.offers.get(offerId)?.weightGrams ?? 0) * quantity);
    const worths = own.map(({ lineId }) => worth.get(lineId) ?? 0);
    const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
    return { sellerId, weightGrams: sum(weights), subtotalMinor: sum(worths) };
  });
  const { items } = await call("shipping.choices", {
    ...{ currency: cart.currency, country, parcels },
    postalCode: cart.shippingAddress?.postalCode ?? "",
    methodIds: channel.shippingMethods ?? null,
  });
  return items;
}

function parcelsOf({ cart, lines }: Basket, choices: readonly ShippingChoice[]): PricedParcel[] {
  return cart.shipping.flatMap(({ sellerId, methodId }) => {
    const choice = choices.find((one) => one.sellerId === sellerId && one.methodId === methodId);
    if (!choice) return [];
    const own = lines.filter((line) => isPhysical(line) && line.sellerId === sellerId);
    const lineIds = own.map(({ lineId }) => lineId);
    const prices = choices.flatMap((one) => (one.sellerId === sellerId ? [one.priceMinor] : []));
    const { methodName, priceMinor: shippingMinor } = choice;
    return [{ sellerId, methodId, methodName, lineIds, shippingMinor, leastMinor: Math.min(...prices) }];
  });
}

const taxablesOf = (lines: readonly PricedLine[], parcels: readonly PricedParcel[]): Taxable[] => [
  ...lines.map(({ lineId, categoryIds }) => ({ key: lineKey(lineId), kind: "goods" as const, categoryIds })),
  ...parcels.map(({ sellerId }) => ({ key: parcelKey(sellerId), kind: "shipping" as const, categoryIds: [] })),
];

/** @throws TAX_UNSET */
export async function priced(call: Call, basket: Basket, parcels: readonly PricedParcel[]): Promise<Quote | null> {
  const { cart, channel, lines, candidates, buyer, facts } = basket;
  const country = countryOf(cart, channel);
  if (country === null) return null;
  const { ratesBp } = await call("tax.rates", { country, taxables: taxablesOf(lines, parcels) });
  const { channelId, currency } = cart;
  const { taxInclusive } = channel;
  return quoteOf({
    channelId,
    currency,
    taxInclusive,
    country,
    at: facts.at,
    buyer,
    lines,
    parcels,
    candidates,
    ratesBp,
  });
}

/** Null where nobody has set the country's rates: then there is no price yet, and that is said. */
async function pricedOrNull(call: Call, basket: Basket, parcels: readonly PricedParcel[]): Promise<Quote | null> {
  try {
    return await priced(call, basket, parcels);
  } catch (error) {
    if (isRefusal(error, "TAX_UNSET")) return null;
    throw error;
  }
}

function changesOf({ cart, facts, lines }: Basket, parcels: readonly PricedParcel[]): CartChange[] {
  const sending = new Set(lines.filter(isPhysical).map(({ sellerId }) => sellerId));
  return [
    ...cart.lines.flatMap((line) => lineChanges(line, facts)),
    ...facts.coupons.flatMap((coupon): CartChange[] => {
      const why = couponFault(coupon, facts);
      return why === null ? [] : [{ kind: "coupon", code: coupon.code, why }];
    }),
    ...cart.shipping
      .filter(({ sellerId }) => sending.has(sellerId) && !parcels.some((parcel) => parcel.sellerId === sellerId))
      .map(({ sellerId, methodId }): CartChange => ({ kind: "shipping", sellerId, methodId })),
  ];
}

function missingIn({ cart, channel, lines }: Basket, quote: Quote | null): CartLack[] {
  const physical = lines.filter(isPhysical);
  const chosen = new Set(cart.shipping.map(({ sellerId }) => sellerId));
  const country = countryOf(cart, channel);
  const lacks: Readonly<Record<CartLack, boolean>> = {
    lines: lines.length === 0,
    contact: cart.contact === null,
    address: physical.length > 0 && cart.shippingAddress === null,
    country: country === null,
    shipping: physical.some(({ sellerId }) => !chosen.has(sellerId)),
    taxes: country !== null && quote === null,
  };
  return (Object.keys(lacks) as CartLack[]).filter((lack) => lacks[lack]);
}

export async function basketOf(call: Call, cart: KeptCart, at: string): Promise<Basket> {
  const channel = await call("channel.peek", { id: cart.channelId });
  const groups = await groupsOf(call, cart.customerId, channel);
  const facts = await factsOf(call, { cart, at, groups });
  // who is not signed in may have ordered before
  const buyer = { groups, firstOrder: cart.customerId !== null && cart.completed === 0 };
  return { cart, channel, facts, buyer, lines: pricedLines(cart.lines, facts), candidates: candidatesOf(facts) };
}

export async function reckon(call: Call, cart: KeptCart, at: string): Promise<Reckoned> {
  const basket = await basketOf(call, cart, at);
  const choices = await choicesOf(call, basket);
  const parcels = parcelsOf(basket, choices);
  const quote = await pricedOrNull(call, basket, parcels);
  return {
    ...{ facts: basket.facts, quote, choices },
    changes: changesOf(basket, parcels),
    missing: missingIn(basket, quote),
  };
}
