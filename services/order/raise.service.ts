/**
 * What more of an order costs that its seller proposes: more units of its lines, at the price for which they were
 * bought; and articles that are not in it, at the price that its customer has now. Undiscounted, with the tax of each.
 */
import type { Calls } from "../../models/contracts";
import { portion } from "../../models/cart/cart.shares.contract";
import type { Quote, QuoteLine } from "../../models/cart/cart.quote.contract";
import type { AppliedCommission } from "../../models/commission/commission.contract";
import { refundOf } from "../../models/order/order.decisions.aggregate";
import type { QuotedExchange, QuoteExchange } from "../../models/order/order.exchange.contract";
import type { PricedRaise, RaiseOrder } from "../../models/order/order.raise.contract";
import type { Placed, PlacedOrder } from "../../models/order/order.state.aggregate";
import { refuse } from "../../models/refusals";
import { asMall, typed, type TypedCall } from "../kernel/call";
import type { CallSite } from "../kernel/service";

/** Of a price with the tax in it, or of one without. */
const taxIn = (amountMinor: number, rateBp: number): number =>
  amountMinor - portion(amountMinor, 10_000, 10_000 + rateBp);
const taxOn = (amountMinor: number, rateBp: number): number => portion(amountMinor, rateBp, 10_000);

function lineOf(line: QuoteLine, quantity: number, inclusive: boolean): QuoteLine {
  const subtotalMinor = line.unitMinor * quantity;
  const taxMinor = (inclusive ? taxIn : taxOn)(subtotalMinor, line.taxRateBp);
  const netMinor = inclusive ? subtotalMinor - taxMinor : subtotalMinor;
  return { ...line, quantity, subtotalMinor, discounts: [], netMinor, taxMinor, totalMinor: netMinor + taxMinor };
}

interface Priced {
  readonly line: QuoteLine;
  readonly commission: AppliedCommission;
}

/** @throws ORDER_UNITS for a line that the order does not have */
function ofLines({ lines: asked = [] }: RaiseOrder, { lines, commissions, taxInclusive }: Placed): Priced[] {
  return asked.map(({ lineId, quantity }) => {
    const n = lines.findIndex((line) => line.lineId === lineId);
    const [line, commission] = [lines[n], commissions[n]];
    if (!line || !commission) return refuse("ORDER_UNITS", `The order has no line ${lineId}.`, { lineId });
    return { line: lineOf(line, quantity, taxInclusive), commission };
  });
}

/** Where it goes to decides about its taxes. @throws ORDER_RAISE where nobody knows */
async function countryOf({ shippingAddress, billingAddress, channelId }: Placed, call: TypedCall<Calls>) {
  const said = (shippingAddress ?? billingAddress)?.country;
  if (said !== undefined) return said;
  const { countries: [first] = [] } = await call("channel.peek", { id: channelId });
  return first ?? refuse("ORDER_RAISE", "Nobody knows to which country it is sold: propose more of what is in it.");
}

/** The articles as a cart of the same customer would show them now; what cannot be bought there is left out. */
async function quoted(
  { articles = [] }: Pick<RaiseOrder, "articles">,
  bought: Placed,
  call: TypedCall<Calls>,
): Promise<Quote["lines"]> {
  const { channelId, customerId } = bought;
  const [country, { groups }] = await Promise.all([
    countryOf(bought, call),
    customerId === null ? { groups: [] } : call("customer.get", { id: customerId }),
  ]);
  return (await call("promotion.preview", { channelId, country, lines: articles, groups })).without.lines;
}

/** @throws OFFER_WITHDRAWN, ORDER_RAISE for what is another seller's, or would have to be sent nowhere */
function checkArticle(offerId: string, line: QuoteLine | undefined, bought: Placed): QuoteLine {
  if (!line) {
    return refuse("OFFER_WITHDRAWN", `The offer ${offerId} cannot be bought in the order's channel now.`, { offerId });
  }
  if (line.sellerId !== bought.sellerId) {
    refuse("ORDER_RAISE", "An order is of one seller: choose what is its own.", { offerId });
  }
  if (line.delivery === "parcel" && bought.shippingAddress === undefined) {
    refuse("ORDER_RAISE", "The order goes to no address: choose files, or place another order.", { offerId });
  }
  return line;
}

async function ofArticles(
  params: Pick<RaiseOrder, "articles">,
  bought: Placed,
  { caller, meta }: CallSite,
): Promise<Priced[]> {
  const { articles = [] } = params;
  if (articles.length === 0) return [];
  const call = typed<Calls>(caller, asMall(meta, "article", "orders"));
  const found = new Map((await quoted(params, bought, call)).map((line) => [line.offerId, line]));
  const lines = articles.map(({ offerId, quantity }) =>
    lineOf(checkArticle(offerId, found.get(offerId), bought), quantity, bought.taxInclusive),
  );
  const sold = lines.map(({ productId, categoryId }) => ({
    productId,
    ...(categoryId !== undefined && { categoryId }),
  }));
  const { channelId, sellerId } = bought;
  const { lines: commissions } = await call("commission.resolve", { channelId, sellerId, lines: sold });
  return lines.flatMap((line, n) => (commissions[n] ? [{ line, commission: commissions[n] }] : []));
}

export async function priced(params: RaiseOrder, bought: Placed, site: CallSite): Promise<PricedRaise> {
  const found = [...ofLines(params, bought), ...(await ofArticles(params, bought, site))];
  return { ...params, priced: found.map(({ line }) => line), commissions: found.map(({ commission }) => commission) };
}

/** @throws RETURN_EXCHANGE for an order that cost nothing, as it replaces what was paid for elsewhere */
export async function exchangePriced(
  params: QuoteExchange,
  order: PlacedOrder,
  bought: Placed,
  site: CallSite,
): Promise<QuotedExchange> {
  const { replaces, shippingAddress } = order;
  if (replaces !== undefined) {
    refuse("RETURN_EXCHANGE", "What replaced something is exchanged for the same again, or given back.", { replaces });
  }
  const found = await ofArticles(params, { ...bought, ...(shippingAddress && { shippingAddress }) }, site);
  const lines = found.map(({ line }) => line);
  const worth = refundOf(order, { units: params.lines, shipping: false, extraMinor: 0, reason: "exchange" });
  return {
    lines,
    commissions: found.map(({ commission }) => commission),
    currency: order.currency,
    totalMinor: lines.reduce((sum, { totalMinor }) => sum + totalMinor, 0),
    creditMinor: worth?.amountMinor ?? 0,
  };
}
