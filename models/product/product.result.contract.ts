/** What the queries of products answer, as schemas: for OpenAPI, and held against real answers by a test. */
import Joi from "../kernel/schema";
import { moneySchema } from "../kernel/money";
import { idSchema, languageSchema, type Text } from "../kernel/text";
import { contentSchemas } from "./product.content.contract";
import type { ProductGlance } from "./product.contract";
import { buyBoxSchema, offerSummarySchema } from "./product.offers.contract";
import type {
  FacetValue,
  Marked,
  ProductHit,
  ProductHits,
  ProductRating,
  ProductView,
  Relaxed,
  ScorePart,
} from "./product.search.contract";

const id = idSchema.required();
const count = Joi.number().integer().min(0).required();
const version = Joi.number().integer().min(1).required();
const strings = Joi.array().items(Joi.string()).required();
const seller = idSchema.allow(null).required().description("Whose product it is; null for the mall's own");
const brand = Joi.string().allow(null).required();
const price = moneySchema.allow(null).required();
/** Unlike a text that is given, one that is shown may be in no language at all. */
const text = Joi.object<Text>().pattern(languageSchema, Joi.string().allow("")).required();

const rating = Joi.object<ProductRating, true>({
  average: Joi.number().min(1).max(5).allow(null).required().description("Null where nobody reviewed it"),
  count,
}).required();

const buyBox = buyBoxSchema.allow(null).required();
const marked = Joi.array().items(
  Joi.object<Marked, true>({ text: Joi.string().required(), hit: Joi.boolean().required() }),
);

const hit = Joi.object<ProductHit, true>({
  id,
  title: text,
  brand,
  categoryPath: strings,
  image: Joi.string().allow(null).required(),
  price: price.description("Of the cheapest offer that fits; null when there is none"),
  buyBox,
  offerCount: count,
  quantity: count,
  rating,
  highlights: Joi.object()
    .pattern(Joi.string(), marked)
    .required()
    .description("Where the words were found, in `title` and `description`: plain text, part by part"),
  score: Joi.number().allow(null).required(),
  without: strings.description("Words that stand nowhere in it; only a relaxed search finds such products"),
  parts: Joi.array()
    .items(
      Joi.object<ScorePart, true>({
        part: Joi.string().required(),
        score: Joi.number().required(),
        rule: idSchema.description("Of merchandising, for `pin`, `boost` and `bury`"),
        of: Joi.string().valid("text", "business", "personal"),
        reason: Joi.object<Text>().pattern(languageSchema, Joi.string()),
      }),
    )
    .description("What the score is the sum of, with `explain`"),
  decisionId: idSchema.description("Why it stands there: ask `/v1/decisions/{id}`"),
});

const relaxed = Joi.object<Relaxed, true>({
  q: Joi.string().required().description("What was searched for instead"),
  spelling: Joi.boolean().required().description("Words were spelt otherwise"),
  partial: Joi.boolean().required().description("Products with only some of the words were taken in"),
  exact: count.description("Products that have every word"),
});

const facet = Joi.array().items(
  Joi.object<FacetValue, true>({
    value: Joi.string().required(),
    count,
    label: Joi.string().description("For people"),
    parent: Joi.string().allow(null).description("Of a category of the tree: the value of the one above it"),
    from: Joi.number().description("Of a range; of prices in minor units, and both borders are in it"),
    to: Joi.number().description("Of an attribute's numbers this border is not in it"),
    unit: Joi.string().description("Of a range of an attribute's numbers: what they are counted in"),
  }),
);

export const hitsSchema = Joi.object<ProductHits, true>({
  queryId: Joi.string().max(400).description("Of a search for words: give it with what it led to, as `query_id`"),
  total: count,
  totalRelation: Joi.string().valid("exact", "at-least").required(),
  items: Joi.array().items(hit).max(100).required(),
  facets: Joi.object()
    .pattern(Joi.string(), facet)
    .required()
    .description(
      "`brand`, `category`, `seller`, `condition`, `price` and one per attribute that was found; empty later",
    ),
  didYouMean: Joi.string().allow(null).required().description("A spelling that finds more and was not searched for"),
  redirect: Joi.string().allow(null).required().description("Where merchandisers lead whoever asks this"),
  rules: Joi.array().items(idSchema).description("Rules of merchandising that spoke, with `explain`"),
  relaxed: relaxed.allow(null).required().description("Where the question as it was asked found little or nothing"),
  cursor: Joi.string().allow(null).required().description("Asks for the next page; null on the last"),
  tookMs: count,
});

export const viewSchema = Joi.object<ProductView, true>({
  id,
  version,
  status: Joi.string().valid("draft", "published", "withdrawn").required(),
  title: text,
  description: text,
  brand,
  categoryId: idSchema.allow(null).required().description("Its place in the tree of categories"),
  categoryPath: strings,
  attributes: contentSchemas.attributes.required(),
  options: contentSchemas.options.required(),
  variants: contentSchemas.variants.required(),
  media: contentSchemas.media.required(),
  channels: Joi.array().items(idSchema).required(),
  sellerId: seller,
  price,
  buyBox,
  offers: Joi.array().items(offerSummarySchema).max(50).required().description("The best fifty"),
  offerCount: count,
  quantity: count,
  rating,
});

export const glanceSchema = Joi.object<ProductGlance, true>({
  version,
  status: Joi.string().valid("draft", "published", "withdrawn").required(),
  variantIds: Joi.array().items(idSchema).required(),
  sellerId: seller,
});
