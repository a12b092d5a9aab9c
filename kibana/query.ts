/** The search that a panel makes, and where in its answer the figures stand. */
import type { Metric, Panel } from "./panel";

const TOP_MAX = 20;

/** Kibana puts the dashboard's filters and the chosen time in their places. */
const query = (where: Readonly<Record<string, string>> = {}) => ({
  bool: {
    must: ["%dashboard_context-must_clause%"],
    must_not: ["%dashboard_context-must_not_clause%"],
    filter: [
      "%dashboard_context-filter_clause%",
      { range: { "@timestamp": { "%timefilter%": true } } },
      ...Object.entries(where).map(([field, value]) => ({ term: { [field]: value } })),
    ],
  },
});

/** How many records there are, the engine counts of itself. */
const metricAggs = (name: string, { of, field }: Metric): Readonly<Record<string, object>> =>
  of === "count" ? {} : { [name]: { [of]: { field } } };

const days = { date_histogram: { field: "@timestamp", calendar_interval: "1d", min_doc_count: 1 } } as const;
const top = (field: string, order?: object) => ({ terms: { field, size: TOP_MAX, ...(order && { order }) } });

function aggsOf(panel: Panel): Readonly<Record<string, object>> {
  const value = metricAggs("value", panel.metric);
  if (panel.kind === "number") {
    // one bucket of all, which counts what is in it
    const all = { ...value, ...(panel.per && metricAggs("per", panel.per)) };
    return { all: { filter: { match_all: {} }, aggs: all } };
  }
  if (panel.kind === "top") {
    const order = panel.metric.of === "count" ? undefined : { value: "desc" };
    return { top: { ...top(panel.by, order), aggs: value } };
  }
  if (panel.split === undefined) return { days: { ...days, aggs: value } };
  return { days: { ...days, aggs: { split: { ...top(panel.split), aggs: value } } } };
}

export interface Search {
  readonly index: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export const searchOf = (panel: Panel): Search => ({
  index: `stoa-analytics-${panel.records}`,
  body: { size: 0, query: query(panel.where), aggs: aggsOf(panel) },
});

/** Where a figure stands in a bucket, in the words of Vega. */
export const figureIn = ({ of }: Metric, name: string, at = "datum"): string =>
  of === "count" ? `${at}.doc_count` : `${at}.${name}.value`;

/** Fields that a panel asks. */
export function fieldsOf(panel: Panel): readonly string[] {
  const own = panel.kind === "top" ? [panel.by] : panel.kind === "days" && panel.split ? [panel.split] : [];
  const per = panel.kind === "number" ? panel.per?.field : undefined;
  const metrics = [panel.metric.field, per].filter((field) => field !== undefined);
  return ["@timestamp", ...Object.keys(panel.where ?? {}), ...own, ...metrics];
}
