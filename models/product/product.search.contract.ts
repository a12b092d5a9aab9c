/** The shopper's search: what may be asked of products, and what comes back. */
import Joi from "../kernel/schema";
import { PUBLIC, type ActionContract } from "../kernel/contract";
import { currencySchema, type Money } from "../kernel/money";
import { idSchema, languageSchema, plainText, type Text } from "../kernel/text";
import type { Attributes, Media, Option, Variant } from "./product.contract";
import type { BuyBox, OfferSummary } from "./product.offers.contract";
import type { Marked, ProductRating, Relaxed, ScorePart } from "./product.found.contract";
import { rangesSchema } from "./product.range.contract";
import { hitsSchema } from "./product.result.contract";

export * from "./product.found.contract";

export const PRODUCT_SORTS = ["relevance", "price-asc", "price-desc", "newest", "rating"] as const;
export type ProductSort = (typeof PRODUCT_SORTS)[number];

export interface SearchProducts {
  readonly q?: string;
  readonly lang?: string;
  /** Id of a channel; without it, products of every channel. */
  readonly channel?: string;
  /** Any of these brands. */
  readonly brand?: string[];
  /** Any of these categories, each with everything below it: `Computers/Notebooks`, or a slug of the tree. */
  readonly category?: string[];
  /** Of a published collection, by its slug or id: those in it, in its order where nothing else sorts them. */
  readonly collection?: string;
  /** An open section, by its slug or id: what is in it, in its channel, ranked by its rules. */
  readonly section?: string;
  /** `colour:black`: of one name any of the values will do, and every name given must hold. */
  readonly attribute?: string[];
  /** `display_diagonal:13..15`: from 13 and less than 15, either left out for none; of one name any of them will do. */
  readonly range?: string[];
  /** Any of these sellers' ids. What is asked of offers must hold for one and the same offer. */
  readonly seller?: string[];
  /** Any of these conditions. */
  readonly condition?: string[];
  /** Offers priced in this currency. */
  readonly currency?: string;
  /**
   * Bounds of an offer's price, both included, in minor units (cents) of whatever currency the offer is priced in: give
   * `currency` as well where the mall has several.
   */
  readonly priceMin?: number;
  readonly priceMax?: number;
  /** True: an offer that fits has units on hand. False: nobody has any. */
  readonly inStock?: boolean;
  /** Stars that its published reviews come to at least; who has none is left out. */
  readonly ratingMin?: number;
  readonly sort: ProductSort;
  readonly limit: number;
  /** From the last answer: the next page. */
  readonly cursor?: string;
  /** Each hit tells what its score is made of. */
  readonly explain?: boolean;
  /** Who searches, as in the header `Stoa-Visitor`; the ranking goes by what they did lately. */
  readonly visitorId?: string;
  /** False: it does not. */
  readonly personal?: boolean;
}

export interface ProductHit {
  readonly id: string;
  readonly title: Text;
  readonly brand: string | null;
  readonly categoryPath: string[];
  /** The first image. */
  readonly image: string | null;
  /** The lowest price of a fitting offer; null when there is none. */
  readonly price: Money | null;
  /** Of the fitting offers, the one that is proposed. */
  readonly buyBox: BuyBox | null;
  /** Offers that fit all that was asked of offers; those of suspended sellers never do. */
  readonly offerCount: number;
  /** Units on hand of these offers. */
  readonly quantity: number;
  readonly rating: ProductRating;
  /** Where the words were found: `title`, `description`. */
  readonly highlights: Readonly<Record<string, readonly Marked[]>>;
  readonly score: number | null;
  /** Words of the question that stand nowhere in it; only a relaxed search finds such products. */
  readonly without: string[];
  /** What the score is the sum of, where that was asked. */
  readonly parts?: ScorePart[];
  /** Of the decision that put it there, where that was explained, or went by who asked. */
  readonly decisionId?: string;
}

export interface FacetValue {
  readonly value: string;
  readonly count: number;
  /** For people: a seller's name, where the value is its id; a category's in the language asked for. */
  readonly label?: string;
  /** Of a category of the tree: the value of the one above it; null at the top. */
  readonly parent?: string | null;
  /** Of a range. Of prices both are in it, as `priceMin` and `priceMax` take them; of other numbers `to` is not. */
  readonly from?: number;
  readonly to?: number;
  /** Of a range of an attribute's numbers: what they are counted in, `cm`. */
  readonly unit?: string;
}

export interface ProductHits {
  /** Of a search for words: what it led to is told with it. */
  readonly queryId?: string;
  readonly total: number;
  /** `at-least` when counting stopped at the cap. */
  readonly totalRelation: "exact" | "at-least";
  readonly items: ProductHit[];
  /** `brand`, `category`, `seller`, `condition`, `price`, and attributes of what was found: many numbers in ranges. */
  readonly facets: Readonly<Record<string, readonly FacetValue[]>>;
  /** Another spelling that finds more, which was not searched for; null when there is none. */
  readonly didYouMean: string | null;
  /** Where merchandisers would lead whoever asks this; what is found is told all the same. */
  readonly redirect: string | null;
  /** Ids of the rules of merchandising that spoke, with `explain`. */
  readonly rules?: string[];
  /** Null for a question that was answered as it was asked. */
  readonly relaxed: Relaxed | null;
  readonly cursor: string | null;
  readonly tookMs: number;
}

export interface ProductView {
  readonly id: string;
  readonly version: number;
  readonly status: string;
  readonly title: Text;
  readonly description: Text;
  readonly brand: string | null;
  /** Its place in the tree of categories; null for a product that has none. */
  readonly categoryId: string | null;
  /** From the top down, in English where the tree has names in several languages. */
  readonly categoryPath: string[];
  readonly attributes: Attributes;
  readonly options: Option[];
  readonly variants: Variant[];
  readonly media: Media[];
  readonly channels: string[];
  /** Whose product it is; null for the mall's own. */
  readonly sellerId: string | null;
  /** Of the cheapest offer; null when nobody offers it. */
  readonly price: Money | null;
  readonly buyBox: BuyBox | null;
  /** The best fifty. */
  readonly offers: OfferSummary[];
  readonly offerCount: number;
  readonly quantity: number;
  readonly rating: ProductRating;
}

const STARS_MAX = 5;
const amount = Joi.number().integer().min(0).max(Number.MAX_SAFE_INTEGER);
/** A query string gives one value as a string and several as a list. */
const some = (max: number) => Joi.array().items(plainText(200)).single().max(max);

/** What products may be filtered by; collections by rule are written in the same words. */
export const filterSchemas = {
  q: plainText(300).allow(""),
  lang: languageSchema,
  channel: idSchema,
  brand: some(50),
  category: Joi.array().items(plainText(500)).single().max(50),
  collection: idSchema,
  attribute: some(50),
  range: rangesSchema,
  seller: Joi.array().items(idSchema).single().max(50),
  condition: Joi.array()
    .items(Joi.string().valid("new", "refurbished", "used"))
    .single()
    .max(3),
  currency: currencySchema,
  priceMin: amount,
  priceMax: amount,
  inStock: Joi.boolean(),
};

export const productSearch: ActionContract<SearchProducts, ProductHits> = {
  kind: "query",
  summary: "Search products: text, filters, facets, sorting, pages",
  params: Joi.object<SearchProducts, true>({
    ...filterSchemas,
    section: idSchema,
    ratingMin: Joi.number().min(1).max(STARS_MAX),
    sort: Joi.string()
      .valid(...PRODUCT_SORTS)
      .default("relevance"),
    limit: Joi.number().integer().min(1).max(100).default(24),
    cursor: Joi.string().max(2_000),
    explain: Joi.boolean(),
    visitorId: Joi.string().pattern(/^[A-Za-z0-9_-]{16,64}$/, "visitor id"),
    personal: Joi.boolean(),
  }),
  result: hitsSchema,
  permission: PUBLIC,
  owner: "platform",
  http: { method: "GET", path: "/v1/products" },
};
