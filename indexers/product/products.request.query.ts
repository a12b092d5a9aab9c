/** What the engine is asked for a page of products. Pure. */
import type { estypes } from "@elastic/elasticsearch";
import type { SearchProducts } from "../../models/product/product.search.contract";
import { NO_CATEGORIES, type CategoryTree } from "../category/categories.tree.query";
import { fingerprint, readCursor, type SortValue } from "../kernel/cursor";
import { facetAggregations } from "./products.facets.query";
import { baseFilters, facetFilters } from "./products.filters.query";
import { highlightOf } from "./products.highlight.query";
import { byPrice, offerConditions, type OfferConditions } from "./products.offers.query";
import { spellingAsked } from "./products.spelling.query";
import { LANGUAGE_DEFAULT, textQuery, wordsOf } from "./products.text.query";

const TOTAL_MAX = 10_000;
const PRODUCT_FIELDS = ["id", "title", "brand", "categoryPath", "categoryId", "image"];
const OFFER_FIELDS = ["id", "sellerId", "condition", "currency", "amountMinor", "priceKey", "quantity"];
const HIT_FIELDS = [...PRODUCT_FIELDS, ...OFFER_FIELDS.map((field) => `offers.${field}`)];

const newest: estypes.SortCombinations = { publishedAt: { order: "desc", missing: "_last" } };

/** Without words there is no relevance: the newest come first. The id makes the order one. */
function sortOf(params: SearchProducts, conditions: OfferConditions): estypes.SortCombinations[] {
  const id: estypes.SortCombinations = { id: { order: "asc" } };
  switch (params.sort) {
    case "price-asc":
      return [byPrice(params, conditions, "asc"), id];
    case "price-desc":
      return [byPrice(params, conditions, "desc"), id];
    case "newest":
      return [newest, id];
    case "relevance":
      return [wordsOf(params) === "" ? newest : { _score: { order: "desc" } }, id];
  }
}

/** How the words are read: as they were asked, or as a relaxed search takes them. */
export interface Reading {
  readonly q: string;
  /** Some of the words will do. */
  readonly partial: boolean;
}

const ASKED = "";

/** A cursor holds where the page ended, and how the words were read there. */
export const cursorValues = (last: readonly SortValue[], reading: Reading, q: string): SortValue[] => {
  const asAsked = reading.q === q && !reading.partial;
  return [...last, asAsked ? ASKED : `${reading.partial ? "some" : "all"} ${reading.q}`];
};

const READING_MAX = 400;

/** How the page before was read. @throws CURSOR_INVALID */
export function readingIn(params: SearchProducts): Reading {
  const asked: Reading = { q: wordsOf(params), partial: false };
  if (params.cursor === undefined) return asked;
  const text = String(readCursor(params.cursor, printOf(params), 3)[2]).slice(0, READING_MAX);
  return text === ASKED ? asked : { q: text.slice(text.indexOf(" ") + 1), partial: text.startsWith("some ") };
}

export function printOf({ cursor: _cursor, limit: _limit, ...question }: SearchProducts): string {
  return fingerprint(question);
}

/** How many were found before what was chosen of facets. */
export const COUNTED = "counted";

/** What beside the hits is asked on a first page: counts, and spellings of words that nothing holds. */
function firstPage(params: SearchProducts, reading: Reading, aggs: estypes.SearchRequest["aggs"]): object {
  const isAsked = reading.q === wordsOf(params) && !reading.partial;
  return { aggs, ...(reading.q !== "" && isAsked && { suggest: spellingAsked(reading.q) }) };
}

export interface Moment {
  /** Suspended sellers. */
  readonly hidden?: readonly string[];
  readonly tree?: CategoryTree;
  readonly reading?: Reading;
}

/** The request for a page. @throws CURSOR_INVALID */
export function searchRequest(params: SearchProducts, alias: string, moment: Moment = {}): estypes.SearchRequest {
  const { hidden = [], tree = NO_CATEGORIES, reading = readingIn(params) } = moment;
  const { cursor, limit, explain = false } = params;
  const lang = params.lang ?? LANGUAGE_DEFAULT;
  const conditions = offerConditions(params, hidden);
  const chosen = facetFilters(params, conditions, tree);
  const print = printOf(params);
  const hasWords = reading.q !== "";
  return {
    index: alias,
    query: {
      bool: {
        must: hasWords ? [textQuery(reading.q, lang, { partial: reading.partial, named: explain })] : [],
        filter: baseFilters(params, { conditions, hidden }),
      },
    },
    ...(chosen.size > 0 && { post_filter: { bool: { filter: [...chosen.values()] } } }),
    // one more than asked tells whether there is a next page
    size: limit + 1,
    sort: sortOf(params, conditions),
    track_scores: hasWords,
    track_total_hits: TOTAL_MAX,
    // pages of one search must be scored by the same copy of the shard
    preference: print,
    _source: HIT_FIELDS,
    ...(hasWords && { highlight: highlightOf(lang) }),
    ...(cursor === undefined
      ? firstPage(params, reading, {
          ...facetAggregations(chosen, conditions),
          ...(chosen.size > 0 && { [COUNTED]: { filter: { match_all: {} } } }),
        })
      : { search_after: readCursor(cursor, print, 3).slice(0, 2) }),
  };
}
