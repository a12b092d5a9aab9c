/** What people look for and find, what is proposed to them, and whose payment is stopped. */
import type { Panel } from "../panel";
import { count, distinct, done } from "./metrics";

const searches = { records: ["searches"] } as const;
const recommendations = { records: ["recommendations"] } as const;
const risk = { records: ["fraud-decisions"] } as const;
const revenue = { metric: { of: "sum", field: "stoa.revenue_minor" }, unit: "money" } as const;
const answered = done("search.answered");
const shown = done("recommendation.shown");
const held = { of: "sum", field: "stoa.amount_minor" } as const;

export const searchPanels: readonly Panel[] = [
  { ...searches, id: "searches", kind: "number", where: { "event.action": "search.answered" }, metric: count },
  {
    ...{ ...searches, id: "searches-none", kind: "number", unit: "share", per: answered },
    metric: { of: "sum", field: "stoa.search.none" },
  },
  { ...searches, id: "searches-clicks", kind: "number", metric: done("search.clicked"), per: answered },
  { ...searches, id: "searches-bought", kind: "number", metric: done("search.bought"), per: answered, unit: "share" },
  {
    ...{ ...searches, id: "searches-position", kind: "number", where: { "event.action": "search.clicked" } },
    metric: { of: "avg", field: "stoa.search.position" },
  },
  { ...searches, id: "searches-days", kind: "days", split: "event.action", metric: count },
  {
    ...{ ...searches, id: "searches-products", kind: "top", by: "stoa.product.id", metric: count },
    where: { "event.action": "search.clicked" },
  },
  { ...searches, ...revenue, id: "searches-revenue", kind: "days" },
  { ...searches, id: "searches-sections", kind: "grid", by: "stoa.section", across: "event.action", metric: count },
];

export const adoptionPanels: readonly Panel[] = [
  { ...recommendations, id: "recs-shown", kind: "number", metric: distinct("stoa.recommendation.id") },
  { ...recommendations, id: "recs-clicks", kind: "number", metric: done("recommendation.clicked"), per: shown },
  {
    ...{ ...recommendations, id: "recs-bought", kind: "number", unit: "share" },
    ...{ metric: done("recommendation.bought"), per: shown },
  },
  {
    ...{ id: "recs-per-order", records: ["recommendations", "orders"], kind: "number" },
    ...{ metric: done("recommendation.bought"), per: done("order.placed") },
  },
  { ...recommendations, ...revenue, id: "recs-revenue", kind: "days" },
  { ...recommendations, id: "recs-days", kind: "days", split: "event.action", metric: count },
  { ...recommendations, id: "recs-places", kind: "top", by: "stoa.recommendation.place", metric: count },
];

export const riskPanels: readonly Panel[] = [
  {
    ...{ ...risk, id: "fraud-prevented", kind: "number", unit: "money", metric: held },
    where: { "event.action": "payment.stopped" },
  },
  { ...risk, id: "fraud-judged", kind: "number", where: { "event.action": "payment.judged" }, metric: count },
  {
    ...{ ...risk, id: "fraud-stopped", kind: "number", unit: "share" },
    ...{ metric: done("payment.stopped"), per: done("payment.judged") },
  },
  {
    ...{ ...risk, id: "fraud-verdicts", kind: "days", split: "stoa.decision.verdict", metric: count },
    where: { "event.action": "payment.judged" },
  },
  { ...risk, id: "fraud-outcomes", kind: "top", by: "stoa.decision.outcome", metric: count },
  { ...risk, id: "fraud-people", kind: "top", by: "event.action", metric: count },
  {
    ...{ ...risk, id: "fraud-held", kind: "days", unit: "money", metric: held },
    where: { "event.action": "payment.held" },
  },
];
