/** The rankings that are compared: plain ones of the bare engine, and the one that the mall serves. */
import type { Client, estypes } from "@elastic/elasticsearch";
import type { QueryContext } from "../../../indexers/kernel/query";
import { productQueries } from "../../../indexers/product/products.query";
import { textQuery } from "../../../indexers/product/products.text.query";
import type { TextWeights } from "../../../indexers/product/products.weights.query";

/** The first products for a query, best first: more than are judged by, so that condensed figures have ten. */
export type Ranker = (q: string) => Promise<string[]>;

export interface Index {
  readonly client: Client;
  readonly namespace: string;
  readonly index: string;
}

type Query = estypes.QueryDslQueryContainer;

const SHOWN = 100;

async function idsOf({ client, index }: Index, query: Query): Promise<string[]> {
  const sort: estypes.SortCombinations[] = [{ _score: { order: "desc" } }, { id: { order: "asc" } }];
  const request: estypes.SearchRequest = {
    index,
    query: { bool: { must: [query] } },
    size: SHOWN,
    sort,
    _source: false,
  };
  const { hits } = await client.search(request);
  return hits.hits.flatMap(({ _id }) => _id ?? []);
}

/** BM25 of words that need not all be found, in the fields named. */
const plain =
  (index: Index, fields: string[]): Ranker =>
  (q) =>
    idsOf(index, { multi_match: { query: q, fields, type: "cross_fields", analyzer: "shop_en" } });

/** The plain four-field BM25 that all others are compared with. */
export const BASELINE = "bm25 four fields";

/** As GET /v1/products answers, with its fallbacks. */
export function served({ client, namespace }: Index): Ranker {
  const queries = productQueries({ client, namespace, wait: () => Promise.resolve() });
  const context: QueryContext = { meta: {} };
  return async (q) => {
    const { items } = await queries["product.search"]({ q, sort: "relevance", limit: SHOWN }, context);
    return items.map(({ id }) => id);
  };
}

/** The served question with other weights, all words wanted or not. */
export const weighed =
  (index: Index, weights: TextWeights, partial = false): Ranker =>
  (q) =>
    idsOf(index, textQuery(q, "en", { weights, partial }));

export function rankers(index: Index): Readonly<Record<string, Ranker>> {
  return {
    "bm25 title": plain(index, ["title.en"]),
    [BASELINE]: plain(index, ["title.en", "said.brand.en", "said.category.en", "description.en"]),
    "bm25 five fields": plain(index, [
      "title.en",
      "said.brand.en",
      "said.category.en",
      "description.en",
      "said.attributes.en",
    ]),
    "stoa, as served": served(index),
  };
}
