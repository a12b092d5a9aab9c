/** What a shopper may mean while still typing. */
import Joi from "joi";
import { PUBLIC, type ActionContract } from "../kernel/contract";
import { idSchema, languageSchema, plainText } from "../kernel/text";
import type { FacetValue } from "./product.search.contract";

export interface SuggestProducts {
  /** What was typed so far; its last word may be unfinished. */
  readonly q: string;
  readonly lang?: string;
  /** Id of a channel; without it, products of every channel. */
  readonly channel?: string;
  /** Suggestions of each kind. */
  readonly limit: number;
}

export interface SuggestedProduct {
  readonly id: string;
  /** In the language asked for, else in one that the product has. */
  readonly title: string;
}

export interface ProductSuggestions {
  readonly products: readonly SuggestedProduct[];
  readonly brands: readonly FacetValue[];
  /** Paths, `Computers/Notebooks`, of which the last name fits. */
  readonly categories: readonly FacetValue[];
  readonly tookMs: number;
}

const count = Joi.number().integer().min(0).required();
const values = Joi.array()
  .items(Joi.object<FacetValue>({ value: Joi.string().required(), count }))
  .max(20)
  .required();

export const productSuggest: ActionContract<SuggestProducts, ProductSuggestions> = {
  kind: "query",
  summary: "Suggest products, brands and categories while a shopper types",
  params: Joi.object<SuggestProducts, true>({
    q: plainText(100).required(),
    lang: languageSchema,
    channel: idSchema,
    limit: Joi.number().integer().min(1).max(20).default(8),
  }),
  // not strict: Joi has no word for read-only lists
  result: Joi.object<ProductSuggestions>({
    products: Joi.array()
      .items(Joi.object<SuggestedProduct, true>({ id: idSchema.required(), title: Joi.string().required() }))
      .max(20)
      .required(),
    brands: values,
    categories: values,
    tookMs: count,
  }),
  permission: PUBLIC,
  owner: "platform",
  http: { method: "GET", path: "/v1/products/suggest" },
};
