/** How many buy, how often, for how much, and whether they come again. */
import type { Panel } from "../panel";
import { count, distinct, money, placed } from "./metrics";

/** Guests are nobody who could come again. */
const known = { ...placed, where: { ...placed.where, "stoa.buyer.known": "yes" } } as const;
const buyers = { records: ["buyers"], metric: count } as const;

export const customerPanels: readonly Panel[] = [
  { ...known, ...money, id: "clv", kind: "number", per: distinct("user.hash") },
  { ...known, ...money, id: "per-buyer", kind: "top", by: "user.hash" },
  { ...known, id: "orders-per-buyer", kind: "number", metric: count, per: distinct("user.hash") },
  { ...known, id: "buyers-days", kind: "days", metric: distinct("user.hash") },
  { ...buyers, id: "buyers-new", kind: "days", interval: "1M" },
  { ...buyers, id: "buyers-returning", kind: "number", metric: { of: "avg", field: "stoa.buyer.months_count" } },
  { ...buyers, id: "cohorts", kind: "grid", by: "stoa.buyer.cohort", across: "stoa.buyer.months" },
  { id: "signed-in", records: ["sessions"], kind: "number", metric: distinct("user.hash") },
  { id: "sessions-days", records: ["sessions"], kind: "days", split: "event.action", metric: count },
];
