/**
 * How products are analysed. Each language has its own sub-field; what is in no known language, and what belongs to
 * none (brands, article numbers, attributes), goes to neutral fields. Everything a shopper might type about a product
 * is also gathered in one field, so that all words of a query must be found somewhere, in whichever field.
 */
import type { estypes } from "@elastic/elasticsearch";

/** Languages with an analyser; others are searched through the neutral fields. */
export const ANALYSERS: Readonly<Record<string, string>> = {
  en: "english",
  de: "german",
  fr: "french",
  es: "spanish",
  it: "italian",
  pt: "portuguese",
  nl: "dutch",
  sv: "swedish",
  ja: "cjk",
  ko: "cjk",
  zh: "cjk",
};

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
const kept = { type: "object", enabled: false } as const;

const perLanguage = (more: object): estypes.MappingProperty => ({
  type: "object",
  dynamic: false,
  properties: Object.fromEntries(
    Object.entries(ANALYSERS).map(([language, analyzer]) => [language, { type: "text", analyzer, ...more }]),
  ),
});

/** Each offer is found for itself: what is asked of offers must hold for one and the same. */
const offers: estypes.MappingProperty = {
  type: "nested",
  properties: {
    id: { type: "keyword", index: false, doc_values: false },
    sellerId: { type: "keyword" },
    variantId: { type: "keyword", index: false, doc_values: false },
    condition: { type: "keyword" },
    currency: { type: "keyword" },
    amountMinor: { type: "long" },
    priceKey: { type: "long" },
    quantity: { type: "long" },
    prices: kept,
  },
};

export const productMappings: estypes.MappingTypeMapping = {
  dynamic: "strict",
  properties: {
    id: { type: "keyword" },
    status: { type: "keyword" },
    title: perLanguage({ fields: { typed } }),
    description: perLanguage({}),
    neutral: { properties: { title: typed, description: neutral } },
    brand: { ...keyword, fields: { text: typed } },
    categoryPath: { ...keyword, index: false, doc_values: false },
    categories: keyword,
    categoryId: { type: "keyword" },
    facts: { properties: { category: typed, attributes: neutral, codes: neutral } },
    attributes: keyword,
    channels: { type: "keyword" },
    image: { ...keyword, index: false, doc_values: false },
    offers,
    publishedAt: { type: "date" },
    sources: kept,
  },
};

export const productSettings: estypes.IndicesIndexSettings = {
  analysis: {
    analyzer: {
      neutral: { type: "custom", tokenizer: "standard", filter: ["lowercase", "asciifolding"] },
    },
  },
};
