/** Answers product.search and product.get from the `products` index. */
import type { estypes } from "@elastic/elasticsearch";
import { refuseKernel } from "../../models/kernel/refusal";
import type { ProductId } from "../../models/product/product.contract";
import type { ProductHits, ProductView, SearchProducts } from "../../models/product/product.search.contract";
import type { SuggestProducts } from "../../models/product/product.suggest.contract";
import type { AskTraits } from "../../models/product/product.traits.contract";
import type { Taste } from "../../models/visitor/visitor.taste.contract";
import type { Categories } from "../category/categories.query";
import { NO_CATEGORIES, type CategoryTree } from "../category/categories.tree.query";
import type { FindCollection } from "../collection/collections.query";
import { asking, soleDocument } from "../kernel/client";
import { writeCursor, type SortValue } from "../kernel/cursor";
import { aliasOf } from "../kernel/indices";
import { waited, type QueryContext, type QueryDeps } from "../kernel/query";
import { NO_SELLERS, type Sellers } from "../seller/sellers.directory.query";
import { pathIn, rolledUp } from "./products.category.query";
import { inCollection, type Now } from "./products.collection.query";
import { readFacets, type Rolled } from "./products.facets.query";
import { hitOf, type Found } from "./products.hit.query";
import { askedQueries } from "./products.asked.query";
import { personally } from "./products.personal.query";
import { relaxing, type Answered, type Taken } from "./products.relaxing.query";
import { COUNTED, cursorValues, printOf, readingIn, searchRequest, type Reading } from "./products.request.query";
import { suggest } from "./products.suggest.query";
import { LANGUAGE_DEFAULT, wordsOf } from "./products.text.query";
import { traits } from "./products.traits.query";
import { viewOf, type StoredProduct } from "./products.view.query";

const PROJECTION = "products";

interface ProductQueryDeps extends QueryDeps {
  readonly sellers: Sellers;
  readonly categories: Categories;
  readonly findCollection: FindCollection;
}

/** With what whoever asks seems to like; left out for somebody of whom nothing is known. */
export interface SearchContext extends QueryContext {
  readonly taste?: Taste | undefined;
}

type Response = estypes.SearchResponse<Found>;

interface Answer extends Answered {
  readonly response: Response;
}

function answerOf(response: Response): Answer {
  const { value } = response.hits.total as estypes.SearchTotalHits;
  const counted = response.aggregations?.[COUNTED] as { doc_count: number } | undefined;
  return { response, count: counted?.doc_count ?? value, suggest: response.suggest };
}

/** Asks the engine, within the collection that is asked for. */
async function asker(deps: ProductQueryDeps, params: SearchProducts, context: SearchContext, now: Now) {
  const alias = aliasOf(deps.namespace, PROJECTION);
  const { collection } = params;
  const within = collection === undefined ? null : await deps.findCollection(collection, context);
  const querystring = params.explain ? { include_named_queries_score: true } : {};
  return async (reading: Reading): Promise<Answer> => {
    const plain = searchRequest(params, alias, { ...now, reading });
    const whole = personally(plain, context.taste, { params, reading });
    const request = collection === undefined ? whole : inCollection(whole, params, within, now);
    return answerOf(await asking("search products", () => deps.client.search<Found>(request, { querystring })));
  };
}

/** How many products hold all words of each text. */
const counter =
  ({ client, namespace }: QueryDeps) =>
  async (texts: readonly string[]): Promise<number[]> => {
    const filters = texts.map((text): estypes.QueryDslQueryContainer => ({
      match: { words: { query: text, operator: "and" } },
    }));
    const request = { index: aliasOf(namespace, PROJECTION), size: 0, aggs: { texts: { filters: { filters } } } };
    const { aggregations } = await asking("count words", () => client.search(request));
    const { buckets } = aggregations?.["texts"] as { buckets: readonly { doc_count: number }[] };
    return buckets.map(({ doc_count }) => doc_count);
  };

/** The first page may be relaxed; those after it are read as it was. */
async function answered(deps: ProductQueryDeps, params: SearchProducts, context: SearchContext, now: Now) {
  const ask = await asker(deps, params, context, now);
  if (params.cursor === undefined) return relaxing(params, { ask, count: counter(deps) });
  const reading = readingIn(params);
  const taken: Taken<Answer> = { answer: await ask(reading), reading, relaxed: null, didYouMean: null };
  return taken;
}

function cursorAfter(response: Response, params: SearchProducts, reading: Reading): string | null {
  const last = response.hits.hits[params.limit - 1]?.sort as SortValue[] | undefined;
  if (response.hits.hits.length <= params.limit || last === undefined) return null;
  return writeCursor(printOf(params), cursorValues(last, reading, wordsOf(params)));
}

async function search(deps: ProductQueryDeps, params: SearchProducts, context: SearchContext): Promise<ProductHits> {
  await waited(deps, context, { projection: PROJECTION, visibility: "search" });
  // read once, so that what is found and what is shown of it are of one moment
  const sellers = await deps.sellers(context);
  const tree = await deps.categories(context);
  const now: Now = { hidden: sellers.hidden(), tree };
  const { answer, reading, relaxed, didYouMean } = await answered(deps, params, context, now);
  const { hits, aggregations, took } = answer.response;
  const rolled: Rolled = (leaves) => rolledUp(leaves, tree, params.lang ?? LANGUAGE_DEFAULT);
  const total = hits.total as estypes.SearchTotalHits;
  return {
    total: total.value,
    totalRelation: total.relation === "eq" ? "exact" : "at-least",
    items: hits.hits.slice(0, params.limit).map((hit) => hitOf(hit, params, { ...now, reading, taste: context.taste })),
    facets: aggregations ? readFacets(aggregations, (id) => sellers.name(id), rolled, tree.isFacet) : {},
    didYouMean,
    relaxed,
    cursor: cursorAfter(answer.response, params, reading),
    tookMs: took,
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
    ...askedQueries(given),
    "product.search": (params: SearchProducts, context: SearchContext) => search(deps, params, context),
    "product.traits": (params: AskTraits) => traits(given, params),
    "product.suggest": (params: SuggestProducts, context: QueryContext) => suggest(deps, params, context),
    "product.get": (params: ProductId, context: QueryContext) => get(deps, params, context),
  };
};
