/** What a rule of merchandising does to searches: the words in which rules are written. */
import Joi from "../kernel/schema";
import { filterSchemas, type SearchProducts } from "../product/product.search.contract";
import { idSchema, languageSchema, plainText } from "../kernel/text";

/** When a ranking rule speaks: all that is said must hold; what says nothing speaks always. */
export interface RuleWhen {
  /** The question is one of these, but for capitals, accents and blanks. */
  readonly queries?: readonly string[];
  /** The question has all words of one of these, in whichever order. */
  readonly words?: readonly string[];
  /** The search is within one of these categories, or below one: slugs, ids, or paths of names. */
  readonly categories?: readonly string[];
  /** The search is within one of these collections: slugs or ids. */
  readonly collections?: readonly string[];
}

/** Products that a boost reaches: any of the values of a field, every field given. */
export interface BoostTarget {
  readonly products?: readonly string[];
  readonly brand?: readonly string[];
  readonly category?: readonly string[];
  /** `colour:black` */
  readonly attribute?: readonly string[];
  readonly seller?: readonly string[];
}

export interface Boost extends BoostTarget {
  /** Added to the score; below zero it is taken off. A good match of words scores some tens. */
  readonly points: number;
}

/** Only products that would be found by a search with these. */
export type RuleFilter = Pick<
  SearchProducts,
  "brand" | "category" | "attribute" | "seller" | "condition" | "currency" | "priceMin" | "priceMax" | "inStock"
>;

/** Changes the order of what is found, and what is. */
export interface RankingRule {
  readonly kind: "ranking";
  readonly when?: RuleWhen;
  /** Ids, the first on top; shown whether the words fit them or not, as long as they are for sale here. */
  readonly pin?: readonly string[];
  /** Ids that come after everything else. */
  readonly bury?: readonly string[];
  /** Ids that are not shown. */
  readonly hide?: readonly string[];
  readonly boost?: readonly Boost[];
  readonly only?: RuleFilter;
}

/** Words that mean the same to shoppers. */
export interface SynonymsRule {
  readonly kind: "synonyms";
  /** The language in which they are; left out: in every one. */
  readonly language?: string;
  /** Each finds what all the others find: two-way. */
  readonly words: readonly string[];
  /** One-way: these find what `words` find as well, but not the other way round. */
  readonly from?: readonly string[];
}

/** Leads elsewhere whoever asks one of these. */
export interface RedirectRule {
  readonly kind: "redirect";
  readonly queries: readonly string[];
  /** A path of the shop (`/sale`), or an https address. */
  readonly to: string;
}

export type MerchandisingRule = RankingRule | SynonymsRule | RedirectRule;

export const PINS_MAX = 20;
const IDS_MAX = 100;
const BOOSTS_MAX = 10;
const QUERIES_MAX = 50;
const WORDS_MAX = 20;
export const POINTS_MAX = 50;

const phrase = plainText(100).min(1).pattern(/\S/, "a word");
const phrases = (max: number) => Joi.array().items(phrase).unique().min(1).max(max);
const named = Joi.array().items(plainText(500).min(1)).unique().min(1).max(20);
const ids = (max: number) => Joi.array().items(idSchema).unique().min(1).max(max);
const kind = (name: MerchandisingRule["kind"]) => Joi.string().valid(name).required();
const { brand, category, attribute, seller, condition, currency, priceMin, priceMax, inStock } = filterSchemas;

const when = Joi.object<RuleWhen>({
  queries: phrases(QUERIES_MAX),
  words: phrases(QUERIES_MAX),
  categories: named,
  collections: ids(20),
}).min(1);

const boost = Joi.object<Boost>({
  ...{ brand, category, attribute, seller, products: ids(IDS_MAX) },
  points: Joi.number().min(-POINTS_MAX).max(POINTS_MAX).invalid(0).required(),
}).or("brand", "category", "attribute", "seller", "products");

const only = Joi.object<RuleFilter>({
  ...{ brand, category, attribute, seller, condition, currency, priceMin, priceMax, inStock },
}).min(1);

const ranking = Joi.object<RankingRule>({
  kind: kind("ranking"),
  when,
  pin: ids(PINS_MAX).description("The first on top"),
  bury: ids(IDS_MAX),
  hide: ids(IDS_MAX),
  boost: Joi.array().items(boost).min(1).max(BOOSTS_MAX),
  only,
}).or("pin", "bury", "hide", "boost", "only");

const synonyms = Joi.object<SynonymsRule>({
  kind: kind("synonyms"),
  language: languageSchema,
  words: phrases(WORDS_MAX).required(),
  from: phrases(WORDS_MAX).description("One-way: these find what `words` find, and not the other way round"),
});

const redirect = Joi.object<RedirectRule>({
  kind: kind("redirect"),
  queries: phrases(QUERIES_MAX).required(),
  to: plainText(500)
    .pattern(/^(\/(?![/\\])|https:\/\/)[^\s\\]*$/, "a path or an https address")
    .required(),
});

// not strict: Joi has no word for read-only lists, nor for unions
export const ruleSchema = Joi.alternatives(ranking, synonyms, redirect).match("one");
