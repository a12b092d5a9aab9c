/** Every panel, and the dashboards that show them. */
import type { Dashboard, Metric, Panel } from "./panel";

const count: Metric = { of: "count" };
const amount: Metric = { of: "sum", field: "stoa.order.amount_minor" };
const units: Metric = { of: "sum", field: "stoa.order.units" };
const placed = { records: "orders", where: { "event.action": "order.placed" } } as const;
const refunded = { records: "orders", where: { "event.action": "order.refunded" } } as const;
const distinct = (field: string): Metric => ({ of: "cardinality", field });
const posted = {
  records: "ledger-entries",
  money: true,
  metric: { of: "sum", field: "stoa.ledger.amount_minor" },
} as const;
const at = (account: string) => ({ ...posted, where: { "stoa.ledger.account": account } }) as const;

export const panels: readonly Panel[] = [
  { ...placed, id: "gmv", title: "GMV: what was bought", kind: "number", metric: amount, money: true },
  { ...placed, id: "orders", title: "Orders", kind: "number", metric: count },
  { ...placed, id: "aov", title: "AOV: an order's average", kind: "number", metric: amount, per: count, money: true },
  { ...placed, id: "active-sellers", title: "Active sellers", kind: "number", metric: distinct("organization.id") },
  { ...placed, id: "active-buyers", title: "Active buyers", kind: "number", metric: distinct("user.hash") },
  { ...placed, id: "gmv-days", title: "GMV by day", kind: "days", metric: amount, money: true },
  { ...placed, id: "orders-days", title: "Orders by day", kind: "days", metric: count },
  {
    ...placed,
    id: "channels",
    title: "GMV by channel",
    kind: "top",
    by: "stoa.channel.id",
    metric: amount,
    money: true,
  },
  { ...placed, id: "buyers-days", title: "Buyers by day", kind: "days", metric: distinct("user.hash") },
  {
    ...{ ...placed, id: "per-buyer", title: "What a buyer spent", kind: "number", metric: amount, money: true },
    per: distinct("user.hash"),
  },
  {
    ...placed,
    id: "orders-per-buyer",
    title: "Orders of a buyer",
    kind: "number",
    metric: count,
    per: distinct("user.hash"),
  },
  { ...placed, id: "sellers", title: "GMV by seller", kind: "top", by: "organization.id", metric: amount, money: true },
  { ...placed, id: "sellers-units", title: "Units by seller", kind: "top", by: "organization.id", metric: units },
  {
    ...refunded,
    id: "refunds",
    title: "Given back by seller",
    kind: "top",
    by: "organization.id",
    metric: amount,
    money: true,
  },
  { ...refunded, id: "refunds-days", title: "Given back by day", kind: "days", metric: amount, money: true },
  {
    id: "events",
    title: "What happened to orders",
    records: "orders",
    kind: "days",
    split: "event.action",
    metric: count,
  },
  { id: "products", title: "Best products", records: "order-lines", kind: "top", by: "stoa.product.id", metric: units },
  {
    ...{ id: "products-gmv", title: "Best products by money", records: "order-lines", kind: "top", metric: amount },
    ...{ by: "stoa.product.id", money: true },
  },
  {
    ...{ id: "movements", title: "Stock movements by day", records: "stock-movements", kind: "days", metric: count },
    split: "event.action",
  },
  {
    ...{
      id: "shelves",
      title: "Units that came and went",
      records: "stock-movements",
      kind: "top",
      by: "stoa.location",
    },
    metric: { of: "sum", field: "stoa.stock.units" },
  },
  { ...at("commission"), id: "commission", title: "Commission (credit is negative)", kind: "days" },
  {
    ...at("payable"),
    id: "payable",
    title: "Owed to sellers (credit is negative)",
    kind: "top",
    by: "organization.id",
  },
  {
    ...{ id: "accounts", title: "Books: the sum of each account", records: "ledger-entries", kind: "top", money: true },
    ...{ by: "stoa.ledger.account", metric: { of: "sum", field: "stoa.ledger.amount_minor" } },
  },
  { id: "commits", title: "Changes", records: "commits", kind: "number", metric: count },
  {
    ...{ id: "snapshots", title: "Share of changes with a snapshot", records: "commits", kind: "number", per: count },
    metric: { of: "sum", field: "stoa.snapshot" },
  },
  {
    id: "commits-days",
    title: "Changes by day",
    records: "commits",
    kind: "days",
    split: "stoa.aggregate",
    metric: count,
  },
  { id: "commands", title: "What is done most", records: "commits", kind: "top", by: "event.action", metric: count },
  { id: "things", title: "Things that changed", records: "commits", kind: "number", metric: distinct("stoa.id") },
];

export const dashboards: readonly Dashboard[] = [
  {
    ...{ id: "kpis", title: "Stoa: key figures", description: "The mall at a glance." },
    panels: ["gmv", "orders", "aov", "active-sellers", "active-buyers", "snapshots", "gmv-days", "commits-days"],
  },
  {
    ...{ id: "sales", title: "Stoa: sales", description: "What is bought, when, where and what of." },
    panels: ["gmv", "aov", "gmv-days", "orders-days", "channels", "products", "products-gmv", "events", "refunds-days"],
  },
  {
    ...{ id: "customers", title: "Stoa: customers", description: "How many buy, how often and for how much." },
    panels: ["active-buyers", "orders-per-buyer", "per-buyer", "buyers-days"],
  },
  {
    ...{ id: "sellers", title: "Stoa: sellers", description: "Who sells what, what comes back, what is owed." },
    panels: ["active-sellers", "sellers", "sellers-units", "refunds", "payable", "commission"],
  },
  {
    ...{ id: "operations", title: "Stoa: operations", description: "What changes, what moves, what is booked." },
    panels: ["commits", "things", "snapshots", "commits-days", "commands", "movements", "shelves", "accounts"],
  },
];
