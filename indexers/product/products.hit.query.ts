/** A product as a search shows it. Pure. */
import type { estypes } from "@elastic/elasticsearch";
import type { ProductHit, ScorePart, SearchProducts } from "../../models/product/product.search.contract";
import { pathIn } from "./products.category.query";
import type { Now } from "./products.collection.query";
import { readHighlights } from "./products.highlight.query";
import { fitting } from "./products.offers.query";
import type { ShelfOffer } from "./products.parts.projection";
import { isRuleName, rulePartsOf, SILENCE, type Spoken } from "./products.merchandising.query";
import type { Reading } from "./products.request.query";
import { isWordName, LANGUAGE_DEFAULT, signOf, wordsOf, wordsWithout } from "./products.text.query";
import { told } from "./products.view.query";

/** What is read of a document for a hit. */
export interface Found extends Pick<ProductHit, "id" | "title" | "brand" | "categoryPath" | "image"> {
  readonly categoryId?: string | null;
  readonly offers?: readonly Omit<ShelfOffer, "prices">[];
}

/** Names of the clauses that found it, with their scores where these were asked for. */
type Matched = readonly string[] | Readonly<Record<string, number>>;

const namesOf = (matched: Matched): readonly string[] =>
  Array.isArray(matched) ? (matched as readonly string[]) : Object.keys(matched);

const DIGITS = 6;
const rounded = (score: number): number => Number(score.toFixed(DIGITS));

const mostFirst = (a: ScorePart, b: ScorePart): number => b.score - a.score || (a.part < b.part ? -1 : 1);

/** What the signs gave, of the wording of the question that fits best: that one is ranked by. */
function signsOf(matched: Matched): ScorePart[] {
  const byWording = new Map<number, ScorePart[]>();
  for (const [name, value] of Object.entries(matched as Readonly<Record<string, number>>)) {
    if (isWordName(name) || isRuleName(name) || value === 0) continue;
    const [part, nth] = signOf(name);
    byWording.set(nth, [...(byWording.get(nth) ?? []), { part, score: rounded(value) }]);
  }
  const sum = (parts: readonly ScorePart[]): number => parts.reduce((all, { score }) => all + score, 0);
  return [...byWording.values()].sort((a, b) => sum(b) - sum(a))[0] ?? [];
}

/** What each sign and each rule gave, most first; what the engine's sums, of few digits, leave over is told as well. */
export function partsOf(score: number, matched: Matched, spoken: Spoken = SILENCE): ScorePart[] {
  const parts = [...signsOf(matched), ...rulePartsOf(spoken, namesOf(matched))].sort(mostFirst);
  const left = rounded(parts.reduce((rest, part) => rest - part.score, score));
  return left === 0 ? parts : [...parts, { part: "rounding", score: left }];
}

interface Shown extends Now {
  readonly reading: Reading;
  readonly spoken: Spoken;
}

/** How it fits the words that were searched for. */
function fitOf(hit: estypes.SearchHit<Found>, params: SearchProducts, { reading, spoken }: Omit<Shown, keyof Now>) {
  const matched = (hit.matched_queries ?? []) as Matched;
  // where the order was made by hand, the score is a place in it
  const score = wordsOf(params) === "" ? null : rounded((hit._score ?? 0) - spoken.shift);
  return {
    score: hit._score === null ? null : score,
    without: reading.partial ? wordsWithout(reading.q, namesOf(matched)) : [],
    ...(params.explain && score !== null && { parts: partsOf(score, matched, spoken) }),
  };
}

export function hitOf(
  hit: estypes.SearchHit<Found>,
  params: SearchProducts,
  { reading, spoken, ...now }: Shown,
): ProductHit {
  const { offers = [], categoryId = null, ...product } = hit._source as Found;
  const { categoryPath } = product;
  const lang = params.lang ?? LANGUAGE_DEFAULT;
  return {
    ...product,
    categoryPath: pathIn(now.tree, { categoryId, categoryPath }, lang),
    ...told(offers.filter(fitting(params, now.hidden))),
    highlights: readHighlights(hit.highlight, lang),
    ...fitOf(hit, params, { reading, spoken }),
  };
}
