/**
 * A search that goes by somebody's taste: one more clause per kind of liking in the same request, whose scores are
 * constants. Of each kind the strongest liking counts once, so that what is added to any product is bounded by the
 * shares of models/visitor/visitor.taste.contract.ts, whatever somebody did; and it is added only to products that hold
 * every word, so that one that lacks a word never overtakes by it. The order of pages stays the engine's.
 */
import type { estypes } from "@elastic/elasticsearch";
import type { SearchProducts } from "../../models/product/product.search.contract";
import {
  likingsFor,
  SHARES,
  type Liking,
  type LikingKind,
  type Taste,
} from "../../models/visitor/visitor.taste.contract";
import { OFFERS } from "./products.offers.query";
import type { Reading } from "./products.request.query";
import { allWords, LANGUAGE_DEFAULT } from "./products.text.query";
import { tastedOf, type Shown } from "./products.traits.query";

type Query = estypes.QueryDslQueryContainer;

const inCategory = (value: string): Query => ({
  bool: { should: [{ term: { categoryId: value } }, { term: { categories: value } }], minimum_should_match: 1 },
});

function filterOf({ kind, value, lowMinor, highMinor, currency }: Liking): Query {
  if (kind === "brand") return { term: { brand: value } };
  if (kind === "category") return inCategory(value);
  const range = { range: { [`${OFFERS}.amountMinor`]: { gte: lowMinor, lte: highMinor } } } as Query;
  const offer: Query[] = [{ term: { [`${OFFERS}.currency`]: currency ?? "" } }, range];
  return { bool: { filter: [inCategory(value), { nested: { path: OFFERS, query: { bool: { filter: offer } } } }] } };
}

const clauseOf = (liking: Liking): Query => ({
  constant_score: { filter: filterOf(liking), boost: liking.weight },
});

const kinds = Object.keys(SHARES) as LikingKind[];

/** The strongest liking of each kind that a product fits. */
export function tasteClauses({ likings }: Taste): Query[] {
  return kinds.flatMap((kind): Query[] => {
    const queries = likings.filter((liking) => liking.kind === kind).map(clauseOf);
    return queries.length === 0 ? [] : [{ dis_max: { queries } }];
  });
}

/** Whether there is a relevance that a taste could be added to. */
const ranks = ({ sort }: SearchProducts, { q }: Reading): boolean => sort === "relevance" && q !== "";

/** The request with what somebody likes; the very same one for somebody of whom nothing is known. */
export function personally(
  request: estypes.SearchRequest,
  taste: Taste | undefined,
  { params, reading }: { readonly params: SearchProducts; readonly reading: Reading },
): estypes.SearchRequest {
  if (!taste || taste.likings.length === 0 || !ranks(params, reading)) return request;
  const likes: Query = { bool: { should: tasteClauses(taste) } };
  const whole = allWords(reading.q, params.lang ?? LANGUAGE_DEFAULT);
  const liked: Query = reading.partial ? { bool: { must: [likes], filter: [whole] } } : likes;
  return { ...request, query: { bool: { must: request.query ? [request.query] : [], should: [liked] } } };
}

export interface PersonalPart {
  readonly liking: Liking;
  /** What it gave, as the engine counts: in single precision. */
  readonly score: number;
}

/** What the taste gave a product that was found. @param whole false for a product that lacks a word */
export function personalParts(taste: Taste | undefined, shown: Shown, whole: boolean): PersonalPart[] {
  if (!taste || !whole) return [];
  return likingsFor(taste, tastedOf(shown)).map((liking) => ({ liking, score: Math.fround(liking.weight) }));
}
