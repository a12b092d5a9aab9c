/**
 * What others chose of those who searched for the same words, as a part of the ranking: of what is counted of searches,
 * where nobody's name and no words lie. What stands further down is seen less often, so that a click there tells more:
 * each counts as often as its place is passed over. It is read behind an answer and kept for a while, so that a search
 * costs no further request; and what it adds to any product is bounded.
 */
import type { estypes } from "@elastic/elasticsearch";
import { LRUCache } from "lru-cache";
import type { SearchProducts } from "../../models/product/product.search.contract";
import { searchFacts } from "../analytics/analytics.projection";
import { aliasOf } from "../kernel/indices";
import type { QueryDeps } from "../kernel/query";
import type { Reading } from "./products.request.query";

type Query = estypes.QueryDslQueryContainer;

/** The name of its part of a score. */
export const CLICKS = "clicks";

/** What a product gets that everybody chooses: less than any sign of what a thing is. */
const POINTS_MAX = 4;
/** So many searches stand against what was seen: a few clicks of few searches lift little. */
const SEARCHES_PRIOR = 20;
/** A product that fewer different searches led to gets nothing: nobody lifts one alone. */
const SEARCHES_MIN = 3;
const PRODUCTS_MAX = 30;
const POSITIONS_MAX = 50;
const DAYS = 90;
const QUERIES_MAX = 2_000;
const KEPT_MS = 5 * 60_000;
const UNDER_WAY_MAX = 8;
const DIGITS = 4;

export interface Choice {
  readonly productId: string;
  readonly points: number;
}

interface Bucket<K> {
  readonly key: K;
  readonly doc_count: number;
}

interface Clicked extends Bucket<string> {
  readonly searches: { readonly value: number };
  readonly positions: { readonly buckets: readonly Bucket<number>[] };
}

/** What is counted of one question's searches. */
export interface CountedClicks {
  readonly searched: { readonly doc_count: number };
  readonly clicked: { readonly products: { readonly buckets: readonly Clicked[] } };
}

/** How rarely what stands there is looked at: half of the first place at the second, a third at the third. */
const passedOver = (position: number): number => position + 1;

/** What each product gets of how often it was chosen, had it always stood first. */
export function choicesIn({ searched, clicked }: CountedClicks): Choice[] {
  const asked = searched.doc_count + SEARCHES_PRIOR;
  return clicked.products.buckets
    .filter(({ searches }) => searches.value >= SEARCHES_MIN)
    .map(({ key: productId, positions }): Choice => {
      const chosen = positions.buckets.reduce((sum, { key, doc_count: n }) => sum + n * passedOver(key), 0);
      return { productId, points: Number((POINTS_MAX * Math.min(1, chosen / asked)).toFixed(DIGITS)) };
    });
}

const counting = (queryKey: string): Omit<estypes.SearchRequest, "index"> => ({
  size: 0,
  track_total_hits: false,
  query: { bool: { filter: [{ term: { queryKey } }, { range: { at: { gte: `now-${DAYS}d/d` } } }] } },
  aggs: {
    searched: { filter: { term: { kind: "search" } } },
    clicked: {
      filter: { term: { kind: "click" } },
      aggs: {
        products: {
          terms: { field: "productId", size: PRODUCTS_MAX },
          aggs: {
            searches: { cardinality: { field: "searchId" } },
            positions: { terms: { field: "position", size: POSITIONS_MAX } },
          },
        },
      },
    },
  },
});

/** What is known of a question now; what is not is read for the next who asks it. */
export type Clicks = (queryKey: string) => readonly Choice[];

export function createClicks({ client, namespace }: Pick<QueryDeps, "client" | "namespace">): Clicks {
  const kept = new LRUCache<string, readonly Choice[]>({ max: QUERIES_MAX, ttl: KEPT_MS, allowStale: true });
  const underWay = new Set<string>();
  async function read(queryKey: string): Promise<void> {
    const index = aliasOf(namespace, searchFacts.name);
    const { aggregations } = await client.search({ index, ...counting(queryKey) });
    kept.set(queryKey, choicesIn(aggregations as unknown as CountedClicks));
  }
  function readAnew(queryKey: string): void {
    if (underWay.size >= UNDER_WAY_MAX || underWay.has(queryKey)) return;
    underWay.add(queryKey);
    // an engine that does not answer leaves what was known before
    void read(queryKey)
      .catch(() => undefined)
      .finally(() => underWay.delete(queryKey));
  }
  return (queryKey) => {
    if (!kept.has(queryKey)) readAnew(queryKey);
    return kept.get(queryKey, { noDeleteOnStaleGet: true }) ?? [];
  };
}

/** Whether there is a relevance, of products with every word, that it could be added to. */
const ranks = ({ sort }: SearchProducts, { q, partial }: Reading): boolean =>
  sort === "relevance" && q !== "" && !partial;

/** The request with what others chose; the very same one where nothing is known. */
export function chosen(
  request: estypes.SearchRequest,
  choices: readonly Choice[],
  { params, reading }: { readonly params: SearchProducts; readonly reading: Reading },
): estypes.SearchRequest {
  if (choices.length === 0 || !ranks(params, reading)) return request;
  const clauses = choices.map(({ productId, points }): Query => ({
    constant_score: { filter: { term: { id: productId } }, boost: points },
  }));
  const lifted: Query = { bool: { should: clauses, ...(params.explain === true && { _name: CLICKS }) } };
  return { ...request, query: { bool: { must: request.query ? [request.query] : [], should: [lifted] } } };
}
