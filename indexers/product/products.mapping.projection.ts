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
const kept = { type: "object", enabled: false } as const;

const perLanguage = (): estypes.MappingProperty => ({
  type: "object",
  dynamic: false,
  properties: Object.fromEntries(
    Object.entries(ANALYSERS).map(([language, analyzer]) => [language, { type: "text", analyzer }]),
  ),
});

const money: estypes.MappingProperty = {
  properties: { amountMinor: { type: "long" }, currency: { type: "keyword" } },
};

export const productMappings: estypes.MappingTypeMapping = {
  dynamic: "strict",
  properties: {
    id: { type: "keyword" },
    status: { type: "keyword" },
    title: perLanguage(),
    description: perLanguage(),
    neutral: { properties: { title: neutral, description: neutral } },
    brand: { ...keyword, fields: { text: neutral } },
    categoryPath: { ...keyword, index: false, doc_values: false },
    categories: keyword,
    facts: { properties: { category: neutral, attributes: neutral, codes: neutral } },
    attributes: keyword,
    channels: { type: "keyword" },
    image: { ...keyword, index: false, doc_values: false },
    price: money,
    offers: kept,
    offerCount: { type: "integer" },
    quantity: { type: "long" },
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
