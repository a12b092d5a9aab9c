/** What a panel says: as Kibana asks, with the query that lies in the file, and as the console asks the mall. */
import { panelQueries } from "../../../indexers/analytics/panels.query";
import { NO_SELLERS } from "../../../indexers/seller/sellers.directory.query";
import type { AskPanel, PanelAnswer } from "../../../models/analytics/analytics.panels.contract";
import type { SearchUnderTest } from "../../support/elasticsearch";
import { filled, searchIn } from "./saved";

interface Valued {
  readonly value?: number;
  readonly doc_count?: number;
  readonly of?: { readonly value: number };
}

export interface Bucket {
  readonly key?: string | number;
  readonly doc_count: number;
  readonly value?: Valued;
  readonly per?: Valued;
  readonly split?: { readonly buckets: readonly Bucket[] };
}

/** As Kibana asks, with the query that lies in the file. */
export async function answered({ namespace, client }: SearchUnderTest, id: string): Promise<readonly Bucket[]> {
  const url = searchIn(id);
  const index = url.index.replaceAll(/(^|,)stoa-/g, `$1${namespace}-`);
  const { aggregations } = await client.search({ index, ...filled(url.body) });
  const [only] = Object.values(aggregations as unknown as Record<string, Bucket & { buckets?: Bucket[] }>);
  return only?.buckets ?? (only ? [only] : []);
}

export const figureIn = (valued: Valued): number => valued.of?.value ?? valued.value ?? valued.doc_count ?? 0;
export const figure = ({ value, doc_count: count }: Bucket): number => (value === undefined ? count : figureIn(value));
export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
export const parts = (buckets: readonly Bucket[]): readonly Bucket[] =>
  buckets.flatMap((bucket) => bucket.split?.buckets ?? [bucket]);

const DAY_MS = 86_400_000;
export const momentOf = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString();

/** As the console asks. */
export function asked(
  { client, namespace }: SearchUnderTest,
  panel: string,
  more: Partial<AskPanel> = {},
): Promise<PanelAnswer> {
  const queries = panelQueries({ client, namespace, wait: () => Promise.resolve() }, () => Promise.resolve(NO_SELLERS));
  return queries["analytics.panel"]({ panel, from: momentOf(-1), to: momentOf(1), ...more }, { meta: {} });
}
