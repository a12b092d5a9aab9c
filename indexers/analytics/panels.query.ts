/** Dashboards and panels, as `kibana/` defines them, asked of this mall: what Kibana shows, elsewhere. */
import type { estypes } from "@elastic/elasticsearch";
import {
  PANEL_ROWS_MAX,
  type AskPanel,
  type PanelAnswer,
  type PanelRow,
} from "../../models/analytics/analytics.panels.contract";
import { refuse } from "../../models/refusals";
import type { Panel } from "../../kibana/panel";
import { dashboards, panels } from "../../kibana/panels/all";
import { keysOf, searchOf } from "../../kibana/query";
import { dashboardTitle, panelTitle } from "../../kibana/titles/all";
import { asking } from "../kernel/client";
import { aliasOf } from "../kernel/indices";
import type { QueryContext, QueryDeps } from "../kernel/query";
import type { Sellers } from "../seller/sellers.directory.query";
import { recordFields } from "../analytics";

interface Valued {
  readonly doc_count?: number;
  readonly value?: number | null;
  readonly of?: { readonly value: number | null };
}

interface Bucket {
  readonly key?: string | number;
  readonly key_as_string?: string;
  readonly doc_count: number;
  readonly value?: Valued;
  readonly per?: Valued;
  readonly split?: { readonly buckets: readonly Bucket[] };
}

const DAY_MS = 86_400_000;
const DAYS = 30;
/** Longer than anybody looks, and less than what would be too many days to draw. */
const SPAN_MAX_MS = 5 * 366 * DAY_MS;

const panelNamed = (id: string): Panel =>
  panels.find((panel) => panel.id === id) ?? refuse("NOT_FOUND", `There is no panel "${id}".`, { id });

interface Span {
  readonly from: string;
  readonly to: string;
}

function spanOf({ from, to }: AskPanel, nowMs: number): Span {
  const end = to === undefined ? nowMs : Date.parse(to);
  const start = from === undefined ? end - DAYS * DAY_MS : Date.parse(from);
  if (start >= end || end - start > SPAN_MAX_MS) {
    refuse("VALIDATION_FAILED", "A panel is asked of a time that begins before it ends, and of five years at most.");
  }
  return { from: new Date(start).toISOString(), to: new Date(end).toISOString() };
}

/** What is in no currency counts in all of them. */
const inCurrency = (currency: string): estypes.QueryDslQueryContainer => ({
  bool: {
    should: [{ term: { "stoa.currency": currency } }, { bool: { must_not: [{ exists: { field: "stoa.currency" } }] } }],
    minimum_should_match: 1,
  },
});

function filtersOf(panel: Panel, { currency, field, value }: AskPanel, { from, to }: Span) {
  const kept = field !== undefined && value !== undefined ? [{ term: { [field]: value } }] : [];
  if (field !== undefined && !panel.records.some((name) => recordFields[name]?.includes(field))) {
    const known = [...new Set(panel.records.flatMap((name) => recordFields[name] ?? []))].sort().join(", ");
    refuse("VALIDATION_FAILED", `The records of "${panel.id}" have no field "${field}"; they have ${known}.`);
  }
  const paid = panel.unit === "money" && currency !== undefined ? [inCurrency(currency)] : [];
  const terms = Object.entries(panel.where ?? {}).map(([name, is]) => ({ term: { [name]: is } }));
  return [{ range: { "@timestamp": { gte: from, lt: to } } }, ...terms, ...paid, ...kept];
}

function valueIn(found: Valued | undefined): number | null {
  if (found?.of !== undefined) return found.of.value;
  return found?.value === undefined ? (found?.doc_count ?? null) : found.value;
}

function figureOf(panel: Panel, bucket: Bucket): number | null {
  const figure = bucket.value === undefined ? bucket.doc_count : valueIn(bucket.value);
  if (panel.kind !== "number" || panel.per === undefined) return figure;
  const per = bucket.per === undefined ? bucket.doc_count : valueIn(bucket.per);
  return figure === null || per === null || per === 0 ? null : figure / per;
}

/** Money is told in whole minor units, whatever was divided by. */
const written = ({ unit }: Panel, figure: number | null): number | null =>
  figure !== null && unit === "money" ? Math.round(figure) : figure;

const keyIn = ({ key, key_as_string: text }: Bucket): string | null => text ?? (key === undefined ? null : String(key));

function rowsOf(panel: Panel, buckets: readonly Bucket[]): PanelRow[] {
  const row = (key: string | null, part: string | null, bucket: Bucket): PanelRow => ({
    ...{ key, label: null, part, records: bucket.doc_count },
    figure: written(panel, figureOf(panel, bucket)),
  });
  return buckets.flatMap((bucket) =>
    bucket.split === undefined
      ? [row(keyIn(bucket), null, bucket)]
      : bucket.split.buckets.map((part) => row(keyIn(bucket), keyIn(part), part)),
  );
}

type Found = Readonly<Record<string, Bucket & { readonly buckets?: readonly Bucket[] }>>;

async function bucketsOf({ client, namespace }: QueryDeps, panel: Panel, ask: AskPanel, span: Span) {
  const { index, body } = searchOf(panel, namespace);
  const { aggregations } = await asking(`ask the panel ${panel.id}`, () =>
    client.search({
      ...{ index, ignore_unavailable: true, size: 0, track_total_hits: false },
      query: { bool: { filter: filtersOf(panel, ask, span) } },
      aggs: body["aggs"] as Record<string, estypes.AggregationsAggregationContainer>,
    }),
  );
  const [only] = Object.values((aggregations ?? {}) as unknown as Found);
  return only?.buckets ?? (only ? [only] : []);
}

type Names = (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;

async function productNames({ client, namespace }: QueryDeps, ids: readonly string[]) {
  const { docs } = await asking("name products", () =>
    client.mget<{ readonly title?: unknown }>({
      index: aliasOf(namespace, "products"),
      ids: [...ids],
      _source_includes: ["title"],
    }),
  );
  return new Map(
    docs.flatMap((doc): [string, string][] => {
      const title = "_source" in doc ? doc._source.title : undefined;
      const [text] = typeof title === "string" ? [title] : Object.values((title ?? {}) as Record<string, string>);
      return text === undefined ? [] : [[doc._id, text.slice(0, 200)]];
    }),
  );
}

function namesOf(deps: QueryDeps, sellers: Sellers, context: QueryContext): Readonly<Record<string, Names>> {
  return {
    "stoa.product.id": (ids) => productNames(deps, ids),
    "organization.id": async (ids) => {
      const directory = await sellers(context);
      return new Map(ids.flatMap((id) => (directory.name(id) === null ? [] : [[id, directory.name(id) ?? id]])));
    },
  };
}

async function named(panel: Panel, rows: readonly PanelRow[], names: Readonly<Record<string, Names>>) {
  const look = panel.kind === "top" ? names[panel.by] : undefined;
  if (!look || rows.length === 0) return rows;
  const found = await look(rows.flatMap(({ key }) => (key === null ? [] : [key])));
  return rows.map((row) => ({ ...row, label: found.get(row.key ?? "") ?? null }));
}

export function panelQueries(deps: QueryDeps, sellers: Sellers) {
  return {
    "analytics.dashboards": () =>
      Promise.resolve({
        items: dashboards.map(({ id, days, panels: shown }) => ({
          ...{ id, days, title: dashboardTitle(id) },
          panels: shown.map(panelNamed).map((panel) => ({
            ...{ id: panel.id, title: panelTitle(panel.id), kind: panel.kind, unit: panel.unit ?? null },
            by: keysOf(panel)[0] ?? null,
          })),
        })),
      }),
    "analytics.panel": async (ask: AskPanel, context: QueryContext): Promise<PanelAnswer> => {
      const panel = panelNamed(ask.panel);
      const span = spanOf(ask, Date.now());
      const rows = rowsOf(panel, await bucketsOf(deps, panel, ask, span));
      const told = await named(panel, rows.slice(0, PANEL_ROWS_MAX), namesOf(deps, sellers, context));
      return { panel: panel.id, ...span, rows: told, more: rows.length > PANEL_ROWS_MAX };
    },
  };
}
