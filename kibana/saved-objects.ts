/** Panels and dashboards as Kibana keeps them: Vega, whose search is the panel's own, word for word. */
import type { Dashboard, Panel } from "./panel";
import { figureIn, searchOf } from "./query";
import { dashboardTitles, panelTitles } from "./titles/en";

export interface Reference {
  readonly name: string;
  readonly type: string;
  readonly id: string;
}

export interface SavedObject {
  readonly type: "index-pattern" | "visualization" | "dashboard";
  readonly id: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly references: readonly Reference[];
  readonly coreMigrationVersion: string;
  readonly typeMigrationVersion: string;
}

/** Forms that Kibana 8 and 9 read, each brought to today's by itself. */
const CORE = "8.8.0";
const FORMS = { "index-pattern": "8.0.0", visualization: "8.5.0", dashboard: "8.9.0" } as const;
const SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json";
const WIDTH = 48;
const NUMBER = { w: 12, h: 8 };
const CHART = { w: 24, h: 14 };

const made = (
  type: SavedObject["type"],
  id: string,
  attributes: SavedObject["attributes"],
  references: readonly Reference[] = [],
): SavedObject => ({
  ...{ type, id: `stoa-${id}`, attributes, references },
  ...{ coreMigrationVersion: CORE, typeMigrationVersion: FORMS[type] },
});

const shownIn: Readonly<Record<NonNullable<Panel["unit"]>, string>> = {
  money: "/ 100",
  share: "* 100",
  bytes: "/ 1048576",
};

const QUANTITY = { field: "figure", type: "quantitative", title: null } as const;

/** Each bucket's parts become rows of their own. */
const PARTS = [
  { flatten: ["split.buckets"], as: ["bucket"] },
  { calculate: "datum.bucket.key", as: "part" },
] as const;

function drawn(panel: Panel): object {
  const shown = panel.unit ? shownIn[panel.unit] : "";
  const figure = (at?: string) => ({ calculate: `${figureIn(panel.metric, "value", at)} ${shown}`, as: "figure" });
  if (panel.kind === "number") {
    const over = panel.per ? ` / ${figureIn(panel.per, "per")}` : "";
    const calculate = `${figureIn(panel.metric, "value")}${over} ${shown}`;
    return {
      transform: [{ calculate, as: "figure" }],
      mark: { type: "text", fontSize: 32 },
      encoding: { text: { field: "figure", type: "quantitative", format: ",.2~f" } },
    };
  }
  if (panel.kind === "top") {
    return {
      transform: [figure()],
      mark: { type: "bar", tooltip: true },
      encoding: { y: { field: "key", type: "nominal", sort: "-x", title: null }, x: QUANTITY },
    };
  }
  if (panel.kind === "grid") {
    return {
      transform: [...PARTS, figure("datum.bucket")],
      mark: { type: "rect", tooltip: true },
      encoding: {
        ...{ y: { field: "key", type: "ordinal", title: null }, x: { field: "part", type: "ordinal", title: null } },
        color: QUANTITY,
      },
    };
  }
  const split = panel.split !== undefined;
  return {
    transform: split ? [...PARTS, figure("datum.bucket")] : [figure()],
    mark: { type: "bar", tooltip: true },
    encoding: {
      ...{ x: { field: "key", type: "temporal", title: null }, y: QUANTITY },
      ...(split && { color: { field: "part", type: "nominal", title: null } }),
    },
  };
}

const IN_ANSWER = {
  ...{ number: "aggregations.all", days: "aggregations.days.buckets" },
  ...{ top: "aggregations.top.buckets", grid: "aggregations.grid.buckets" },
} as const;

export function visualization(panel: Panel): SavedObject {
  const data = { url: searchOf(panel), format: { property: IN_ANSWER[panel.kind] } };
  const spec = JSON.stringify({ $schema: SCHEMA, data, ...drawn(panel) });
  const title = panelTitles[panel.id];
  const visState = JSON.stringify({ title, type: "vega", aggs: [], params: { spec } });
  const meta = { searchSourceJSON: "{}" };
  return made("visualization", panel.id, {
    ...{ title, visState, uiStateJSON: "{}", description: "", version: 1 },
    kibanaSavedObjectMeta: meta,
  });
}

export const dataView = (records: string): SavedObject =>
  made("index-pattern", records, {
    ...{ title: `stoa-analytics-${records}`, name: `Stoa: ${records}`, timeFieldName: "@timestamp" },
  });

interface Placed {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** From left to right, a new row where the last one is full. */
function places(shown: readonly Panel[]): readonly Placed[] {
  let [x, y, rowHeight] = [0, 0, 0];
  return shown.map(({ kind }) => {
    const { w, h } = kind === "number" ? NUMBER : CHART;
    if (x + w > WIDTH) [x, y, rowHeight] = [0, y + rowHeight, 0];
    const place = { x, y, w, h };
    x += w;
    rowHeight = Math.max(rowHeight, h);
    return place;
  });
}

export function dashboardObject(dashboard: Dashboard, panels: readonly Panel[]): SavedObject {
  const shown = dashboard.panels.flatMap((id) => panels.filter((panel) => panel.id === id));
  const placed = places(shown).map((gridData, n) => ({
    ...{ version: "8.9.0", type: "visualization", panelIndex: String(n), embeddableConfig: {} },
    ...{ panelRefName: `panel_${n}`, gridData: { ...gridData, i: String(n) } },
  }));
  const references = shown.map(({ id }, n) => ({ name: `${n}:panel_${n}`, type: "visualization", id: `stoa-${id}` }));
  const options = { useMargins: true, syncColors: true, syncCursor: true, syncTooltips: false, hidePanelTitles: false };
  return made(
    "dashboard",
    `${dashboard.id}-dashboard`,
    {
      ...{ title: `Stoa: ${dashboardTitles[dashboard.id]}`, description: "", version: 1 },
      ...{ panelsJSON: JSON.stringify(placed), optionsJSON: JSON.stringify(options) },
      ...{ timeRestore: true, timeFrom: `now-${dashboard.days}d`, timeTo: "now" },
      kibanaSavedObjectMeta: {
        searchSourceJSON: JSON.stringify({ query: { query: "", language: "kuery" }, filter: [] }),
      },
    },
    references,
  );
}

/** One object a line, as Kibana imports them. */
export function ndjson(panels: readonly Panel[], dashboards: readonly Dashboard[]): string {
  const objects = [
    ...[...new Set(panels.flatMap(({ records }) => records))].map(dataView),
    ...panels.map(visualization),
    ...dashboards.map((dashboard) => dashboardObject(dashboard, panels)),
  ];
  return objects.map((object) => `${JSON.stringify(object)}\n`).join("");
}
