/**
 * Answers product.search: what holds at the moment of the question is read once, from memory mostly, so that what is
 * found, how it is ranked and what is shown of it are of one moment; then the engine is asked.
 */
import type { estypes } from "@elastic/elasticsearch";
import type { ProductHits, SearchProducts } from "../../models/product/product.search.contract";
import type { ShownSection } from "../../models/section/section.contract";
import type { BuyBoxWeights } from "../../models/buybox/buybox.contract";
import type { RankingSettings } from "../../models/experiment/experiment.content.contract";
import { NO_TASTE, type Taste } from "../../models/visitor/visitor.taste.contract";
import { NO_BUY_BOXES, type BuyBoxes } from "../buybox/buyboxes.query";
import type { Categories } from "../category/categories.query";
import { NO_CATEGORIES } from "../category/categories.tree.query";
import type { FindCollection } from "../collection/collections.query";
import { asking } from "../kernel/client";
import { writeCursor, type SortValue } from "../kernel/cursor";
import { aliasOf } from "../kernel/indices";
import { waited, type QueryContext, type QueryDeps } from "../kernel/query";
import {
  NO_MERCHANDISING,
  type Merchandising,
  type Place,
  type Tried,
} from "../merchandising/merchandising.book.query";
import { NO_SECTIONS, type Sections } from "../section/sections.query";
import { NO_SELLERS, type SellerDirectory, type Sellers } from "../seller/sellers.directory.query";
import { rolledUp } from "./products.category.query";
import { inCollection, type Now } from "./products.collection.query";
import { readFacets, type Rolled } from "./products.facets.query";
import { hitOf, type Found } from "./products.hit.query";
import { spokenOn, told, type Spoken } from "./products.merchandising.query";
import { personally } from "./products.personal.query";
import { rankedOf, type OnRanked } from "./products.ranked.query";
import { relaxing, type Answered, type Taken } from "./products.relaxing.query";
import { COUNTED, cursorValues, printOf, readingIn, searchRequest, type Reading } from "./products.request.query";
import { inChannelOf, inSection } from "./products.section.query";
import { LANGUAGE_DEFAULT, wordsOf } from "./products.text.query";
import { weighed } from "./products.weights.query";

export const PROJECTION = "products";

/** What the mall keeps beside its products; whatever is left out is empty. */
export interface Shop {
  readonly sellers: Sellers;
  readonly categories: Categories;
  readonly findCollection: FindCollection;
  readonly sections: Sections;
  readonly merchandising: Merchandising;
  readonly buyBoxes: BuyBoxes;
}

export const EMPTY_SHOP: Shop = {
  sellers: () => Promise.resolve(NO_SELLERS),
  categories: () => Promise.resolve(NO_CATEGORIES),
  findCollection: () => Promise.resolve(null),
  sections: () => Promise.resolve(NO_SECTIONS),
  merchandising: () => Promise.resolve(NO_MERCHANDISING),
  buyBoxes: () => Promise.resolve(NO_BUY_BOXES),
};

export type ProductQueryDeps = QueryDeps & Shop;

/** With what whoever asks seems to like; left out for somebody of whom nothing is known. */
export interface SearchContext extends QueryContext {
  readonly taste?: Taste | undefined;
  readonly ranked?: OnRanked;
  /** As an arm of an experiment ranks. */
  readonly ranking?: RankingSettings | undefined;
}

type Response = estypes.SearchResponse<Found>;

interface Answer extends Answered {
  readonly response: Response;
}

/** For a preview: a rule taken as on, or left out, and the moment whose rules hold. */
export interface Trial {
  readonly tried?: Tried;
  readonly at?: string;
}

interface Situation extends Now {
  readonly sellers: SellerDirectory;
  readonly corner: readonly estypes.QueryDslQueryContainer[];
  readonly spoken: Spoken;
  readonly boxWeights: BuyBoxWeights;
  readonly params: SearchProducts;
}

const namesOf = (section: ShownSection | undefined): string[] => (section ? [section.id, section.slug] : []);

/** What holds at the moment of the question. The section's channel is the search's, where that names none. */
export async function situationOf(
  deps: ProductQueryDeps,
  asked: SearchProducts,
  { context, trial = {} }: { readonly context: QueryContext; readonly trial?: Trial },
): Promise<Situation> {
  const [sellers, tree, book, sections, buyBoxes] = await Promise.all([
    deps.sellers(context),
    deps.categories(context),
    deps.merchandising(context),
    deps.sections(context),
    deps.buyBoxes(context),
  ]);
  const section = asked.section === undefined ? undefined : sections.find(asked.section);
  const params = inChannelOf(asked, section);
  const now: Now = { hidden: sellers.hidden(), tree };
  const corner = asked.section === undefined ? [] : await inSection(section, now, { ...deps, context });
  const place: Place = {
    channel: params.channel,
    section: namesOf(section),
    at: trial.at ?? new Date().toISOString(),
  };
  const spoken = spokenOn(params, { book, ...now, place, tried: trial.tried });
  return { ...now, sellers, corner, spoken, boxWeights: buyBoxes(params.channel).weights, params };
}

function answerOf(response: Response): Answer {
  const { value } = response.hits.total as estypes.SearchTotalHits;
  const counted = response.aggregations?.[COUNTED] as { doc_count: number } | undefined;
  return { response, count: counted?.doc_count ?? value, suggest: response.suggest };
}

/** Asks the engine, within the collection that is asked for. */
async function asker(deps: ProductQueryDeps, { params, ...now }: Situation, context: SearchContext) {
  const alias = aliasOf(deps.namespace, PROJECTION);
  const { collection } = params;
  const within = collection === undefined ? null : await deps.findCollection(collection, context);
  const options = {
    querystring: params.explain ? { include_named_queries_score: true } : {},
    // nobody listens for the client's spans
    openTelemetry: { enabled: false },
  };
  return async (reading: Reading): Promise<Answer> => {
    const plain = searchRequest(params, alias, { ...now, reading, ...weighed(context.ranking) });
    const whole = personally(plain, context.taste, { params, reading });
    const request = collection === undefined ? whole : inCollection(whole, params, within, now);
    return answerOf(await asking("search products", () => deps.client.search<Found>(request, options)));
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
async function answered(deps: ProductQueryDeps, situation: Situation, context: SearchContext) {
  const ask = await asker(deps, situation, context);
  const { params } = situation;
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

export async function search(
  deps: ProductQueryDeps,
  asked: SearchProducts,
  { context, trial }: { readonly context: SearchContext; readonly trial?: Trial },
): Promise<ProductHits> {
  await waited(deps, context, { projection: PROJECTION, visibility: "search" });
  const situation = await situationOf(deps, asked, { context, ...(trial && { trial }) });
  const { params, sellers, tree, spoken } = situation;
  const { answer, reading, relaxed, didYouMean } = await answered(deps, situation, context);
  const { hits, aggregations, took } = answer.response;
  const shown = { ...situation, reading, taste: context.taste };
  const rolled: Rolled = (leaves) => rolledUp(leaves, tree, params.lang ?? LANGUAGE_DEFAULT);
  const total = hits.total as estypes.SearchTotalHits;
  const items = hits.hits.slice(0, params.limit).map((hit) => hitOf(hit, params, shown));
  if (params.sort === "relevance") {
    const ranked = items.flatMap((item, at) => rankedOf({ hit: hits.hits[at], item }, at, context.taste ?? NO_TASTE));
    context.ranked?.(ranked);
  }
  return {
    total: total.value,
    totalRelation: total.relation === "eq" ? "exact" : "at-least",
    items,
    facets: aggregations ? readFacets(aggregations, (id) => sellers.name(id), rolled, tree.isFacet) : {},
    didYouMean,
    ...told(spoken, params.explain),
    relaxed,
    cursor: cursorAfter(answer.response, params, reading),
    tookMs: took,
  };
}
