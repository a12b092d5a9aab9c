/**
 * Answers product.search: what holds at the moment of the question is read once, from memory mostly, so that what is
 * found, how it is ranked and what is shown of it are of one moment; then the engine is asked.
 */
import type { estypes } from "@elastic/elasticsearch";
import type { BuyBoxWeights } from "../../models/buybox/buybox.contract";
import type { ProductHit, ProductHits, SearchProducts } from "../../models/product/product.search.contract";
import type { ShownSection } from "../../models/section/section.contract";
import { NO_TASTE } from "../../models/visitor/visitor.taste.contract";
import { NO_BUY_BOXES, type BuyBoxes } from "../buybox/buyboxes.query";
import type { Categories } from "../category/categories.query";
import { NO_CATEGORIES } from "../category/categories.tree.query";
import type { FindCollection } from "../collection/collections.query";
import { writeCursor, type SortValue } from "../kernel/cursor";
import { waited, type QueryContext, type QueryDeps } from "../kernel/query";
import type { Shared } from "../kernel/shared-answers";
import {
  NO_MERCHANDISING,
  type Merchandising,
  type Place,
  type Tried,
} from "../merchandising/merchandising.book.query";
import { NO_SECTIONS, type Sections } from "../section/sections.query";
import { NO_SELLERS, type SellerDirectory, type Sellers } from "../seller/sellers.directory.query";
import { rolledUp } from "./products.category.query";
import type { Clicks } from "./products.clicks.query";
import type { Now } from "./products.collection.query";
import { readFacets, type Facets } from "./products.counts.query";
import {
  asker,
  counter,
  PROJECTION,
  type Answer,
  type Response,
  type SearchContext,
  type Terms,
} from "./products.engine.query";
import { hitOf, type Found } from "./products.hit.query";
import { NO_MEMORY, type Memory } from "./products.memory.query";
import { spokenOn, told } from "./products.merchandising.query";
import { fitting } from "./products.offers.query";
import { rankedOf } from "./products.ranked.query";
import { relaxing, type Taken } from "./products.relaxing.query";
import { cursorValues, printOf, readingIn, type Reading } from "./products.request.query";
import { inChannelOf, inSection } from "./products.section.query";
import { LANGUAGE_DEFAULT, wordsOf } from "./products.text.query";

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

export interface ProductQueryDeps extends QueryDeps, Shop {
  /** How questions that found little were read. */
  readonly memory: Memory;
  /** What was chosen for the same words. */
  readonly clicks: Clicks;
  /** What was found for others who asked the same. */
  readonly shared: Shared;
}

/** For a preview: a rule taken as on, or left out, and the moment whose rules hold. */
export interface Trial {
  readonly tried?: Tried;
  readonly at?: string;
}

export interface Situation extends Terms {
  readonly sellers: SellerDirectory;
  /** By which offers are proposed in the channel of the question. */
  readonly boxWeights: BuyBoxWeights;
  /** The slug of the section: of one that there is not, what was asked for. */
  readonly section: string | undefined;
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
  const { weights: boxWeights } = buyBoxes(params.channel);
  return { ...now, sellers, corner, spoken, boxWeights, params, section: section?.slug ?? asked.section };
}

interface Asking {
  readonly context: SearchContext;
  readonly memory: Memory;
}

/** The first page may be relaxed; those after it are read as it was. */
async function answered(deps: ProductQueryDeps, situation: Situation, { context, memory }: Asking) {
  const ask = await asker(deps, situation, context);
  const { params } = situation;
  if (params.cursor === undefined) return relaxing(params, { ask, count: counter(deps), memory });
  const reading = readingIn(params);
  const taken: Taken<Answer> = { answer: await ask(reading), reading, relaxed: null, didYouMean: null };
  return taken;
}

function cursorAfter(response: Response, params: SearchProducts, reading: Reading): string | null {
  const last = response.hits.hits[params.limit - 1]?.sort as SortValue[] | undefined;
  if (response.hits.hits.length <= params.limit || last === undefined) return null;
  return writeCursor(printOf(params), cursorValues(last, reading, wordsOf(params)));
}

function facetsIn(found: unknown, { sellers, tree, params }: Situation): Facets {
  const { lang = LANGUAGE_DEFAULT, priceMin, priceMax } = params;
  return readFacets(found, {
    ...{ nameOf: (id) => sellers.name(id), isFacet: tree.isFacet, unitOf: tree.unitOf, priceMin, priceMax },
    rolled: (leaves) => rolledUp(leaves, tree, lang),
  });
}

const placeOf = ({ params: { channel }, section }: Situation): Pick<SearchProducts, "channel" | "section"> => ({
  ...(channel !== undefined && { channel }),
  ...(section !== undefined && { section }),
});

interface Page {
  readonly params: SearchProducts;
  readonly items: readonly ProductHit[];
  readonly found: readonly estypes.SearchHit<Found>[];
}

/** Only where somebody listens, and where it was ranked. */
function tellRanked({ params, items, found }: Page, { ranked, taste = NO_TASTE }: SearchContext): void {
  if (!ranked || params.sort !== "relevance") return;
  ranked(items.flatMap((item, at) => rankedOf({ hit: found[at], item }, at, taste)));
}

export async function search(
  deps: ProductQueryDeps,
  asked: SearchProducts,
  { context, trial }: { readonly context: SearchContext; readonly trial?: Trial },
): Promise<ProductHits> {
  await waited(deps, context, { projection: PROJECTION, visibility: "search" });
  const situation = await situationOf(deps, asked, { context, ...(trial && { trial }) });
  const { params, spoken } = situation;
  context.placed?.(placeOf(situation));
  const { answer, reading, relaxed, didYouMean } = await answered(deps, situation, {
    context,
    memory: trial ? NO_MEMORY : deps.memory,
  });
  const { hits, aggregations, took } = answer.response;
  const shown = { ...situation, reading, taste: context.taste, fits: fitting(params, situation.hidden) };
  const total = hits.total as estypes.SearchTotalHits;
  const items = hits.hits.slice(0, params.limit).map((hit) => hitOf(hit, params, shown));
  tellRanked({ params, items, found: hits.hits }, context);
  return {
    total: total.value,
    totalRelation: total.relation === "eq" ? "exact" : "at-least",
    items,
    facets: aggregations ? facetsIn(aggregations, situation) : {},
    didYouMean,
    ...told(spoken, params.explain),
    relaxed,
    cursor: cursorAfter(answer.response, params, reading),
    tookMs: took,
  };
}
