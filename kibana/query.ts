/** The search that a panel makes, and where in its answer the figures stand. */
import type { Metric, Panel, Where } from "./panel";

const TOP_MAX = 20;
/** Months of ten years. */
const GRID_MAX = 120;

const termsOf = (where: Where = {}): object[] =>
  Object.entries(where).map(([field, value]) => ({ term: { [field]: value } }));

/** Kibana puts the dashboard's filters and the chosen time in their places. */
const query = (where?: Where) => ({
  bool: {
    must: ["%dashboard_context-must_clause%"],
    must_not: ["%dashboard_context-must_not_clause%"],
    filter: [
      "%dashboard_context-filter_clause%",
      { range: { "@timestamp": { "%timefilter%": true } } },
      ...termsOf(where),
    ],
  },
});

/** How many records there are, the engine counts of itself. */
function metricAggs(name: string, { of, field, where }: Metric): Readonly<Record<string, object>> {
  const computed = of === "count" ? {} : { [of]: { field } };
  if (where === undefined) return of === "count" ? {} : { [name]: computed };
  const filter = { bool: { filter: termsOf(where) } };
  return { [name]: { filter, ...(of !== "count" && { aggs: { of: computed } }) } };
}

const histogram = (interval: string) => ({
  date_histogram: { field: "@timestamp", calendar_interval: interval, min_doc_count: 1 },
});
const top = (field: string, size: number, order?: object) => ({ terms: { field, size, ...(order && { order }) } });

function aggsOf(panel: Panel): Readonly<Record<string, object>> {
  const value = metricAggs("value", panel.metric);
  if (panel.kind === "number") {
    // one bucket of all, which counts what is in it
    const all = { ...value, ...(panel.per && metricAggs("per", panel.per)) };
    return { all: { filter: { match_all: {} }, aggs: all } };
  }
  if (panel.kind === "top") {
    const order = panel.metric.of === "count" ? undefined : { value: "desc" };
    return { top: { ...top(panel.by, TOP_MAX, order), aggs: value } };
  }
  if (panel.kind === "grid") {
    const [rows, columns] = [panel.by, panel.across].map((field) => top(field, GRID_MAX, { _key: "asc" }));
    return { grid: { ...rows, aggs: { split: { ...columns, aggs: value } } } };
  }
  const { split, interval = "1d" } = panel;
  const inner = split === undefined ? value : { split: { ...top(split, TOP_MAX), aggs: value } };
  return { days: { ...histogram(interval), aggs: inner } };
}

export interface Search {
  /** Several are joined by commas. */
  readonly index: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export const searchOf = (panel: Panel, namespace = "stoa"): Search => ({
  index: panel.records.map((name) => `${namespace}-analytics-${name}`).join(","),
  body: { size: 0, query: query(panel.where), aggs: aggsOf(panel) },
});

/** Where a figure stands in a bucket, in the words of Vega. */
export function figureIn({ of, where }: Metric, name: string, at = "datum"): string {
  if (of === "count") return where ? `${at}.${name}.doc_count` : `${at}.doc_count`;
  return where ? `${at}.${name}.of.value` : `${at}.${name}.value`;
}

/** Fields by which a panel takes its records apart. */
export function keysOf(panel: Panel): readonly string[] {
  if (panel.kind === "top") return [panel.by];
  if (panel.kind === "grid") return [panel.by, panel.across];
  return panel.kind === "days" && panel.split !== undefined ? [panel.split] : [];
}

const fieldsIn = ({ field, where = {} }: Metric): string[] => [
  ...(field === undefined ? [] : [field]),
  ...Object.keys(where),
];

/** Fields that a panel asks. */
export function fieldsOf(panel: Panel): readonly string[] {
  const metrics = panel.kind === "number" && panel.per ? [panel.metric, panel.per] : [panel.metric];
  const all = ["@timestamp", ...Object.keys(panel.where ?? {}), ...keysOf(panel), ...metrics.flatMap(fieldsIn)];
  return [...new Set(all)];
}
