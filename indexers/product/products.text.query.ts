/**
 * What a shopper's words ask of the index. A product is found when enough of the words stand anywhere in it; how well
 * it fits is the sum over its fields, the title counting most. The weights are a first guess that held up
 * on judged queries; they were not tuned on them.
 */
import type { estypes } from "@elastic/elasticsearch";
import type { SearchProducts } from "../../models/product/product.search.contract";
import { languageOf } from "./products.mapping.projection";

export const LANGUAGE_DEFAULT = "en";

export const wordsOf = ({ q = "" }: Pick<SearchProducts, "q">): string => q.trim();

/** Up to two words must all be found; of more, three in four. */
const WORDS_NEEDED = "2<75%";

interface Weighted {
  readonly field: string;
  readonly boost: number;
}

const NEUTRAL: readonly Weighted[] = [
  { field: "neutral.title", boost: 2 },
  { field: "brand.text", boost: 1 },
  { field: "facts.category", boost: 1 },
  { field: "facts.attributes", boost: 0.5 },
  { field: "facts.codes", boost: 4 },
  { field: "neutral.description", boost: 0.3 },
];

const inLanguage = (language: string): readonly Weighted[] => [
  { field: `title.${language}`, boost: 3 },
  { field: `description.${language}`, boost: 1 },
];

const named = ({ field, boost }: Weighted): string => `${field}^${boost}`;

/** @param lang as asked, `de-at`; a language without an analyser is searched through the neutral fields alone */
export function textQuery(q: string, lang: string): estypes.QueryDslQueryContainer {
  const language = languageOf(lang);
  const special = language === null ? [] : inLanguage(language);
  const everywhere = (fields: readonly Weighted[]): estypes.QueryDslQueryContainer => ({
    multi_match: { query: q, type: "cross_fields", fields: fields.map(named), minimum_should_match: WORDS_NEEDED },
  });
  const found = [everywhere(NEUTRAL), ...(special.length > 0 ? [everywhere(special)] : [])];
  const scored = [...special, ...NEUTRAL].map(({ field, boost }) => ({ match: { [field]: { query: q, boost } } }));
  return { bool: { filter: [{ bool: { should: found, minimum_should_match: 1 } }], should: scored } };
}
