/**
 * How words are read, language by language: `shop_xx` when a product is written and when it is asked for, `asked_xx`
 * with the synonyms of the language when it is asked for, `pairs_xx` with every two neighbouring words as one, by which
 * "note book" and "notebook" meet. Accents never matter. Amounts are one word however they are written: `15"`,
 * `15 inch` and `15-inch` are `15inch`, `1 TB` is `1tb`. Only analysis that every Elasticsearch has is used: Chinese,
 * Japanese and Korean are read as pairs of signs.
 */
import type { estypes } from "@elastic/elasticsearch";
import { SYNONYMS } from "./products.synonyms.projection";

interface Reading {
  /** Names of the engine. */
  readonly stop: estypes.AnalysisStopWordLanguage;
  readonly stem: string;
  /** Filters before stop words are taken out. */
  readonly first?: readonly string[];
}

/** Languages with stems; an accent is folded before them, so that who leaves it out meets who does not. */
const STEMMED: Readonly<Record<string, Reading>> = {
  en: { stop: "_english_", stem: "english", first: ["possessive"] },
  de: { stop: "_german_", stem: "light_german", first: ["german_normalization"] },
  fr: { stop: "_french_", stem: "light_french", first: ["elided"] },
  es: { stop: "_spanish_", stem: "spanish" },
  it: { stop: "_italian_", stem: "italian", first: ["elided"] },
  pt: { stop: "_portuguese_", stem: "light_portuguese" },
  nl: { stop: "_dutch_", stem: "dutch" },
  sv: { stop: "_swedish_", stem: "light_swedish" },
};

/** Languages that the engine reads as a whole. */
const WHOLE: Readonly<Record<string, string>> = { ar: "arabic", ja: "cjk", ko: "cjk", zh: "cjk" };

/** What each language is written with. */
export const ANALYSERS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.keys(STEMMED).map((language) => [language, `shop_${language}`])),
  ...WHOLE,
};

/** What a question is read with where synonyms shall count; without synonyms of its own, a language's plain reading. */
export const askedIn = (language: string): string =>
  language in SYNONYMS ? `asked_${language}` : (ANALYSERS[language] ?? "neutral");

/** Null for a language whose words are not told apart by blanks. */
export const pairsIn = (language: string): string | null => (language in STEMMED ? `pairs_${language}` : null);

/** Signs that only say in which direction to write: whoever copies a word copies them unseen. */
export const DIRECTION_MARKS = "[\\u061c\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff]";

const CHAR_FILTERS = ["marks", "inches", "amounts"];

const marks: estypes.AnalysisCharFilter = { type: "pattern_replace", pattern: DIRECTION_MARKS, replacement: "" };

const charFilters: Record<string, estypes.AnalysisCharFilter> = {
  marks,
  inches: {
    type: "pattern_replace",
    pattern: "(\\d+(?:[.,]\\d+)?)[ -]?(?:\"|”|″|''|inch(?:es)?\\b|zoll\\b|pouces?\\b|pulgadas?\\b)",
    replacement: "$1inch ",
  },
  amounts: {
    type: "pattern_replace",
    pattern: "(?i)\\b(\\d+(?:[.,]\\d+)?)[ -](tb|gb|mb|mhz|ghz|mah|mm|cm|wh|w|v|m|ft|kg|g|l|ml|dpi)\\b",
    replacement: "$1$2",
  },
};

type Analyzers = Record<string, estypes.AnalysisAnalyzer>;

const made = (filter: readonly string[]): estypes.AnalysisCustomAnalyzer => ({
  type: "custom",
  tokenizer: "standard",
  char_filter: CHAR_FILTERS,
  filter: [...filter],
});

function analyzersOf([language, { first = [] }]: readonly [string, Reading]): Analyzers {
  const before = ["lowercase", ...first, "asciifolding"];
  const after = [`stop_${language}`, `stem_${language}`];
  const synonyms =
    language in SYNONYMS ? { [`asked_${language}`]: made([...before, `means_${language}`, ...after]) } : {};
  return {
    [`shop_${language}`]: made([...before, ...after]),
    [`pairs_${language}`]: made([...before, "pairs", `stem_${language}`]),
    ...synonyms,
  };
}

const filtersOf = ([language, { stop, stem }]: readonly [string, Reading]): [string, estypes.AnalysisTokenFilter][] => [
  // stop words are compared after folding, so they are folded, too: those of the engine have accents
  [`stop_${language}`, { type: "stop", stopwords: stop }],
  [`stem_${language}`, { type: "stemmer", language: stem }],
];

const meanings = Object.entries(SYNONYMS).map(([language, synonyms]): [string, estypes.AnalysisTokenFilter] => [
  `means_${language}`,
  { type: "synonym_graph", synonyms: [...synonyms] },
]);

/** Articles that stand before a word without a blank: `l'éclairage`. */
const elided: estypes.AnalysisTokenFilter = {
  type: "elision",
  articles_case: true,
  articles: ["l", "d", "qu", "c", "j", "m", "n", "s", "t", "dell", "un"],
};

/** Longer beginnings than these are not told apart where one is misspelt. */
export const BEGUN_MAX = 12;

const plain = {
  type: "custom" as const,
  tokenizer: "standard",
  char_filter: ["marks"],
} satisfies Partial<estypes.AnalysisCustomAnalyzer>;

/** The reading of no language, and the beginnings of its words as terms of their own, for what is typed wrong. */
export const neutralAnalysis = {
  char_filter: { marks },
  filter: {
    elided,
    begun: { type: "edge_ngram", min_gram: 3, max_gram: BEGUN_MAX },
  } satisfies Record<string, estypes.AnalysisTokenFilter>,
  analyzer: {
    neutral: { ...plain, filter: ["lowercase", "elided", "asciifolding"] },
    begun: { ...plain, filter: ["lowercase", "elided", "asciifolding", "begun"] },
  } satisfies Analyzers,
};

export const productSettings: estypes.IndicesIndexSettings = {
  analysis: {
    char_filter: charFilters,
    filter: {
      ...neutralAnalysis.filter,
      possessive: { type: "stemmer", language: "possessive_english" },
      pairs: { type: "shingle", min_shingle_size: 2, max_shingle_size: 2, token_separator: "" },
      ...Object.fromEntries(Object.entries(STEMMED).flatMap(filtersOf)),
      ...Object.fromEntries(meanings),
    },
    analyzer: {
      ...neutralAnalysis.analyzer,
      ...(Object.assign({}, ...Object.entries(STEMMED).map(analyzersOf)) as Analyzers),
    },
  },
};
