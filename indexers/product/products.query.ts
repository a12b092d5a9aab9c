/** Answers product.search and product.get from the `products` index. */
import type { estypes } from "@elastic/elasticsearch";
import { refuseKernel } from "../../models/kernel/refusal";
import type { ProductId } from "../../models/product/product.contract";
import type {
  ProductHit,
  ProductHits,
  ProductSort,
  ProductView,
  SearchProducts,
} from "../../models/product/product.search.contract";
import { asking, soleDocument } from "../kernel/client";
import { fingerprint, readCursor, writeCursor, type SortValue } from "../kernel/cursor";
import { aliasOf } from "../kernel/indices";
import type { Parts } from "../kernel/projection";
import { waited, type QueryContext, type QueryDeps } from "../kernel/query";
import { facetAggregations, readFacets } from "./products.facets.query";
import { baseFilters, facetFilters } from "./products.filters.query";
import type { ProductPart } from "./products.parts.projection";
import { textQuery } from "./products.text.query";

const PROJECTION = "products";
const TOTAL_MAX = 10_000;
const LANGUAGE_DEFAULT = "en";
const HIT_FIELDS = ["id", "title", "brand", "categoryPath", "image", "price", "offerCount", "quantity"];

const newest: estypes.SortCombinations = { publishedAt: { order: "desc", missing: "_last" } };

const SORTS: Readonly<Record<ProductSort, estypes.SortCombinations>> = {
  relevance: { _score: { order: "desc" } },
  "price-asc": { "price.amountMinor": { order: "asc", missing: "_last" } },
  "price-desc": { "price.amountMinor": { order: "desc", missing: "_last" } },
  newest,
};

const wordsOf = ({ q = "" }: SearchProducts): string => q.trim();

/** Without words there is no relevance: the newest come first. The id makes the order one. */
function sortOf(params: SearchProducts): estypes.SortCombinations[] {
  const sort = params.sort === "relevance" && wordsOf(params) === "" ? newest : SORTS[params.sort];
  return [sort, { id: { order: "asc" } }];
}

/** The request for a page. Exported for its tests. @throws CURSOR_INVALID */
export function searchRequest(params: SearchProducts, alias: string): estypes.SearchRequest {
  const { cursor, limit, ...question } = params;
  const words = wordsOf(params);
  const chosen = facetFilters(params);
  const text = words === "" ? [] : [textQuery(words, params.lang ?? LANGUAGE_DEFAULT)];
  const print = fingerprint(question);
  return {
    index: alias,
    query: { bool: { must: text, filter: baseFilters(params) } },
    ...(chosen.size > 0 && { post_filter: { bool: { filter: [...chosen.values()] } } }),
    // one more than asked tells whether there is a next page
    size: limit + 1,
    sort: sortOf(params),
    track_scores: words !== "",
    track_total_hits: TOTAL_MAX,
    // pages of one search must be scored by the same copy of the shard
    preference: print,
    _source: HIT_FIELDS,
    ...(cursor === undefined ? { aggs: facetAggregations(chosen) } : { search_after: readCursor(cursor, print, 2) }),
  };
}

type Hit = estypes.SearchHit<Omit<ProductHit, "score">>;

const hitOf = ({ _source, _score }: Hit): ProductHit => ({
  ...(_source as Omit<ProductHit, "score">),
  score: _score ?? null,
});

async function search(deps: QueryDeps, params: SearchProducts, context: QueryContext): Promise<ProductHits> {
  const request = searchRequest(params, aliasOf(deps.namespace, PROJECTION));
  await waited(deps, context, { projection: PROJECTION, visibility: "search" });
  const found = await asking("search products", () => deps.client.search<Omit<ProductHit, "score">>(request));
  const page = found.hits.hits.slice(0, params.limit);
  const last = page.at(-1)?.sort as SortValue[] | undefined;
  const more = found.hits.hits.length > params.limit && last !== undefined;
  const total = found.hits.total as estypes.SearchTotalHits;
  return {
    total: total.value,
    totalRelation: total.relation === "eq" ? "exact" : "at-least",
    items: page.map(hitOf),
    facets: found.aggregations ? readFacets(found.aggregations) : {},
    cursor: more ? writeCursor(request.preference as string, last) : null,
    tookMs: found.took,
  };
}

interface Stored extends Pick<ProductView, "id" | "price" | "offers" | "offerCount" | "quantity"> {
  readonly sources: Parts;
}

/** What a product may leave unsaid. */
const EMPTY = {
  description: {},
  brand: null,
  categoryPath: [],
  attributes: {},
  options: [],
  variants: [],
  media: [],
} as const;

type Content = Pick<ProductView, Exclude<keyof typeof EMPTY, "brand">> & { readonly brand: string | null };

const contentOf = (part: ProductPart): Partial<Content> =>
  Object.fromEntries(Object.entries(part).filter(([field]) => field in EMPTY));

function viewOf({ sources, id, price, offers, offerCount, quantity }: Stored): ProductView | null {
  const own = sources[`product/${id}`];
  const part = own?.part as ProductPart | null | undefined;
  if (!own || !part) return null;
  const { status, title, channels, sellerId = null } = part;
  const said = { ...structuredClone(EMPTY), ...contentOf(part) } as Content;
  return {
    ...{ id, version: own.version, status, title, ...said, channels: [...channels], sellerId },
    ...{ price, offers, offerCount, quantity },
  };
}

/** Those who write products see drafts and withdrawn ones, too. */
const seesAll = ({ meta }: QueryContext): boolean =>
  (meta.principal?.permissions ?? []).some((permission) => permission === "*" || permission === "product.write");

async function get(deps: QueryDeps, { id }: ProductId, context: QueryContext): Promise<ProductView> {
  await waited(deps, context, { projection: PROJECTION, visibility: "get" });
  const _source_includes = ["id", "price", "offers", "offerCount", "quantity", `sources.product/${id}`];
  const { docs } = await asking("read products", () =>
    deps.client.mget<Stored>({ index: aliasOf(deps.namespace, PROJECTION), ids: [id], _source_includes }),
  );
  const stored = soleDocument(docs);
  const view = stored ? viewOf(stored) : null;
  if (view && (view.status === "published" || seesAll(context))) return view;
  return refuseKernel("NOT_FOUND", "There is no such product.", { id });
}

export const productQueries = (deps: QueryDeps) => ({
  "product.search": (params: SearchProducts, context: QueryContext) => search(deps, params, context),
  "product.get": (params: ProductId, context: QueryContext) => get(deps, params, context),
});
