/** What a shopper may mean while still typing. */
import Joi from "../kernel/schema";
import { PUBLIC, type ActionContract } from "../kernel/contract";
import { idSchema, languageSchema, plainText } from "../kernel/text";
import type { FacetValue } from "./product.search.contract";

export interface SuggestProducts {
  /** What was typed so far; its last word may be unfinished, and misspelt. */
  readonly q: string;
  readonly lang?: string;
  /** Id of a channel; without it, products of every channel. */
  readonly channel?: string;
  /** An open section, by its slug or id: products, brands and categories of what is in it. */
  readonly section?: string;
  /** Suggestions of each kind. */
  readonly limit: number;
  /** Who types, as in the header `Stoa-Visitor`: then also what they searched for and looked at themselves. */
  readonly visitorId?: string;
  /** False: nothing of that. */
  readonly personal?: boolean;
}

export interface SuggestedProduct {
  readonly id: string;
  /** In the language asked for, else in one that the product has. */
  readonly title: string;
  readonly brand: string | null;
  readonly image: string | null;
}

export interface SuggestedCategory {
  /** What `category` of a search takes: a slug of the tree, or a path of names. */
  readonly value: string;
  /** Names from the top down, in the language asked for. */
  readonly path: readonly string[];
  readonly count: number;
}

export interface SuggestedQuery {
  readonly text: string;
}

/** Of whoever asks, and told to nobody else; newest first. */
export interface RecentSuggestions {
  readonly queries: readonly SuggestedQuery[];
  readonly products: readonly SuggestedProduct[];
}

export interface ProductSuggestions {
  /** Left out where nothing is known of who asks. */
  readonly recent?: RecentSuggestions;
  /** What enough others searched for. */
  readonly queries: readonly SuggestedQuery[];
  readonly products: readonly SuggestedProduct[];
  readonly brands: readonly FacetValue[];
  readonly categories: readonly SuggestedCategory[];
  readonly tookMs: number;
}

/** That somebody searched for something: a fact. */
export interface AskedSearch {
  readonly query: string;
  /** Opaque; it is not kept. */
  readonly visitor: string;
  readonly at: string;
  readonly lang?: string;
  readonly channel?: string;
  /** Products that were found; what found none is suggested to nobody. */
  readonly found?: number;
}

export interface RecordAsked {
  readonly searches: AskedSearch[];
}

export interface AskedRecorded {
  /** Of the searches given, those that may be suggested to others once enough asked the same. */
  readonly recorded: number;
}

const count = Joi.number().integer().min(0);
const values = Joi.array()
  .items(Joi.object<FacetValue>({ value: Joi.string().required(), count: count.required() }))
  .max(20)
  .required();
const categories = Joi.array()
  .items(
    Joi.object<SuggestedCategory>({
      value: Joi.string().required(),
      path: Joi.array().items(Joi.string()).required().description("Names from the top down"),
      count: count.required(),
    }),
  )
  .max(20)
  .required();
const queries = Joi.array()
  .items(Joi.object<SuggestedQuery, true>({ text: Joi.string().required() }))
  .max(20)
  .required()
  .description("What enough different visitors searched for");
const told = Joi.string().allow(null).required();
const products = Joi.array()
  .items(
    Joi.object<SuggestedProduct, true>({
      id: idSchema.required(),
      title: Joi.string().required(),
      brand: told,
      image: told,
    }),
  )
  .max(20)
  .required();

export const productSuggest: ActionContract<SuggestProducts, ProductSuggestions> = {
  kind: "query",
  summary: "Suggest searches, products, brands and categories while a shopper types",
  params: Joi.object<SuggestProducts, true>({
    q: plainText(100).allow("").required(),
    lang: languageSchema,
    channel: idSchema,
    section: idSchema,
    limit: Joi.number().integer().min(1).max(20).default(8),
    visitorId: Joi.string().pattern(/^[A-Za-z0-9_-]{16,64}$/, "visitor id"),
    personal: Joi.boolean(),
  }),
  // not strict: Joi has no word for read-only lists
  result: Joi.object<ProductSuggestions>({
    ...{ queries, products, brands: values, categories, tookMs: count.required() },
    recent: Joi.object<RecentSuggestions>({ queries, products }),
  }),
  permission: PUBLIC,
  owner: "platform",
  http: { method: "GET", path: "/v1/suggestions" },
};

const search = Joi.object<AskedSearch, true>({
  query: plainText(300).required(),
  visitor: plainText(128).required(),
  at: Joi.string().isoDate().max(30).required(),
  lang: languageSchema,
  channel: idSchema,
  found: count,
});

export const productAsked: ActionContract<RecordAsked, AskedRecorded> = {
  kind: "procedure",
  summary: "Record what visitors searched for, for suggestions to others; repeating it changes nothing",
  params: Joi.object<RecordAsked, true>({ searches: Joi.array().items(search).min(1).max(500).required() }),
  result: Joi.object<AskedRecorded, true>({ recorded: count.required() }),
  permission: "product.asked",
  owner: "platform",
};
