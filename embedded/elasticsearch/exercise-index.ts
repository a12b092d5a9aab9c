/** A catalogue and a journal such as a mall keeps: the same kinds of fields, readings of words and documents. Pure. */

const analysis = {
  char_filter: {
    marks: { type: "pattern_replace", pattern: "[\\u200b-\\u200f]", replacement: "" },
    amounts: {
      type: "pattern_replace",
      pattern: "(?i)\\b(\\d+(?:[.,]\\d+)?)[ -](tb|gb|mm|cm|kg|l)\\b",
      replacement: "$1$2",
    },
  },
  filter: {
    possessive: { type: "stemmer", language: "possessive_english" },
    stop_en: { type: "stop", stopwords: "_english_" },
    stem_en: { type: "stemmer", language: "english" },
    stop_de: { type: "stop", stopwords: "_german_" },
    stem_de: { type: "stemmer", language: "light_german" },
    pairs: { type: "shingle", min_shingle_size: 2, max_shingle_size: 2, token_separator: "" },
    begun: { type: "edge_ngram", min_gram: 3, max_gram: 12 },
    elided: { type: "elision", articles_case: true, articles: ["l", "d"] },
    means: { type: "synonym_graph", synonyms: ["sofa, couch, settee", "lamp, light", "note book => notebook"] },
  },
  analyzer: {
    neutral: reading("elided"),
    begun: reading("elided", "begun"),
    shop_en: reading("possessive", "stop_en", "stem_en"),
    asked_en: reading("possessive", "means", "stop_en", "stem_en"),
    pairs_en: reading("possessive", "pairs", "stem_en"),
    shop_de: reading("german_normalization", "stop_de", "stem_de"),
  },
};

function reading(...filters: string[]): object {
  const filter = ["lowercase", ...filters, "asciifolding"];
  return { type: "custom", tokenizer: "standard", char_filter: ["marks", "amounts"], filter };
}

const keyword = { type: "keyword", ignore_above: 256 };
const neutral = { type: "text", analyzer: "neutral", copy_to: "words" };
const typed = { type: "text", analyzer: "neutral", index_prefixes: { min_chars: 1, max_chars: 12 } };
const begun = { type: "text", analyzer: "begun", search_analyzer: "neutral", norms: false };

/** @param more sub-fields of English */
const byLanguage = (more: object = {}): object => ({
  properties: { en: { type: "text", analyzer: "shop_en", ...more }, de: { type: "text", analyzer: "shop_de" } },
});

const offers = {
  type: "nested",
  properties: {
    id: { type: "keyword", index: false, doc_values: false },
    sellerId: { type: "keyword" },
    condition: { type: "keyword" },
    currency: { type: "keyword" },
    amountMinor: { type: "long" },
    quantity: { type: "long" },
    prices: { type: "object", enabled: false },
  },
};

const mappings = {
  dynamic: "strict",
  properties: {
    id: { type: "keyword" },
    status: { type: "keyword" },
    title: byLanguage({ fields: { typed, pairs: { type: "text", analyzer: "pairs_en" } } }),
    description: byLanguage(),
    kind: byLanguage(),
    neutral: { properties: { title: { ...neutral, ...typed, fields: { begun } }, description: neutral } },
    words: { type: "text", analyzer: "neutral", norms: false, index_options: "freqs" },
    brand: { ...keyword, copy_to: "words", fields: { text: typed, begun } },
    categories: keyword,
    attributes: keyword,
    channels: { type: "keyword" },
    offers,
    publishedAt: { type: "date" },
    sources: { type: "object", enabled: false },
  },
};

const onOneShard = { number_of_shards: 1, number_of_replicas: 0 };

export const INDEX = ["exercise", { settings: { ...onOneShard, refresh_interval: "1s", analysis }, mappings }] as const;

export const JOURNAL = [
  "exercise-journal",
  {
    settings: { ...onOneShard, refresh_interval: "5s" },
    mappings: {
      dynamic: "strict",
      properties: {
        at: { type: "date" },
        what: { type: "keyword" },
        who: { type: "keyword" },
        minor: { type: "long" },
      },
    },
  },
] as const;

const WHAT = ["floor lamp", "notebook", "oak chair", "running shoes", "cotton jacket", "kettle", "desk", "hard drive"];
const LOOKS = ["black", "brass", "blue", "steel", "white", "walnut"];
export const BRANDS = ["Lumora", "Nordhus", "Hewitt", "Caldera", "Velo", "Aster", "Brandt"];
const PLACES = ["home", "home > living", "home > office", "sport", "fashion > men", "electronics"];
const SELLERS = 12;

const pick = <T>(of: readonly T[], n: number): T => of[n % of.length] as T;

const offerOf = (n: number, nth: number): object => ({
  id: `o${n}-${nth}`,
  sellerId: `seller-${(n * 7 + nth * 5) % SELLERS}`,
  condition: nth === 2 ? "used" : "new",
  currency: "EUR",
  amountMinor: 500 + ((n * 911 + nth * 137) % 90_000),
  quantity: (n + nth) % 9,
  prices: { main: { amountMinor: 500, currency: "EUR" } },
});

/** The two lines that write a product, newer than every version below this one. */
export function catalogueOf(n: number, version: number): object[] {
  const [what, look, brand] = [pick(WHAT, n), pick(LOOKS, n >> 1), pick(BRANDS, n >> 2)];
  const title = `${brand} ${what} ${look} ${n % 40} cm`;
  const about = `A ${look} ${what} by ${brand} for those who like it plain. It weighs ${n % 9} kg and comes in a box.`;
  const document = {
    id: `p${n}`,
    status: n % 50 === 49 ? "withdrawn" : "published",
    title: { en: title, de: `${brand} ${what} in ${look}` },
    description: { en: about, de: `Schlicht und schön: ${what} von ${brand}, ${n % 40} cm hoch.` },
    kind: { en: [what] },
    neutral: { title: [title], description: [about] },
    brand,
    categories: [pick(PLACES, n), pick(PLACES, n + 1)],
    attributes: [`colour:${look}`, `size:${n % 6}`, `material:${pick(LOOKS, n + 3)}`],
    channels: ["main"],
    offers: [0, 1, 2].slice(0, 1 + (n % 3)).map((nth) => offerOf(n, nth)),
    publishedAt: new Date(1_700_000_000_000 + n * 60_000).toISOString(),
    sources: { [`product/p${n}`]: version },
  };
  return [{ index: { _index: INDEX[0], _id: `p${n}`, version, version_type: "external" } }, document];
}

export const journalEntry = (turn: number): object[] => [
  { index: { _index: JOURNAL[0], _id: `j${turn}` } },
  {
    at: new Date(1_700_000_000_000 + turn).toISOString(),
    what: pick(LOOKS, turn),
    who: pick(BRANDS, turn),
    minor: turn,
  },
];
