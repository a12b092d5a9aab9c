/**
 * Answers product.suggest, in one request to the engine: products, brands and imported paths by the beginnings of their
 * words, categories of the tree by their names, which are at hand, and counted; and what others searched for. What is
 * misspelt by a letter or two is taken where nothing begins as it was typed.
 */
import type { estypes } from "@elastic/elasticsearch";
import type { Text } from "../../models/kernel/text";
import type { FacetValue } from "../../models/product/product.search.contract";
import type {
  ProductSuggestions,
  SuggestedCategory,
  SuggestedProduct,
  SuggestProducts,
} from "../../models/product/product.suggest.contract";
import { inLanguage } from "../category/categories.tree.query";
import { asking, partsOfSearches } from "../kernel/client";
import { aliasOf } from "../kernel/indices";
import { waited, type QueryContext } from "../kernel/query";
import { askedIndex, askedRequest, questionsIn } from "./products.asked.query";
import { countedCategories, namedLike, pathsIn, type NamedCategory } from "./products.suggest-category.query";
import { languageOf } from "./products.mapping.projection";
import { PROJECTION } from "./products.engine.query";
import { situationOf, type ProductQueryDeps } from "./products.search.query";
import { begins, nearly } from "./products.typed.query";

const LANGUAGE_DEFAULT = "en";
/** Category paths looked at: with every fitting one come those above and below it. */
const CATEGORIES_MAX = 100;

type Query = estypes.QueryDslQueryContainer;
type Aggregation = estypes.AggregationsAggregationContainer;

const scored = (boost: number, filter: Query): Query => ({ constant_score: { filter, boost } });
const either = (should: Query[]): Query => ({ bool: { should, minimum_should_match: 1 } });

const counted = (filter: Query, field: string, size: number): Aggregation => ({
  filter: { bool: { filter: [filter] } },
  aggs: { values: { terms: { field, size } } },
});

/** From here on a product begins as it was typed, below it nearly does. */
const AS_TYPED = 10;

/** A title in the language asked for goes before one in another, and what begins as typed before what nearly does. */
function titled(q: string, lang: string): Query {
  const language = languageOf(lang);
  const own: Query[] = language === null ? [] : [scored(2, begins(`title.${language}.typed`, q))];
  const typed: Query = { bool: { must: [begins("neutral.title", q)], should: own } };
  return either([
    { bool: { must: [scored(AS_TYPED, begins("neutral.title", q)), typed] } },
    scored(1, nearly("neutral.title", "neutral.title.begun", q)),
  ]);
}

interface Within {
  readonly named: readonly NamedCategory[];
  /** What holds for all of the section, and what rules hide. */
  readonly corner?: readonly Query[];
}

/** Exported for its tests. */
export function suggestRequest(
  { q, lang, channel, limit }: SuggestProducts,
  { named, corner = [] }: Within,
): estypes.SearchRequest {
  const title = titled(q, lang ?? LANGUAGE_DEFAULT);
  const [brand, category] = [begins("brand.text", q), begins("facts.category", q)];
  const nearBrand = nearly("brand.text", "brand.begun", q);
  const placed: Query = { terms: { categoryId: [...new Set(named.flatMap(({ below }) => below))] } };
  const shown: Query[] = [{ term: { status: "published" } }, ...corner];
  if (channel !== undefined) shown.push({ term: { channels: channel } });
  const others = [brand, nearBrand, category, placed].map((query) => scored(0, query));
  return {
    query: { bool: { filter: shown, should: [title, ...others], minimum_should_match: 1 } },
    post_filter: { bool: { filter: [title] } },
    size: limit,
    sort: [{ _score: { order: "desc" } }, { id: { order: "asc" } }],
    track_total_hits: false,
    _source: ["id", "title", "brand", "image"],
    aggs: {
      brands: counted(brand, "brand", limit),
      nearBrands: counted(nearBrand, "brand", limit),
      paths: counted(category, "categories", CATEGORIES_MAX),
      ...countedCategories(named),
    },
  };
}

/** The title in the language asked for, its base (`pt` for `pt-br`), or any. Exported for its tests. */
export const titleIn = (title: Text, lang: string): string => inLanguage(title, lang);

interface Counted {
  readonly values: { readonly buckets: readonly { readonly key: string; readonly doc_count: number }[] };
}

const valuesOf = (found: unknown): FacetValue[] =>
  (found as Counted).values.buckets.map(({ key, doc_count }) => ({ value: key, count: doc_count }));

type Found = Omit<SuggestedProduct, "title"> & { readonly title: Text };

/** Those that begin as typed; where there is none, those that nearly do. */
function productsIn(hits: readonly estypes.SearchHit<Found>[], lang: string): SuggestedProduct[] {
  const typed = hits.filter(({ _score }) => (_score ?? 0) >= AS_TYPED);
  return (typed.length > 0 ? typed : hits).flatMap(({ _source: found }) =>
    found ? [{ id: found.id, title: titleIn(found.title, lang), brand: found.brand, image: found.image }] : [],
  );
}

const orElse = <T>(first: readonly T[], second: readonly T[]): readonly T[] => (first.length > 0 ? first : second);

/** Those of the tree first, as it is what the mall keeps; most frequent first. */
function categoriesIn(
  aggregations: Readonly<Record<string, unknown>>,
  named: readonly NamedCategory[],
  { q, limit }: SuggestProducts,
): SuggestedCategory[] {
  const ofTree = named.map(({ key, value, path }): SuggestedCategory => {
    return { value, path, count: (aggregations[key] as { doc_count: number }).doc_count };
  });
  const all = [...ofTree, ...pathsIn(valuesOf(aggregations["paths"]), q)].filter(({ count }) => count > 0);
  return all.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)).slice(0, limit);
}

const NOTHING: ProductSuggestions = { queries: [], products: [], brands: [], categories: [], tookMs: 0 };

export async function suggest(
  deps: ProductQueryDeps,
  asked: SuggestProducts,
  context: QueryContext,
): Promise<ProductSuggestions> {
  await waited(deps, context, { projection: PROJECTION, visibility: "search" });
  const q = asked.q.trim();
  if (q === "") return NOTHING;
  const { q: _q, ...where } = asked;
  const { tree, corner, spoken, params: within } = await situationOf(deps, { ...where, sort: "newest" }, { context });
  const params: SuggestProducts = { ...asked, q, ...(within.channel !== undefined && { channel: within.channel }) };
  const lang = params.lang ?? LANGUAGE_DEFAULT;
  const named = namedLike(tree, q, lang);
  const searches = [
    { index: aliasOf(deps.namespace, PROJECTION) },
    suggestRequest(params, { named, corner: [...corner, ...spoken.filters] }),
    { index: askedIndex(deps), ignore_unavailable: true },
    askedRequest(params),
  ];
  const [found, others] = partsOfSearches<Found, { text: string }>(
    await asking("suggest products", () => deps.client.msearch({ searches })),
  );
  const aggregations = (found.aggregations ?? {}) as Readonly<Record<string, unknown>>;
  return {
    queries: questionsIn(others.hits.hits),
    products: productsIn(found.hits.hits, lang),
    brands: orElse(valuesOf(aggregations["brands"]), valuesOf(aggregations["nearBrands"])),
    categories: categoriesIn(aggregations, named, params),
    tookMs: found.took,
  };
}
