/**
 * Products of a collection. What it is filled with becomes a part of the query itself, before facets are counted, and
 * holds beside whatever else is asked: what a rule asks of offers and what the caller asks of them may be fulfilled by
 * different offers of a product.
 */
import type { estypes } from "@elastic/elasticsearch";
import type { CollectionView } from "../../models/collection/collection.result.contract";
import type { CollectionRule } from "../../models/collection/collection.rule.contract";
import type { SearchProducts } from "../../models/product/product.search.contract";
import type { CategoryTree } from "../category/categories.tree.query";
import { baseFilters, facetFilters } from "./products.filters.query";
import { offerConditions } from "./products.offers.query";
import { LANGUAGE_DEFAULT, textQuery, wordsOf } from "./products.text.query";

type Query = estypes.QueryDslQueryContainer;

/** Bits of a place in the order: enough for a collection's 1,000 products. */
const PLACE_BITS = 10;
const PLACES = 2 ** PLACE_BITS;

/** What holds at the moment of the question. */
export interface Now {
  readonly hidden: readonly string[];
  readonly tree: CategoryTree;
}

/** What a rule asks of each product. */
export function byRule(rule: CollectionRule, { hidden, tree }: Now): Query[] {
  const asked: SearchProducts = { ...rule, sort: "relevance", limit: 1 };
  const conditions = offerConditions(asked, hidden);
  const words = wordsOf(asked);
  return [
    ...baseFilters(asked, { conditions, hidden }),
    ...facetFilters(asked, conditions, tree).values(),
    ...(words === "" ? [] : [textQuery(words, rule.lang ?? LANGUAGE_DEFAULT)]),
  ];
}

/**
 * The place in the order as a score, the first the highest: one clause for each bit of it, so that a thousand products
 * take ten clauses, and no script. Whole numbers of this size add up exactly.
 */
function placed(products: readonly string[]): Query[] {
  const places = products.slice(0, PLACES).map((id, at) => [id, PLACES - 1 - at] as const);
  return Array.from({ length: PLACE_BITS }, (_, bit): Query => {
    const ids = places.filter(([, place]) => (place >> bit) & 1).map(([id]) => id);
    return { constant_score: { filter: { terms: { id: ids } }, boost: 2 ** bit } };
  });
}

const nothing: Query = { match_none: {} };

export const filledWith = ({ products, rule }: CollectionView, now: Now): Query[] =>
  rule === null ? [{ terms: { id: products ?? [] } }] : byRule(rule, now);

function filterOf(collection: CollectionView, channel: string | undefined, now: Now): Query[] {
  const { channels } = collection;
  if (channel !== undefined && channels.length > 0 && !channels.includes(channel)) return [nothing];
  return filledWith(collection, now);
}

/**
 * The request, of products in the collection alone; null is one that there is not, or that is not published. The order
 * of one filled by hand is kept where nothing else makes one: no words, and no other sorting.
 */
export function inCollection(
  request: estypes.SearchRequest,
  params: SearchProducts,
  collection: CollectionView | null,
  now: Now,
): estypes.SearchRequest {
  const must = request.query ? [request.query] : [];
  const filter = collection === null ? [nothing] : filterOf(collection, params.channel, now);
  const ordered = params.sort === "relevance" && wordsOf(params) === "" ? (collection?.products ?? []) : [];
  if (ordered.length === 0) return { ...request, query: { bool: { must, filter } } };
  return {
    ...request,
    track_scores: true,
    query: { bool: { must, filter, should: placed(ordered) } },
  };
}
