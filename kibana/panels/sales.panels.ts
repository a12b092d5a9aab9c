/** What is bought, when, where and what of. */
import type { Panel } from "../panel";
import { amount, count, distinct, money, placed, refunded, units } from "./metrics";

const lines = { records: ["order-lines"], by: "stoa.product.id" } as const;

export const salesPanels: readonly Panel[] = [
  { ...placed, ...money, id: "gmv", kind: "number" },
  { ...placed, id: "orders", kind: "number", metric: count },
  { ...placed, ...money, id: "aov", kind: "number", per: count },
  { ...placed, id: "active-sellers", kind: "number", metric: distinct("organization.id") },
  { ...placed, id: "active-buyers", kind: "number", metric: distinct("user.hash") },
  { ...placed, ...money, id: "gmv-days", kind: "days" },
  { ...placed, id: "orders-days", kind: "days", metric: count },
  { ...placed, ...money, id: "channels", kind: "top", by: "stoa.channel.id" },
  { ...lines, id: "products", kind: "top", metric: units },
  { ...lines, id: "products-gmv", kind: "top", metric: amount, unit: "money" },
  { id: "events", records: ["orders"], kind: "days", split: "event.action", metric: count },
  { ...refunded, ...money, id: "refunds-days", kind: "days" },
];
