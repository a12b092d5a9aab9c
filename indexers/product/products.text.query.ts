/**
 * What a shopper's words ask of the index. A product is found when all words stand anywhere in it, or words that mean
 * the same; how well it fits is a sum of signs, each with its weight. A partial question is content with some of the
 * words, and puts those with all of them first.
 */
import type { estypes } from "@elastic/elasticsearch";
import type { SearchProducts } from "../../models/product/product.search.contract";
import { ANALYSERS, askedIn, DIRECTION_MARKS, pairsIn } from "./products.analysis.projection";
import { COMPOUNDING } from "./products.compounds.projection";
import { headPhrase, headWord } from "./products.kind.projection";
import { languageOf } from "./products.mapping.projection";
import { TEXT_WEIGHTS, type TextWeights } from "./products.weights.query";

type Query = estypes.QueryDslQueryContainer;

export const LANGUAGE_DEFAULT = "en";

const MARKS = new RegExp(DIRECTION_MARKS, "gu");

export const wordsOf = ({ q = "" }: Pick<SearchProducts, "q">): string => q.replace(MARKS, "").trim();

export interface TextOptions {
  /** Some of the words will do. */
  readonly partial?: boolean;
  /** Each sign carries its name, so that the engine tells what it gave for it. */
  readonly named?: boolean;
  readonly weights?: TextWeights;
  /** Which wording of the question it is: the names of its signs say so. */
  readonly nth?: number;
}

const NEUTRAL = [
  "neutral.title",
  "brand.text",
  "facts.category",
  "facts.attributes",
  "facts.codes",
  "neutral.description",
];

const inLanguage = (language: string): string[] => [
  `title.${language}`,
  `said.brand.${language}`,
  `said.category.${language}`,
  `description.${language}`,
];

interface Asked {
  readonly query: string;
  readonly fields: string[];
  readonly analyzer?: string;
}

const anyOf = (should: Query[]): Query => ({ bool: { should, minimum_should_match: 1 } });
const allIn = (asked: Asked): Query => ({ multi_match: { ...asked, type: "cross_fields", operator: "and" } });
const someIn = (asked: Asked): Query => ({ multi_match: { ...asked, type: "cross_fields", operator: "or" } });
const allOf = (field: string, query: string, more: object = {}): Query => ({
  match: { [field]: { query, operator: "and", ...more } },
});

/** Where every word of a question may stand. */
const anywhereIn = (language: string): string[] => [
  ...inLanguage(language),
  `said.attributes.${language}`,
  ...(COMPOUNDING.includes(language) ? [`parts.${language}`] : []),
];

/** All words, in whichever fields: read as the language, with what means the same, or as they stand. */
function everyWord(q: string, language: string | null): Query {
  const neutral = allOf("words", q);
  if (language === null) return neutral;
  const fields = anywhereIn(language);
  const pairs = pairsIn(language) === null ? [] : [allOf(`title.${language}.pairs`, q)];
  return anyOf([allIn({ query: q, fields, analyzer: askedIn(language) }), neutral, ...pairs]);
}

function someWords(q: string, language: string | null): Query {
  const neutral: Query = { match: { words: q } };
  if (language === null) return neutral;
  const fields = anywhereIn(language);
  return anyOf([someIn({ query: q, fields, analyzer: askedIn(language) }), neutral]);
}

type Sign = readonly [name: keyof TextWeights, query: Query];

/** A sign that is there or not. */
const given = (filter: Query): Query => ({ constant_score: { filter } });

function signsIn(q: string, language: string): Sign[] {
  const analyzer = ANALYSERS[language] ?? "neutral";
  const asked = askedIn(language);
  const fields = inLanguage(language);
  const title = `title.${language}`;
  const kind = `kind.${language}`;
  const isKind: Query = { match_phrase: { [kind]: { query: headPhrase(q, language), analyzer: asked } } };
  const inTitle = allOf(title, q, { analyzer: asked });
  const isFor: Query = { bool: { must: [allOf(kind, q, { analyzer: asked })], must_not: [isKind] } };
  return [
    ["wide", someIn({ query: q, fields, analyzer })],
    ["best", { multi_match: { query: q, fields: [...fields, `said.attributes.${language}`], analyzer } }],
    ["title", given(inTitle)],
    ["phrase", given({ match_phrase: { [title]: { query: q } } })],
    ["kind", given(isKind)],
    ["main", given({ bool: { must: [inTitle], must_not: [isFor] } })],
  ];
}

/** Where there is no reading of the language. */
const neutralSigns = (q: string): Sign[] => [
  ["wide", someIn({ query: q, fields: NEUTRAL })],
  ["title", given(allOf("neutral.title", q))],
  ["phrase", given({ match_phrase: { "neutral.title": { query: q } } })],
];

const signs = (q: string, language: string | null): Sign[] => [
  ...(language === null ? neutralSigns(q) : signsIn(q, language)),
  ["attributes", given(allOf("facts.attributes", q))],
  ["brand", { match: { "brand.text": q } }],
  ["code", given(allOf("facts.codes", q))],
  ["neutral", { match: { "neutral.title": q } }],
];

/** What tells products apart that may lack some of the words: `oak lamp` is rather any lamp than anything of oak. */
function signsOfSome(q: string, language: string | null): Sign[] {
  const field = language === null ? "neutral.title" : `title.${language}`;
  const asked = language === null ? {} : { analyzer: askedIn(language) };
  return [
    ["all", given(everyWord(q, language))],
    ["head", given(allOf(field, headWord(q, language ?? LANGUAGE_DEFAULT), asked))],
  ];
}

/** `title`, and `title~1` in the second wording of a question. */
const signName = (name: string, nth: number): string => (nth === 0 ? name : `${name}~${nth}`);

/** The sign, and the wording in which it was found. */
export function signOf(name: string): readonly [sign: string, nth: number] {
  const [sign = "", nth = "0"] = name.split("~");
  return [sign, Number(nth)];
}

const WORD = "word:";
const WORDS_MAX = 20;

export const wordList = (q: string): string[] => [...new Set(q.split(/\s+/))].filter(Boolean).slice(0, WORDS_MAX);

/** Says for each word whether it, in any of its forms, stands in a product, and adds nothing to the score. */
const eachWord = (q: string, language: string | null): Query[] =>
  wordList(q).map((word) => ({
    constant_score: { filter: everyWord(word, language), boost: 0, _name: `${WORD}${word}` },
  }));

export const isWordName = (name: string): boolean => name.startsWith(WORD);

/** Words that none of the clauses found in a product. @param matched names of clauses that did */
export const wordsWithout = (q: string, matched: readonly string[]): string[] =>
  wordList(q).filter((word) => !matched.includes(`${WORD}${word}`));

/** One clause per sign, weighted. */
function weighted([name, query]: Sign, { named = false, weights = TEXT_WEIGHTS, nth = 0 }: TextOptions): Query {
  return { bool: { should: [query], boost: weights[name], ...(named && { _name: signName(name, nth) }) } };
}

/** Holds every word, in any of its forms. @param lang as asked, `de-at` */
export const allWords = (q: string, lang: string): Query => everyWord(q, languageOf(lang));

/** @param lang as asked, `de-at`; a language without an analyser is searched through the neutral fields alone */
export function textQuery(q: string, lang: string, options: TextOptions = {}): Query {
  const language = languageOf(lang);
  const every = everyWord(q, language);
  const some = options.partial ? signsOfSome(q, language) : [];
  return {
    bool: {
      filter: [options.partial ? someWords(q, language) : every],
      should: [
        ...[...signs(q, language), ...some].map((sign) => weighted(sign, options)),
        ...(options.partial ? eachWord(q, language) : []),
      ],
    },
  };
}
