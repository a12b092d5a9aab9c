/**
 * An exchange for other articles of the same seller: they are held from the approval on, and come to the order when
 * what they are exchanged for was looked at and the difference is settled.
 */
import type { Calls } from "../../models/contracts";
import { allocate, reservationsOf, short, wantedOf } from "../../models/checkout/checkout.allocation.contract";
import { isRefusal } from "../../models/kernel/refusal";
import type { ExchangedArticles } from "../../models/order/order.exchange.contract";
import type { QuotedExchange } from "../../models/order/order.exchange.contract";
import { refuse } from "../../models/refusals";
import type { Allocated, KeptReturn } from "../../models/return/return.aggregate";
import type { RequestReturn } from "../../models/return/return.contract";
import { reserveCommandId, type HoldStock } from "../../models/stock/stock.hold.contract";
import type { TypedCall } from "../kernel/call";
import type { Steps } from "./return.saga";

/** "No" and not "not now". */
export const final = (error: unknown): error is { type: string; message: string } =>
  isRefusal(error) && error.code !== 429 && error.code < 500 && error.type !== "WRITES_CONTENDED";

/** What the articles cost now; undefined for whoever wants none. @throws RETURN_EXCHANGE, ORDER_RAISE */
export async function quotedFor(
  { orderId: id, kind, lines, articles }: RequestReturn,
  call: TypedCall<Calls>,
): Promise<QuotedExchange | undefined> {
  if (articles === undefined) return undefined;
  if (kind !== "exchange") refuse("RETURN_EXCHANGE", `A ${kind} is not against other articles: ask for an exchange.`);
  return call("order.quoteExchange", { id, lines, articles });
}

/** From where the articles are to be had as it seems now. @throws STOCK_SHORT */
export async function allocatedFor(found: KeptReturn, version: number, call: TypedCall<Calls>): Promise<Allocated> {
  const wanted = wantedOf(found.exchange?.lines ?? []);
  const places = await Promise.all([...wanted.keys()].map((offerId) => call("stock.places", { offerId })));
  const { allocations, shortages } = allocate(wanted, places, { id: found.id, round: version });
  if (shortages.length > 0) {
    const { detail, data } = short(shortages);
    return refuse("STOCK_SHORT", detail, { ...data });
  }
  return { allocations };
}

export type Hold = HoldStock;

export async function freed(holds: readonly Hold[], call: Steps): Promise<void> {
  for (const { offerId, location, quantity, holdId } of holds) {
    await call(`free/${holdId}`)("stock.free", { offerId, location, quantity, holdId });
  }
}

/** All of it, or nothing: what was promised before something is missing is given up. @returns why it cannot be */
export async function held(holds: readonly Hold[], call: Steps): Promise<string | undefined> {
  for (const [n, { offerId, location, quantity, holdId }] of holds.entries()) {
    try {
      // under this id whoever frees the hold finds it, and bars it where it is still on its way
      const reserve = call(`reserve/${holdId}`, reserveCommandId(holdId));
      await reserve("stock.reserve", { offerId, location, quantity, holdId });
    } catch (error) {
      if (!final(error)) throw error;
      await freed(holds.slice(0, n + 1), call);
      return `${error.type}: ${error.message}`;
    }
  }
  return undefined;
}

/**
 * Undefined where what is to be sent is not held any more: then money goes back. By the return alone, which stays as it
 * is while it is settled: however often it is tried, the order is told the same.
 */
export function articlesFor({ exchange, allocations = [], reason }: KeptReturn): ExchangedArticles | undefined {
  if (!exchange) return undefined;
  const { lines, commissions } = exchange;
  if (wantedOf(lines).size > 0 && allocations.length === 0) return undefined;
  return { lines, commissions, reason, reservations: reservationsOf(lines, allocations) };
}
