/** What a panel asks and how it is drawn: the words in which `panels/` says all of them. */
import type { PanelId } from "./titles/en";

/** Records, as `indexers/analytics` names them. */
export type Records =
  | "commits"
  | "orders"
  | "order-lines"
  | "buyers"
  | "sessions"
  | "searches"
  | "recommendations"
  | "fraud-decisions"
  | "stock-movements"
  | "ledger-entries"
  | "health";

/** Fields that must have a value. */
export type Where = Readonly<Record<string, string>>;

/** What is computed of a field; without a field, how many records there are. */
export interface Metric {
  readonly of: "sum" | "avg" | "max" | "cardinality" | "count";
  readonly field?: string;
  /** Of some of the panel's records only. */
  readonly where?: Where;
}

interface Described {
  /** Its name in people's languages stands in `titles/`. */
  readonly id: PanelId;
  /** Asked together where there are several. */
  readonly records: readonly Records[];
  readonly where?: Where;
  readonly metric: Metric;
  /** How the figure is written: amounts are kept in hundredths. */
  readonly unit?: "money" | "share" | "bytes";
}

export type Panel = Described &
  (
    | { readonly kind: "number"; readonly per?: Metric }
    | { readonly kind: "days"; readonly split?: string; readonly interval?: "1h" | "1d" | "1M" }
    | { readonly kind: "top"; readonly by: string }
    /** A table: a row for each value of one field, a column for each of another. */
    | { readonly kind: "grid"; readonly by: string; readonly across: string }
  );

export interface Dashboard {
  readonly id: "kpis" | "sales" | "customers" | "search" | "adoption" | "risk" | "sellers" | "operations";
  /** How far it looks back, in days, unless somebody says otherwise. */
  readonly days: number;
  readonly panels: readonly PanelId[];
}
