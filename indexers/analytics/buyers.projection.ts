/**
 * Who buys, one document each, told by a word that leads to nobody: since which month, and in which months. A tally of
 * sets and of the earliest, so it does not matter in which order orders come, nor how often.
 */
import type { Commit } from "../../models/kernel/row";
import type { OrderState } from "../../models/order/order.state.aggregate";
import { date, integer, keyword } from "../kernel/fields";
import type { Json } from "../kernel/projection";
import type { Tally } from "../kernel/tally";
import { hashOf } from "./record.projection";

export interface Purchase {
  readonly buyer: string;
  readonly at: string;
}

interface Buyer {
  readonly "@timestamp": string;
  readonly "stoa.buyer.months": readonly string[];
}

const MONTH = "2026-01".length;
/** Ten years. */
const MONTHS_MAX = 120;

export function purchaseIn({ state, events }: Commit): Purchase[] {
  const order = state as OrderState;
  if (order.status === "absent" || !events.some(({ type }) => type === "order.placed")) return [];
  const buyer = hashOf(order.customerId);
  return buyer === null ? [] : [{ buyer, at: order.placedAt }];
}

function merge(before: Json | null, purchases: readonly Purchase[]): Json {
  const known = before as Buyer | null;
  const first = [...(known ? [known["@timestamp"]] : []), ...purchases.map(({ at }) => at)].sort()[0] ?? "";
  const all = [...(known?.["stoa.buyer.months"] ?? []), ...purchases.map(({ at }) => at.slice(0, MONTH))];
  const months = [...new Set(all)].sort().slice(-MONTHS_MAX);
  return {
    ...{ "@timestamp": first, "event.action": "buyer.seen", "event.dataset": "stoa.buyer" },
    ...{ "stoa.buyer.cohort": first.slice(0, MONTH), "stoa.buyer.months": months },
    "stoa.buyer.months_count": months.length,
  };
}

export const buyers: Tally<Purchase> = {
  name: "analytics-buyers",
  revision: 1,
  settings: {},
  mappings: {
    dynamic: "strict",
    properties: {
      ...{ "@timestamp": date, "event.action": keyword, "event.dataset": keyword },
      ...{ "stoa.buyer.cohort": keyword, "stoa.buyer.months": keyword, "stoa.buyer.months_count": integer },
    },
  },
  idOf: ({ buyer }) => buyer,
  merge,
};
