/** A product as a search shows it. Pure. */
import type { estypes } from "@elastic/elasticsearch";
import type { BuyBoxWeights } from "../../models/buybox/buybox.contract";
import {
  NO_RATING,
  type ProductHit,
  type ProductRating,
  type ScorePart,
  type SearchProducts,
} from "../../models/product/product.search.contract";
import { reasonOf, type Taste } from "../../models/visitor/visitor.taste.contract";
import { pathIn } from "./products.category.query";
import { CLICKS } from "./products.clicks.query";
import type { Now } from "./products.collection.query";
import { personalParts, type PersonalPart } from "./products.personal.query";
import { markedElsewhere, readHighlights } from "./products.highlight.query";
import type { fitting } from "./products.offers.query";
import type { ShelfOffer } from "./products.parts.projection";
import { isRuleName, rulePartsOf, SILENCE, type Spoken } from "./products.merchandising.query";
import type { Reading } from "./products.request.query";
import { isWordName, LANGUAGE_DEFAULT, signOf, wordsOf, wordsWithout } from "./products.text.query";
import { told } from "./products.view.query";

/** What is read of a document for a hit. */
export interface Found extends Pick<ProductHit, "id" | "title" | "brand" | "categoryPath" | "image"> {
  readonly categoryId?: string | null;
  readonly rating?: ProductRating;
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
    if (isWordName(name) || isRuleName(name) || name === CLICKS || value === 0) continue;
    const [part, nth] = signOf(name);
    byWording.set(nth, [...(byWording.get(nth) ?? []), { part, score: rounded(value) }]);
  }
  const sum = (parts: readonly ScorePart[]): number => parts.reduce((all, { score }) => all + score, 0);
  return [...byWording.values()].sort((a, b) => sum(b) - sum(a))[0] ?? [];
}

/** What others chose counts whichever wording fits best. */
function chosenOf(matched: Matched): ScorePart[] {
  const score = Array.isArray(matched) ? 0 : ((matched as Readonly<Record<string, number>>)[CLICKS] ?? 0);
  return score === 0 ? [] : [{ part: CLICKS, score: rounded(score) }];
}

const liked = ({ liking, score }: PersonalPart): ScorePart => ({
  part: liking.kind,
  score: rounded(score),
  of: "personal",
  reason: reasonOf(liking),
});

const of = (parts: readonly ScorePart[], whose: "text" | "business"): ScorePart[] =>
  parts.map((part) => ({ ...part, of: whose }));

interface Given {
  readonly spoken?: Spoken;
  readonly personal?: readonly PersonalPart[];
}

/** What each sign, rule and liking gave, most first; what the engine's sums, of few digits, leave over is told, too. */
export function partsOf(score: number, matched: Matched, { spoken = SILENCE, personal = [] }: Given = {}): ScorePart[] {
  const rules = of(rulePartsOf(spoken, namesOf(matched)), "business");
  const parts = [...of([...signsOf(matched), ...chosenOf(matched)], "text"), ...rules, ...personal.map(liked)].sort(
    mostFirst,
  );
  const left = rounded(parts.reduce((rest, part) => rest - part.score, score));
  return left === 0 ? parts : [...parts, { part: "rounding", score: left }];
}

interface Shown extends Now {
  /** Whether an offer fits the question: the same for all hits of a search. */
  readonly fits: ReturnType<typeof fitting>;
  readonly reading: Reading;
  readonly spoken: Spoken;
  /** By which offers are proposed in the channel of the question. */
  readonly boxWeights?: BuyBoxWeights;
  readonly taste?: Taste | undefined;
}

/** How it fits the words that were searched for. */
function fitOf(hit: estypes.SearchHit<Found>, params: SearchProducts, shown: Omit<Shown, keyof Now>) {
  const { reading, spoken, taste } = shown;
  const matched = (hit.matched_queries ?? []) as Matched;
  // where the order was made by hand, the score is a place in it
  const score = wordsOf(params) === "" ? null : rounded((hit._score ?? 0) - spoken.shift);
  const without = reading.partial ? wordsWithout(reading.q, namesOf(matched)) : [];
  const fit = { score: hit._score === null ? null : score, without };
  if (!params.explain || score === null) return fit;
  const personal = likedIn(hit, params, { taste, whole: without.length === 0 });
  return { ...fit, parts: partsOf(score, matched, { spoken, personal }) };
}

/** Sorted by something else, what somebody likes counts for nothing. */
const likedIn = (
  { _source }: estypes.SearchHit<Found>,
  { sort }: SearchProducts,
  { taste, whole }: { readonly taste: Taste | undefined; readonly whole: boolean },
): PersonalPart[] => (sort === "relevance" ? personalParts(taste, _source as Found, whole) : []);

/** What the engine marked; in a title that it was not asked about, the words as they stand. */
function marksOf({ highlight, _source }: estypes.SearchHit<Found>, { reading, spoken }: Shown, lang: string) {
  const found = readHighlights(highlight, lang);
  if (found["title"] !== undefined || reading.q === "" || !_source) return found;
  return { ...markedElsewhere(_source.title, [reading.q, ...spoken.wordings(reading.q)]), ...found };
}

export function hitOf(hit: estypes.SearchHit<Found>, params: SearchProducts, now: Shown): ProductHit {
  const { offers = [], categoryId = null, rating = NO_RATING, ...product } = hit._source as Found;
  const { categoryPath } = product;
  const lang = params.lang ?? LANGUAGE_DEFAULT;
  return {
    ...product,
    categoryPath: pathIn(now.tree, { categoryId, categoryPath }, lang),
    ...told(offers.filter(now.fits), now.boxWeights),
    rating,
    highlights: marksOf(hit, now, lang),
    ...fitOf(hit, params, now),
  };
}
