/** What shoppers of a mall ask its catalogue: words in all fields, filters, facets, marks, and what is being typed. */
import { BRANDS, INDEX } from "./exercise-index";

const WORDS = [
  "lamp",
  "floor lamp brass",
  "notebook",
  "black",
  "oak chair",
  "cotton jacket white",
  "runing shoes",
  "blue kettel",
  "hewitt",
  "hard drive 20 cm",
];
const TYPED = ["la", "not", "cotto", "flor", "hew", "desk b"];
const PAGE = 25;
const SHOWN = ["id", "title", "brand", "offers.id", "offers.sellerId", "offers.amountMinor", "offers.quantity"];

type Query = Readonly<Record<string, unknown>>;

const pick = <T>(of: readonly T[], n: number): T => of[n % of.length] as T;
const either = (...should: Query[]): Query => ({ bool: { should, minimum_should_match: 1 } });
const given = (filter: Query, boost: number): Query => ({ constant_score: { filter, boost } });
const allOf = (field: string, query: string, more: object = {}): Query => ({
  match: { [field]: { query, operator: "and", ...more } },
});

const inFields = (language: string): string[] => [`title.${language}`, `description.${language}`];

function found(q: string, language: string, operator: "and" | "or"): Query {
  const asked = { query: q, fields: inFields(language), type: "cross_fields", operator };
  return either({ multi_match: asked }, allOf("words", q), allOf("title.en.pairs", q));
}

function ranked(q: string, language: string): Query[] {
  const [title, kind] = [`title.${language}`, `kind.${language}`];
  const phrase: Query = { match_phrase: { [kind]: { query: q } } };
  return [
    { multi_match: { query: q, fields: inFields(language), type: "cross_fields", operator: "or", boost: 2.5 } },
    { multi_match: { query: q, fields: inFields(language), boost: 2.25 } },
    given(allOf(title, q), 7),
    given({ match_phrase: { [title]: { query: q } } }, 2.25),
    given(
      { bool: { must: [allOf(title, q)], must_not: [{ bool: { must: [allOf(kind, q)], must_not: [phrase] } }] } },
      9,
    ),
    { match: { "brand.text": { query: q, boost: 1.5 } } },
    { match: { "neutral.title": { query: q, boost: 0.18 } } },
  ];
}

const cheaperThan = (lte: number): Query => ({ range: { "offers.amountMinor": { lte } } });
const ofOffers = (filter: Query): Query => ({ nested: { path: "offers", query: { bool: { filter: [filter] } } } });

const counted = (field: string, filter: Query[], size = 20): Query => ({
  filter: { bool: { filter } },
  aggs: { values: { terms: { field, size } } },
});

function countedOffers(filter: Query[], fitting: Query, aggs: Query): Query {
  const inside = { filter: { bool: { filter: [fitting] } }, aggs };
  return { filter: { bool: { filter } }, aggs: { offers: { nested: { path: "offers" }, aggs: { fitting: inside } } } };
}

const products = { products: { reverse_nested: {} } };
const byProducts = (field: string): Query => ({
  values: { terms: { field, size: 20, order: [{ products: "desc" }, { _key: "asc" }] }, aggs: products },
});

const facets = (chosen: Query[], fitting: Query): Query => ({
  brand: counted("brand", []),
  category: counted("categories", chosen),
  attributes: counted("attributes", chosen, 400),
  seller: countedOffers(chosen, fitting, byProducts("offers.sellerId")),
  condition: countedOffers(chosen, fitting, byProducts("offers.condition")),
  price: countedOffers(chosen, fitting, {
    ranges: { variable_width_histogram: { field: "offers.amountMinor", buckets: 5 }, aggs: products },
    currencies: { terms: { field: "offers.currency", size: 2 } },
  }),
});

const marked = (q: string, language: string): Query => {
  const marking = (field: string, form: object): Query => ({
    [field]: { ...form, highlight_query: { bool: { should: [{ match: { [field]: { query: q } } }] } } },
  });
  const whole = marking(`title.${language}`, { number_of_fragments: 0 });
  return {
    fields: { ...whole, ...marking(`description.${language}`, { number_of_fragments: 1, fragment_size: 200 }) },
  };
};

const spelling = (text: string): Query => ({
  text,
  missing: { term: { field: "words", suggest_mode: "missing", sort: "score", size: 12, prefix_length: 0 } },
});

/** What a visitor likes is worth something more. */
const liked = (query: Query, turn: number): Query => ({
  function_score: {
    query,
    functions: [
      { filter: { term: { brand: pick(BRANDS, turn) } }, weight: 1.4 },
      { filter: { term: { attributes: "colour:black" } }, weight: 1.2 },
      { gauss: { publishedAt: { origin: "2024-01-01", scale: "365d" } }, weight: 0.5 },
    ],
    score_mode: "sum",
    boost_mode: "sum",
  },
});

const id = { id: { order: "asc" } };
const PRICE = { "offers.amountMinor": { order: "asc", mode: "min", nested: { path: "offers" } } };
const SORTS: readonly object[][] = [
  [{ _score: { order: "desc" } }, id],
  [{ _score: { order: "desc" } }, id],
  [PRICE, id],
  [{ publishedAt: { order: "desc", missing: "_last" } }, id],
];

/** No question is like the one before: what was asked already the engine would answer from memory. */
export function questionOf(turn: number): Query {
  const [q, language] = [pick(WORDS, turn), turn % 5 === 4 ? "de" : "en"];
  const chosen = turn % 3 === 0 ? [{ terms: { brand: [pick(BRANDS, turn)] } }] : [];
  const fitting = cheaperThan(100_000_000 + turn);
  const words = { bool: { filter: [found(q, language, "and")], should: ranked(q, language) } };
  const must = turn % 7 === 6 ? { dis_max: { queries: [words, found(q, language, "or")] } } : words;
  const query = {
    bool: {
      must: [must],
      filter: [{ term: { status: "published" } }, { term: { channels: "main" } }, ofOffers(fitting)],
    },
  };
  return {
    query: turn % 4 === 1 ? liked(query, turn) : query,
    ...(chosen.length > 0 && { post_filter: { bool: { filter: chosen } } }),
    size: PAGE,
    sort: pick(SORTS, turn),
    track_scores: true,
    track_total_hits: 10_000,
    _source: SHOWN,
    highlight: marked(q, language),
    aggs: facets(chosen, fitting),
    suggest: spelling(q),
  };
}

const begins = (field: string, q: string): Query => ({ match_bool_prefix: { [field]: { query: q, operator: "and" } } });
const nearly = (field: string, value: string): Query => ({
  fuzzy: { [field]: { value, fuzziness: "AUTO:4,8", prefix_length: 1, max_expansions: 30 } },
});

/** Lines of a request for several searches. */
export function suggestionOf(turn: number): object[] {
  const q = pick(TYPED, turn);
  const title = either(given(begins("neutral.title", q), 10), given(nearly("neutral.title.begun", q), 1));
  const others = [begins("brand.text", q), nearly("brand.begun", q), begins("title.en.typed", q)];
  const body = {
    query: {
      bool: { filter: [{ term: { status: "published" } }], should: [title, ...others], minimum_should_match: 1 },
    },
    post_filter: { bool: { filter: [title] } },
    size: 5,
    sort: [{ _score: { order: "desc" } }, id],
    track_total_hits: false,
    _source: ["id", "title", "brand"],
    aggs: { brands: counted("brand", [begins("brand.text", q)], 5), paths: counted("categories", [], 100) },
  };
  return [{ index: INDEX[0] }, body, { index: INDEX[0] }, { query: { prefix: { brand: "L" } }, size: 3 }];
}
