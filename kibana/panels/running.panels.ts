/** Who sells what and is owed what; what changes, what moves, what is booked; how the processes are. */
import type { Panel } from "../panel";
import { count, distinct, money, placed, refunded, units } from "./metrics";

const bySeller = { kind: "top", by: "organization.id" } as const;
const booked = { metric: { of: "sum", field: "stoa.ledger.amount_minor" }, unit: "money" } as const;
const posted = { records: ["ledger-entries"], ...booked } as const;
const at = (account: string) => ({ ...posted, where: { "stoa.ledger.account": account } }) as const;
const commits = { records: ["commits"], metric: count } as const;
const hourly = { records: ["health"], kind: "days", interval: "1h", split: "service.node.name" } as const;
const most = (field: string) => ({ metric: { of: "max", field } }) as const;

export const sellerPanels: readonly Panel[] = [
  { ...placed, ...money, ...bySeller, id: "sellers" },
  { ...placed, ...bySeller, id: "sellers-units", metric: units },
  { ...refunded, ...money, ...bySeller, id: "refunds" },
  { ...at("payable"), ...bySeller, id: "payable" },
  { ...at("commission"), id: "commission", kind: "days" },
];

export const operationPanels: readonly Panel[] = [
  { ...commits, id: "commits", kind: "number" },
  { ...commits, id: "things", kind: "number", metric: distinct("stoa.id") },
  {
    ...{ ...commits, id: "snapshots", kind: "number", unit: "share", per: count },
    metric: { of: "sum", field: "stoa.snapshot" },
  },
  { ...commits, id: "commits-days", kind: "days", split: "stoa.aggregate" },
  { ...commits, id: "commits-kinds", kind: "top", by: "stoa.aggregate" },
  { ...commits, id: "commands", kind: "top", by: "event.action" },
  { id: "movements", records: ["stock-movements"], kind: "days", split: "event.action", metric: count },
  {
    ...{ id: "shelves", records: ["stock-movements"], kind: "top", by: "stoa.location" },
    metric: { of: "sum", field: "stoa.stock.units" },
  },
  { ...posted, id: "accounts", kind: "top", by: "stoa.ledger.account" },
  { ...hourly, ...most("process.memory.rss"), id: "health-memory", unit: "bytes" },
  { ...hourly, ...most("stoa.behind"), id: "health-behind" },
  { ...hourly, ...most("stoa.parked"), id: "health-parked" },
];
