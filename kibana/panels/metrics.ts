/** Parts that several panels share. */
import type { Metric } from "../panel";

export const count: Metric = { of: "count" };
export const amount: Metric = { of: "sum", field: "stoa.order.amount_minor" };
export const units: Metric = { of: "sum", field: "stoa.order.units" };
export const distinct = (field: string): Metric => ({ of: "cardinality", field });
/** How many records say so. */
export const done = (action: string): Metric => ({ of: "count", where: { "event.action": action } });

export const placed = { records: ["orders"], where: { "event.action": "order.placed" } } as const;
export const refunded = { records: ["orders"], where: { "event.action": "order.refunded" } } as const;
export const money = { metric: amount, unit: "money" } as const;
