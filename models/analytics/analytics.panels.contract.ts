/** The figures of the mall as dashboards show them: the same panels in Kibana and in the console. */
import Joi from "../kernel/schema";
import { currencySchema } from "../kernel/money";
import { plainText, textSchema, type Text } from "../kernel/text";
import type { Contract } from "../kernel/contract";

export const PANEL_KINDS = ["number", "days", "top", "grid"] as const;
export type PanelKind = (typeof PANEL_KINDS)[number];
export const PANEL_UNITS = ["money", "share", "bytes"] as const;
export type PanelUnit = (typeof PANEL_UNITS)[number];

export interface PanelView {
  readonly id: string;
  readonly title: Text;
  readonly kind: PanelKind;
  /** Money in minor units, shares from 0 to 1; null: a plain number. */
  readonly unit: PanelUnit | null;
  /** The field by which its rows are told apart, where one can look deeper by it. */
  readonly by: string | null;
}

export interface DashboardView {
  readonly id: string;
  readonly title: Text;
  /** How far it looks back. */
  readonly days: number;
  readonly panels: readonly PanelView[];
}

export interface AskPanel {
  readonly panel: string;
  /** From, and before; the last thirty days when left out. */
  readonly from?: string;
  readonly to?: string;
  /** Of money: what was paid in it. */
  readonly currency?: string;
  /** Only records whose field has this value. */
  readonly field?: string;
  readonly value?: string;
}

export interface PanelRow {
  /** What it is about: an id, a word, or a moment; null for the one figure of a number. */
  readonly key: string | null;
  /** What it is called, where it has a name. */
  readonly label: string | null;
  /** Of a split: which part; of a grid: which column. */
  readonly part: string | null;
  /** Null where there is nothing to compute. */
  readonly figure: number | null;
  readonly records: number;
}

export interface PanelAnswer {
  readonly panel: string;
  readonly from: string;
  readonly to: string;
  readonly rows: readonly PanelRow[];
  /** True when there are more rows than are told. */
  readonly more: boolean;
}

export interface PanelCalls {
  "analytics.dashboards": { params: object; result: { readonly items: readonly DashboardView[] } };
  "analytics.panel": { params: AskPanel; result: PanelAnswer };
}

export const PANEL_ROWS_MAX = 2_000;
const PANELS_MAX = 100;
const id = plainText(40).min(1).required();
const moment = Joi.string().isoDate().max(30);
const title = textSchema(200).required();
const word = plainText(200).allow(null).required();

// not strict: Joi has no word for read-only lists
const panelView = Joi.object<PanelView>({
  ...{ id, title },
  kind: Joi.string()
    .valid(...PANEL_KINDS)
    .required(),
  unit: Joi.string()
    .valid(...PANEL_UNITS)
    .allow(null)
    .required(),
  by: word,
});
const dashboard = Joi.object<DashboardView>({
  ...{ id, title },
  days: Joi.number().integer().min(1).required(),
  panels: Joi.array().items(panelView).max(PANELS_MAX).required(),
});
const row = Joi.object<PanelRow, true>({
  ...{ key: word, label: word, part: word },
  figure: Joi.number().unsafe().allow(null).required(),
  records: Joi.number().integer().min(0).required(),
});

const read = { kind: "query", permission: "analytics.read", owner: "platform" } as const;

export const panelActions: Contract<PanelCalls>["actions"] = {
  "analytics.dashboards": {
    ...read,
    summary: "The dashboards of the mall, and the panels that they are made of",
    params: Joi.object({}),
    result: Joi.object({ items: Joi.array().items(dashboard).max(PANELS_MAX).required() }),
    http: { method: "GET", path: "/v1/analytics/dashboards" },
  },
  "analytics.panel": {
    ...read,
    summary: "What a panel shows: of a time, a currency, and what somebody looks deeper into",
    params: Joi.object<AskPanel, true>({
      panel: id,
      ...{ from: moment, to: moment, currency: currencySchema },
      field: plainText(60).min(1),
      value: plainText(200).min(1),
    }).and("field", "value"),
    result: Joi.object<PanelAnswer>({
      panel: id,
      ...{ from: moment.required(), to: moment.required() },
      rows: Joi.array().items(row).max(PANEL_ROWS_MAX).required(),
      more: Joi.boolean().required(),
    }),
    http: { method: "GET", path: "/v1/analytics/panels/{panel}" },
  },
};
