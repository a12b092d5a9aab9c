/**
 * What is kept of products, and how it is found. Each language has its own sub-field; what is in no known language,
 * and what belongs to none (brands, article numbers, attributes), goes to neutral fields. Everything a shopper might
 * type about a product is also gathered in one field, so that all words of a query must be found somewhere, in
 * whichever field.
 */
import type { estypes } from "@elastic/elasticsearch";
import { kept, shown } from "../kernel/fields";
import { ANALYSERS, pairsIn } from "./products.analysis.projection";

/** `pt-br` is searched as `pt`; null for a language without an analyser. */
export function languageOf(tag: string): string | null {
  const [base = ""] = tag.split("-");
  return base in ANALYSERS ? base : null;
}

const KEYWORD_MAX = 256;
const keyword = { type: "keyword", ignore_above: KEYWORD_MAX } as const;
const neutral = { type: "text", analyzer: "neutral" } as const;
/** Beginnings of words are terms of their own, so that what is being typed is looked up, not scanned for. */
const typed = { ...neutral, index_prefixes: { min_chars: 1, max_chars: 12 } } as const;
/** A beginning with a letter wrong is looked up among beginnings, too. */
export const begun = {
  fields: { begun: { type: "text", analyzer: "begun", search_analyzer: "neutral", norms: false } },
} as const;
/** Everything that is said of a product, for the question whether a word stands in it at all, and how it is spelt. */
const WORDS = "words";
/** Where each word stands: what is marked in an answer is not taken apart again for it. */
const placed = { index_options: "offsets" } as const;
const gathered = { copy_to: WORDS } as const;

type Property = estypes.MappingProperty;

const perLanguage = (more: (language: string) => object = () => ({})): Property => ({
  type: "object",
  dynamic: false,
  properties: Object.fromEntries(
    Object.entries(ANALYSERS).map(([language, analyzer]) => [language, { type: "text", analyzer, ...more(language) }]),
  ),
});

/** A title is also found by what is being typed, and by two of its words written as one. */
function titleFields(language: string): object {
  const analyzer = pairsIn(language);
  return { ...placed, fields: { typed, ...(analyzer !== null && { pairs: { type: "text", analyzer } }) } };
}

/** Each offer is found for itself: what is asked of offers must hold for one and the same. */
const offers: estypes.MappingProperty = {
  type: "nested",
  properties: {
    id: shown,
    sellerId: { type: "keyword" },
    variantId: shown,
    condition: { type: "keyword" },
    currency: { type: "keyword" },
    amountMinor: { type: "long" },
    priceKey: { type: "long" },
    steps: { type: "keyword" },
    quantity: { type: "long" },
    prices: kept,
  },
};

export const productMappings: estypes.MappingTypeMapping = {
  dynamic: "strict",
  properties: {
    id: { type: "keyword" },
    status: { type: "keyword" },
    title: perLanguage(titleFields),
    description: perLanguage(() => placed),
    kind: perLanguage(),
    // of words that are several in one
    parts: perLanguage(),
    // what belongs to no language, read as each of the title's
    said: { properties: { brand: perLanguage(), category: perLanguage(), attributes: perLanguage() } },
    neutral: {
      properties: { title: { ...typed, ...begun, ...gathered }, description: { ...neutral, ...placed, ...gathered } },
    },
    [WORDS]: { ...neutral, norms: false, index_options: "freqs" as const },
    brand: { ...keyword, ...gathered, fields: { text: typed, ...begun.fields } },
    categoryPath: { ...keyword, index: false, doc_values: false },
    categories: keyword,
    categoryId: { type: "keyword" },
    facts: {
      properties: {
        category: { ...typed, ...gathered },
        attributes: { ...neutral, ...gathered },
        codes: { ...neutral, ...gathered },
      },
    },
    attributes: keyword,
    // of the attributes that are numbers: in which steps each lies, to be counted, and each as it is, to be found
    steps: keyword,
    numbers: { ...keyword, doc_values: false },
    channels: { type: "keyword" },
    image: { ...keyword, index: false, doc_values: false },
    offers,
    rating: { properties: { average: { type: "double" }, count: { type: "integer" }, rank: { type: "double" } } },
    publishedAt: { type: "date" },
    sources: kept,
  },
};
