/** What came to a shelf and went from it: the units of all its movements are what lies on it. */
import type { Commit } from "../../models/kernel/row";
import type { StockEvent, StockState } from "../../models/stock/stock.aggregate";
import { date, keyword, long } from "../kernel/fields";
import type { Json } from "../kernel/projection";
import type { Recording } from "../kernel/records";

type DataOf<T extends StockEvent["type"]> = Extract<StockEvent, { type: T }>["data"];

/** Units more (or, negative, fewer) on hand; null for what is only promised or announced: it lies where it lay. */
const moves: { readonly [T in StockEvent["type"]]: ((data: DataOf<T>) => number) | null } = {
  "stock.received": ({ quantity }) => quantity,
  "stock.arrived": ({ quantity }) => quantity,
  "stock.adjusted": ({ by }) => by,
  "stock.counted": ({ counted, was }) => counted - was,
  "stock.shipped": ({ quantity }) => -quantity,
  "stock.sent": ({ quantity }) => -quantity,
  "stock.opened": null,
  "stock.limited": null,
  "stock.reserved": null,
  "stock.annulled": null,
  "stock.released": null,
  "stock.expected": null,
  "stock.settled": null,
};

function unitsOf({ type, data }: StockEvent): number | null {
  const units = moves[type] as ((of: StockEvent["data"]) => number) | null;
  return units === null ? null : units(data);
}

function moved(commit: Commit): readonly Json[] {
  const stock = commit.state as StockState;
  if (stock.status === "absent") return [];
  return (commit.events as readonly StockEvent[]).flatMap((event): Json[] => {
    const units = unitsOf(event);
    if (units === null) return [];
    return [
      {
        "@timestamp": commit.occurredAt,
        "event.action": event.type,
        "event.dataset": "stoa.stock",
        "event.reason": "reason" in event.data ? (event.data.reason ?? null) : null,
        "organization.id": stock.sellerId,
        "stoa.product.id": stock.productId,
        "stoa.offer.id": stock.offerId,
        "stoa.location": stock.location,
        "stoa.stock.units": units,
      },
    ];
  });
}

export const stockRecords: Recording = {
  name: "stock-movements",
  revision: 1,
  properties: {
    "@timestamp": date,
    ...{ "event.action": keyword, "event.dataset": keyword, "event.reason": keyword, "organization.id": keyword },
    ...{ "stoa.product.id": keyword, "stoa.offer.id": keyword, "stoa.location": keyword, "stoa.stock.units": long },
  },
  sources: { stock: moved },
};
