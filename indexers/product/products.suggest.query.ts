/** Answers product.suggest: one request; beginnings of words are looked up as terms of their own (index_prefixes). */
import type { estypes } from "@elastic/elasticsearch";
import type { Text } from "../../models/kernel/text";
import type { FacetValue } from "../../models/product/product.search.contract";
import type { ProductSuggestions, SuggestProducts } from "../../models/product/product.suggest.contract";
import { asking } from "../kernel/client";
import { aliasOf } from "../kernel/indices";
import { waited, type QueryContext, type QueryDeps } from "../kernel/query";
import { languageOf } from "./products.mapping.projection";

const PROJECTION = "products";
const LANGUAGE_DEFAULT = "en";
/** Category paths looked at: with every fitting one come those above and below it. */
const CATEGORIES_MAX = 100;

type Query = estypes.QueryDslQueryContainer;
type Aggregation = estypes.AggregationsAggregationContainer;

const begins = (field: string, q: string): Query => ({ match_bool_prefix: { [field]: { query: q, operator: "and" } } });

const counted = (filter: Query, field: string, size: number): Aggregation => ({
  filter: { bool: { filter: [filter] } },
  aggs: { values: { terms: { field, size } } },
});

/** A title in the language asked for goes before one in another. */
function titled(q: string, lang: string): Query {
  const language = languageOf(lang);
  const own: Query[] =
    language === null ? [] : [{ constant_score: { filter: begins(`title.${language}.typed`, q), boost: 2 } }];
  return { bool: { should: [...own, begins("neutral.title", q)], minimum_should_match: 1 } };
}

/** Exported for its tests. */
export function suggestRequest({ q, lang, channel, limit }: SuggestProducts, alias: string): estypes.SearchRequest {
  const title = titled(q, lang ?? LANGUAGE_DEFAULT);
  const [brand, category] = [begins("brand.text", q), begins("facts.category", q)];
  const shown: Query[] = [{ term: { status: "published" } }];
  if (channel !== undefined) shown.push({ term: { channels: channel } });
  return {
    index: alias,
    query: { bool: { filter: shown, should: [title, brand, category], minimum_should_match: 1 } },
    post_filter: { bool: { filter: [title] } },
    size: limit,
    sort: [{ _score: { order: "desc" } }, { id: { order: "asc" } }],
    track_total_hits: false,
    _source: ["id", "title"],
    aggs: {
      brands: counted(brand, "brand", limit),
      categories: counted(category, "categories", CATEGORIES_MAX),
    },
  };
}

const folded = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const wordsOf = (text: string): string[] => folded(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/** Of a path the last name must have a word that begins with each of the words typed. Exported for its tests. */
export function fitsCategory(path: string, q: string): boolean {
  const words = wordsOf(path.slice(path.lastIndexOf("/") + 1));
  return wordsOf(q).every((typed) => words.some((word) => word.startsWith(typed)));
}

/** The title in the language asked for, its base (`pt` for `pt-br`), or any. Exported for its tests. */
export const titleIn = (title: Text, lang: string): string =>
  title[lang] ?? title[lang.split("-")[0] ?? ""] ?? title[LANGUAGE_DEFAULT] ?? Object.values(title)[0] ?? "";

interface Counted {
  readonly values: { readonly buckets: readonly { readonly key: string; readonly doc_count: number }[] };
}

const valuesOf = (found: unknown): FacetValue[] =>
  (found as Counted).values.buckets.map(({ key, doc_count }) => ({ value: key, count: doc_count }));

export async function suggest(
  deps: QueryDeps,
  params: SuggestProducts,
  context: QueryContext,
): Promise<ProductSuggestions> {
  await waited(deps, context, { projection: PROJECTION, visibility: "search" });
  const q = params.q.trim();
  if (q === "") return { products: [], brands: [], categories: [], tookMs: 0 };
  const request = suggestRequest({ ...params, q }, aliasOf(deps.namespace, PROJECTION));
  type Found = { readonly id: string; readonly title: Text };
  const { hits, aggregations, took } = await asking("suggest products", () => deps.client.search<Found>(request));
  const products = hits.hits.flatMap(({ _source: found }) =>
    found ? [{ id: found.id, title: titleIn(found.title, params.lang ?? LANGUAGE_DEFAULT) }] : [],
  );
  const categories = valuesOf(aggregations?.["categories"]).filter(({ value }) => fitsCategory(value, q));
  return {
    products,
    brands: valuesOf(aggregations?.["brands"]),
    categories: categories.slice(0, params.limit),
    tookMs: took,
  };
}
