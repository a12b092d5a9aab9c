/** Answers product.search and product.get from the `products` index. */
import type { estypes } from "@elastic/elasticsearch";
import { refuseKernel } from "../../models/kernel/refusal";
import type { ProductId } from "../../models/product/product.contract";
import type {
  ProductHit,
  ProductHits,
  ProductView,
  SearchProducts,
} from "../../models/product/product.search.contract";
import type { SuggestProducts } from "../../models/product/product.suggest.contract";
import { asking, soleDocument } from "../kernel/client";
import { fingerprint, readCursor, writeCursor, type SortValue } from "../kernel/cursor";
import { aliasOf } from "../kernel/indices";
import { waited, type QueryContext, type QueryDeps } from "../kernel/query";
import { NO_SELLERS, type Sellers } from "../seller/sellers.directory.query";
import type { Categories } from "../category/categories.query";
import { NO_CATEGORIES, type CategoryTree } from "../category/categories.tree.query";
import type { FindCollection } from "../collection/collections.query";
import { pathIn, rolledUp } from "./products.category.query";
import { inCollection, type Now } from "./products.collection.query";
import { facetAggregations, readFacets, type Rolled } from "./products.facets.query";
import { baseFilters, facetFilters } from "./products.filters.query";
import { highlightOf, readHighlights } from "./products.highlight.query";
import { byPrice, fitting, offerConditions, type OfferConditions } from "./products.offers.query";
import type { ShelfOffer } from "./products.parts.projection";
import { suggest } from "./products.suggest.query";
import { LANGUAGE_DEFAULT, textQuery, wordsOf } from "./products.text.query";
import { told, viewOf, type StoredProduct } from "./products.view.query";

const PROJECTION = "products";
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

/** The request for a page. `hidden` are the suspended sellers. Exported for its tests. @throws CURSOR_INVALID */
export function searchRequest(
  params: SearchProducts,
  alias: string,
  hidden: readonly string[] = [],
  tree: CategoryTree = NO_CATEGORIES,
): estypes.SearchRequest {
  const { cursor, limit, ...question } = params;
  const words = wordsOf(params);
  const lang = params.lang ?? LANGUAGE_DEFAULT;
  const conditions = offerConditions(params, hidden);
  const chosen = facetFilters(params, conditions, tree);
  const print = fingerprint(question);
  return {
    index: alias,
    query: {
      bool: {
        must: words === "" ? [] : [textQuery(words, lang)],
        filter: baseFilters(params, { conditions, hidden }),
      },
    },
    ...(chosen.size > 0 && { post_filter: { bool: { filter: [...chosen.values()] } } }),
    // one more than asked tells whether there is a next page
    size: limit + 1,
    sort: sortOf(params, conditions),
    track_scores: words !== "",
    track_total_hits: TOTAL_MAX,
    // pages of one search must be scored by the same copy of the shard
    preference: print,
    _source: HIT_FIELDS,
    ...(words !== "" && { highlight: highlightOf(lang) }),
    ...(cursor === undefined
      ? { aggs: facetAggregations(chosen, conditions) }
      : { search_after: readCursor(cursor, print, 2) }),
  };
}

interface Found extends Pick<ProductHit, "id" | "title" | "brand" | "categoryPath" | "image"> {
  readonly categoryId?: string | null;
  readonly offers?: readonly Omit<ShelfOffer, "prices">[];
}

function hitOf(hit: estypes.SearchHit<Found>, params: SearchProducts, { hidden, tree }: Now): ProductHit {
  const { offers = [], categoryId = null, ...product } = hit._source as Found;
  const { categoryPath } = product;
  return {
    ...product,
    categoryPath: pathIn(tree, { categoryId, categoryPath }, params.lang ?? LANGUAGE_DEFAULT),
    ...told(offers.filter(fitting(params, hidden))),
    highlights: readHighlights(hit.highlight, params.lang ?? LANGUAGE_DEFAULT),
    // where the order was made by hand, the score is a place in it
    score: wordsOf(params) === "" ? null : (hit._score ?? null),
  };
}

interface ProductQueryDeps extends QueryDeps {
  readonly sellers: Sellers;
  readonly categories: Categories;
  readonly findCollection: FindCollection;
}

async function search(deps: ProductQueryDeps, params: SearchProducts, context: QueryContext): Promise<ProductHits> {
  await waited(deps, context, { projection: PROJECTION, visibility: "search" });
  // read once, so that what is found and what is shown of it are of one moment
  const sellers = await deps.sellers(context);
  const hidden = sellers.hidden();
  const tree = await deps.categories(context);
  const rolled: Rolled = (leaves) => rolledUp(leaves, tree, params.lang ?? LANGUAGE_DEFAULT);
  const alias = aliasOf(deps.namespace, PROJECTION);
  const whole = searchRequest(params, alias, hidden, tree);
  const { collection } = params;
  const request =
    collection === undefined
      ? whole
      : inCollection(whole, params, await deps.findCollection(collection, context), { hidden, tree });
  const found = await asking("search products", () => deps.client.search<Found>(request));
  const page = found.hits.hits.slice(0, params.limit);
  const last = page.at(-1)?.sort as SortValue[] | undefined;
  const more = found.hits.hits.length > params.limit && last !== undefined;
  const total = found.hits.total as estypes.SearchTotalHits;
  return {
    total: total.value,
    totalRelation: total.relation === "eq" ? "exact" : "at-least",
    items: page.map((hit) => hitOf(hit, params, { hidden, tree })),
    facets: found.aggregations ? readFacets(found.aggregations, (id) => sellers.name(id), rolled) : {},
    cursor: more ? writeCursor(request.preference as string, last) : null,
    tookMs: found.took,
  };
}

/** Those who write products see drafts and withdrawn ones, too. */
const seesAll = ({ meta }: QueryContext): boolean =>
  (meta.principal?.permissions ?? []).some((permission) => permission === "*" || permission === "product.write");

/** A product of the tree is shown with the path that its category has now. */
const placed = (view: ProductView | null, tree: CategoryTree): ProductView | null =>
  view && { ...view, categoryPath: pathIn(tree, view, LANGUAGE_DEFAULT) };

async function get(deps: ProductQueryDeps, { id }: ProductId, context: QueryContext): Promise<ProductView> {
  await waited(deps, context, { projection: PROJECTION, visibility: "get" });
  const sellers = await deps.sellers(context);
  const _source_includes = ["id", "offers", `sources.product/${id}`];
  const { docs } = await asking("read products", () =>
    deps.client.mget<StoredProduct>({ index: aliasOf(deps.namespace, PROJECTION), ids: [id], _source_includes }),
  );
  const stored = soleDocument(docs);
  const view = stored
    ? placed(viewOf(stored, sellers, new Date().toISOString()), await deps.categories(context))
    : null;
  if (view && (view.status === "published" || seesAll(context))) return view;
  return refuseKernel("NOT_FOUND", "There is no such product.", { id });
}

export const productQueries = (
  given: QueryDeps,
  sellers: Sellers = () => Promise.resolve(NO_SELLERS),
  categories: Categories = () => Promise.resolve(NO_CATEGORIES),
  findCollection: FindCollection = () => Promise.resolve(null),
) => {
  const deps = { ...given, sellers, categories, findCollection };
  return {
    "product.search": (params: SearchProducts, context: QueryContext) => search(deps, params, context),
    "product.suggest": (params: SuggestProducts, context: QueryContext) => suggest(deps, params, context),
    "product.get": (params: ProductId, context: QueryContext) => get(deps, params, context),
  };
};
