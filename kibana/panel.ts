/** What a panel asks and how it is drawn: the words in which `panels.ts` says all of them. */

/** What is computed of a field; without a field, how many records there are. */
export interface Metric {
  readonly of: "sum" | "cardinality" | "count";
  readonly field?: string;
}

interface Described {
  readonly id: string;
  readonly title: string;
  /** Records asked, as `indexers/analytics` names them. */
  readonly records: "commits" | "orders" | "order-lines" | "stock-movements" | "ledger-entries";
  /** Fields that must have a value. */
  readonly where?: Readonly<Record<string, string>>;
  readonly metric: Metric;
  /** Amounts are kept in hundredths. */
  readonly money?: boolean;
}

export type Panel = Described &
  (
    | { readonly kind: "number"; readonly per?: Metric & { readonly where?: Readonly<Record<string, string>> } }
    | { readonly kind: "days"; readonly split?: string }
    | { readonly kind: "top"; readonly by: string }
  );

export interface Dashboard {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly panels: readonly string[];
}
