/** The shopper's search: what may be asked of products, and what comes back. */
import Joi from "joi";
import { PUBLIC, type ActionContract } from "../kernel/contract";
import type { Money } from "../kernel/money";
import { idSchema, languageSchema, plainText, type Text } from "../kernel/text";
import type { Attributes, Media, Option, Variant } from "./product.contract";
import { hitsSchema } from "./product.result.contract";

export type ProductSort = "relevance" | "price-asc" | "price-desc" | "newest";

export interface SearchProducts {
  readonly q?: string;
  readonly lang?: string;
  /** Id of a channel; without it, products of every channel. */
  readonly channel?: string;
  /** Any of these brands. */
  readonly brand?: string[];
  /** A category and everything below it: `Computers/Notebooks`. */
  readonly category?: string;
  /** `colour:black`: of one name any of the values will do, and every name given must hold. */
  readonly attribute?: string[];
  /**
   * Bounds of the cheapest offer's price, both included, in minor units (cents) of the currency that the offer is
   * priced in: choose a channel as well where the mall has several currencies.
   */
  readonly priceMin?: number;
  readonly priceMax?: number;
  readonly inStock?: boolean;
  readonly sort: ProductSort;
  readonly limit: number;
  /** From the last answer: the next page. */
  readonly cursor?: string;
}

export interface OfferSummary {
  readonly id: string;
  readonly sellerId: string;
  readonly variantId: string | null;
  readonly price: Money;
  readonly condition: string;
  readonly quantity: number;
}

export interface ProductHit {
  readonly id: string;
  readonly title: Text;
  readonly brand: string | null;
  readonly categoryPath: string[];
  /** The first image. */
  readonly image: string | null;
  /** Of the cheapest offer; null when nobody offers it. */
  readonly price: Money | null;
  readonly offerCount: number;
  readonly quantity: number;
  readonly score: number | null;
}

export interface FacetValue {
  readonly value: string;
  readonly count: number;
}

export interface ProductHits {
  readonly total: number;
  /** `at-least` when counting stopped at the cap. */
  readonly totalRelation: "exact" | "at-least";
  readonly items: ProductHit[];
  /** `brand`, `category`, and one per attribute of what was found. */
  readonly facets: Readonly<Record<string, readonly FacetValue[]>>;
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
  readonly categoryPath: string[];
  readonly attributes: Attributes;
  readonly options: Option[];
  readonly variants: Variant[];
  readonly media: Media[];
  readonly channels: string[];
  /** Whose product it is; null for the mall's own. */
  readonly sellerId: string | null;
  readonly price: Money | null;
  /** The best fifty. */
  readonly offers: OfferSummary[];
  readonly offerCount: number;
  readonly quantity: number;
}

const amount = Joi.number().integer().min(0).max(Number.MAX_SAFE_INTEGER);
/** A query string gives one value as a string and several as a list. */
const some = (max: number) => Joi.array().items(plainText(200)).single().max(max);

export const productSearch: ActionContract<SearchProducts, ProductHits> = {
  kind: "query",
  summary: "Search products: text, filters, facets, sorting, pages",
  params: Joi.object<SearchProducts, true>({
    q: plainText(300).allow(""),
    lang: languageSchema,
    channel: idSchema,
    brand: some(50),
    category: plainText(500),
    attribute: some(50),
    priceMin: amount,
    priceMax: amount,
    inStock: Joi.boolean(),
    sort: Joi.string().valid("relevance", "price-asc", "price-desc", "newest").default("relevance"),
    limit: Joi.number().integer().min(1).max(100).default(24),
    cursor: Joi.string().max(2_000),
  }),
  result: hitsSchema,
  permission: PUBLIC,
  owner: "platform",
  http: { method: "GET", path: "/v1/products" },
};
