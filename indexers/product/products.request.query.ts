/** What the engine is asked for a page of products. Pure. */
import type { estypes } from "@elastic/elasticsearch";
import type { SearchProducts } from "../../models/product/product.search.contract";
import { NO_CATEGORIES, type CategoryTree } from "../category/categories.tree.query";
import { fingerprint, readCursor, type SortValue } from "../kernel/cursor";
import { facetAggregations } from "./products.facets.query";
import { baseFilters, facetFilters, type FacetFilters } from "./products.filters.query";
import { highlightOf } from "./products.highlight.query";
import { clausesOf, orPinned, SILENCE, type Spoken } from "./products.merchandising.query";
import { byPrice, offerConditions, type OfferConditions } from "./products.offers.query";
import { spellingAsked } from "./products.spelling.query";
import { allWords, LANGUAGE_DEFAULT, textQuery, wordsOf, type TextOptions } from "./products.text.query";
import type { TextWeights } from "./products.weights.query";

const TOTAL_MAX = 10_000;
const PRODUCT_FIELDS = [
  "id",
  "title",
  "brand",
  "categoryPath",
  "categoryId",
  "image",
  "rating.average",
  "rating.count",
];
const OFFER_FIELDS = ["id", "sellerId", "condition", "currency", "amountMinor", "priceKey", "quantity"];
const HIT_FIELDS = [...PRODUCT_FIELDS, ...OFFER_FIELDS.map((field) => `offers.${field}`)];

const newest: estypes.SortCombinations = { publishedAt: { order: "desc", missing: "_last" } };

const bestRated: estypes.SortCombinations = { "rating.rank": { order: "desc", missing: "_last" } };

const best: estypes.SortCombinations = { _score: { order: "desc" } };

/** Values that a cursor holds of a sort. */
const valuesOf = (params: SearchProducts): number => (params.sort === "relevance" && wordsOf(params) === "" ? 3 : 2);

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
    case "rating":
      return [bestRated, id];
    case "relevance":
      // without words the score is what rules and the order of a collection say, and mostly nothing
      return wordsOf(params) === "" ? [best, newest, id] : [best, id];
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
  const values = valuesOf(params);
  const text = String(readCursor(params.cursor, printOf(params), values + 1)[values]).slice(0, READING_MAX);
  return text === ASKED ? asked : { q: text.slice(text.indexOf(" ") + 1), partial: text.startsWith("some ") };
}

/** Whether it is explained changes no order: pages may be explained or not as they come. */
export function printOf({ cursor: _cursor, limit: _limit, explain: _explain, ...question }: SearchProducts): string {
  return fingerprint(question);
}

/** How many were found before what was chosen of facets. */
export const COUNTED = "counted";

/** How many of what was found hold all words of other texts. */
export const BESIDE = "beside";

/** Facets and spellings are asked on a first page; a page after it says where it goes on. */
function pageOf(params: SearchProducts, reading: Reading, aggs: Record<string, unknown>): object {
  const { cursor } = params;
  const values = valuesOf(params);
  if (cursor !== undefined) return { search_after: readCursor(cursor, printOf(params), values + 1).slice(0, values) };
  const isAsked = reading.q === wordsOf(params) && !reading.partial;
  return { aggs, ...(reading.q !== "" && isAsked && { suggest: spellingAsked(reading.q) }) };
}

function choiceOf(chosen: FacetFilters, conditions: OfferConditions) {
  const facets = facetAggregations(chosen, conditions);
  if (chosen.size === 0) return { aggs: facets, post: {} };
  return {
    aggs: { ...facets, [COUNTED]: { filter: { match_all: {} } } },
    post: { post_filter: { bool: { filter: [...chosen.values()] } } },
  };
}

interface Worded {
  readonly text: string;
  /** Some of its words will do. */
  readonly partial: boolean;
}

/** The question in each of its wordings; words that are spelt otherwise than they were typed, as typed, too. */
function worded({ q, partial }: Reading, typed: string, { wordings }: Spoken): Worded[] {
  const read = [q, ...wordings(q)].map((text): Worded => ({ text, partial }));
  if (q === typed) return read;
  return [...read, ...[typed, ...wordings(typed)].map((text): Worded => ({ text, partial: false }))];
}

/** Found by any of the wordings, ranked by the best. */
function inWords(all: readonly Worded[], lang: string, options: TextOptions) {
  const queries = all.map(({ text, partial }, nth) => textQuery(text, lang, { ...options, partial, nth }));
  const [only, ...others] = queries;
  return only && others.length === 0 ? only : { dis_max: { queries } };
}

/** What finds the products with all words of a text, as this search would be asked for it. */
function countedBy(text: string, params: SearchProducts, spoken: Spoken): estypes.QueryDslQueryContainer {
  const texts = worded({ q: text, partial: false }, wordsOf(params), spoken);
  const should = texts.map((one) => allWords(one.text, params.lang ?? LANGUAGE_DEFAULT));
  return orPinned({ bool: { should, minimum_should_match: 1 } }, spoken);
}

/** Counts, among what is found, the products with all words of each text: by its place. */
function besideAsked(params: SearchProducts, spoken: Spoken, beside: readonly string[] = []) {
  if (beside.length === 0) return {};
  const filters = beside.map((text) => countedBy(text, params, spoken));
  return { [BESIDE]: { filters: { filters } } };
}

interface Asked {
  readonly reading: Reading;
  readonly spoken: Spoken;
  /** Other ones than always. */
  readonly weights?: TextWeights | undefined;
}

function wordsAsked(params: SearchProducts, { reading, spoken, weights }: Asked) {
  const { lang = LANGUAGE_DEFAULT, explain = false } = params;
  if (reading.q === "") return { must: [], more: { track_scores: spoken.effects.length > 0 } };
  const wordings = worded(reading, wordsOf(params), spoken);
  const found = inWords(wordings, lang, { named: explain, ...(weights && { weights }) });
  const texts = wordings.map(({ text }) => text);
  return {
    must: [orPinned(found, spoken)],
    more: { track_scores: true, highlight: highlightOf(lang, texts) },
  };
}

export interface Moment {
  /** Suspended sellers. */
  readonly hidden?: readonly string[];
  readonly tree?: CategoryTree;
  readonly reading?: Reading;
  /** What holds for all of a section. */
  readonly corner?: readonly estypes.QueryDslQueryContainer[];
  readonly spoken?: Spoken;
  /** Other ones than always. */
  readonly weights?: TextWeights;
  /** Texts of which it is counted how many of what is found hold all words. */
  readonly beside?: readonly string[];
}

/** The request for a page. @throws CURSOR_INVALID */
export function searchRequest(params: SearchProducts, alias: string, moment: Moment = {}): estypes.SearchRequest {
  const { hidden = [], tree = NO_CATEGORIES, reading = readingIn(params), corner = [], spoken = SILENCE } = moment;
  const conditions = offerConditions(params, hidden);
  const { aggs, post } = choiceOf(facetFilters(params, conditions, tree), conditions);
  const { must, more } = wordsAsked(params, { reading, spoken, weights: moment.weights });
  const filter = [...baseFilters(params, { conditions, hidden }), ...corner, ...spoken.filters];
  const should = clausesOf(spoken, params.explain === true);
  return {
    index: alias,
    query: { bool: { must, filter, ...(should.length > 0 && { should }) } },
    ...post,
    // one more than asked tells whether there is a next page
    size: params.limit + 1,
    sort: sortOf(params, conditions),
    track_total_hits: TOTAL_MAX,
    // pages of one search must be scored by the same copy of the shard
    preference: printOf(params),
    // the engine forgets an answer as soon as anything of the index is seen changed, so that it is never an older one
    request_cache: true,
    _source: HIT_FIELDS,
    ...more,
    ...pageOf(params, reading, { ...aggs, ...besideAsked(params, spoken, moment.beside) }),
  };
}
