/** What the queries of products answer, as schemas: for OpenAPI, and held against real answers by a test. */
import Joi from "joi";
import { moneySchema } from "../kernel/money";
import { idSchema, languageSchema, type Text } from "../kernel/text";
import { contentSchemas } from "./product.content.contract";
import type { ProductGlance } from "./product.contract";
import type { FacetValue, OfferSummary, ProductHit, ProductHits, ProductView } from "./product.search.contract";

const id = idSchema.required();
const count = Joi.number().integer().min(0).required();
const version = Joi.number().integer().min(1).required();
const strings = Joi.array().items(Joi.string()).required();
const seller = idSchema.allow(null).required().description("Whose product it is; null for the mall's own");
const brand = Joi.string().allow(null).required();
const price = moneySchema.allow(null).required();
/** Unlike a text that is given, one that is shown may be in no language at all. */
const text = Joi.object<Text>().pattern(languageSchema, Joi.string().allow("")).required();

const hit = Joi.object<ProductHit, true>({
  id,
  title: text,
  brand,
  categoryPath: strings,
  image: Joi.string().allow(null).required(),
  price: price.description("Of the cheapest offer; null when nobody offers it"),
  offerCount: count,
  quantity: count,
  score: Joi.number().allow(null).required(),
});

const facet = Joi.array().items(Joi.object<FacetValue, true>({ value: Joi.string().required(), count }));

export const hitsSchema = Joi.object<ProductHits, true>({
  total: count,
  totalRelation: Joi.string().valid("exact", "at-least").required(),
  items: Joi.array().items(hit).max(100).required(),
  facets: Joi.object()
    .pattern(Joi.string(), facet)
    .required()
    .description("`brand`, `category`, and one per attribute of what was found; empty on further pages"),
  cursor: Joi.string().allow(null).required().description("Asks for the next page; null on the last"),
  tookMs: count,
});

const offer = Joi.object<OfferSummary, true>({
  id,
  sellerId: id,
  variantId: idSchema.allow(null).required(),
  price: moneySchema.required(),
  condition: Joi.string().required(),
  quantity: count,
});

export const viewSchema = Joi.object<ProductView, true>({
  id,
  version,
  status: Joi.string().valid("draft", "published", "withdrawn").required(),
  title: text,
  description: text,
  brand,
  categoryPath: strings,
  attributes: contentSchemas.attributes.required(),
  options: contentSchemas.options.required(),
  variants: contentSchemas.variants.required(),
  media: contentSchemas.media.required(),
  channels: Joi.array().items(idSchema).required(),
  sellerId: seller,
  price,
  offers: Joi.array().items(offer).max(50).required().description("The best fifty"),
  offerCount: count,
  quantity: count,
});

export const glanceSchema = Joi.object<ProductGlance, true>({
  version,
  status: Joi.string().valid("draft", "published", "withdrawn").required(),
  variantIds: Joi.array().items(idSchema).required(),
  sellerId: seller,
});
