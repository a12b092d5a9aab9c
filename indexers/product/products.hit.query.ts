/** A product as a search shows it. Pure. */
import type { estypes } from "@elastic/elasticsearch";
import type { ProductHit, ScorePart, SearchProducts } from "../../models/product/product.search.contract";
import { reasonOf, type Taste } from "../../models/visitor/visitor.taste.contract";
import { pathIn } from "./products.category.query";
import type { Now } from "./products.collection.query";
import { personalParts, type PersonalPart } from "./products.personal.query";
import { readHighlights } from "./products.highlight.query";
import { fitting } from "./products.offers.query";
import type { ShelfOffer } from "./products.parts.projection";
import type { Reading } from "./products.request.query";
import { isWordName, LANGUAGE_DEFAULT, wordsOf, wordsWithout } from "./products.text.query";
import { told as toldOf } from "./products.view.query";

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

const told = ({ liking, score }: PersonalPart): ScorePart => ({
  part: liking.kind,
  score: rounded(score),
  of: "personal",
  reason: reasonOf(liking),
});

/** What each sign gave, most first; what the engine's sums, of few digits, leave over is told as well. */
export function partsOf(score: number, matched: Matched, personal: readonly PersonalPart[] = []): ScorePart[] {
  const given = Object.entries(matched as Readonly<Record<string, number>>);
  const parts = given
    .filter(([name, part]) => !isWordName(name) && part !== 0)
    .map(([part, value]): ScorePart => ({ part, score: rounded(value), of: "text" }))
    .concat(personal.map(told))
    .sort((a, b) => b.score - a.score || (a.part < b.part ? -1 : 1));
  const left = rounded(parts.reduce((rest, part) => rest - part.score, score));
  return left === 0 ? parts : [...parts, { part: "rounding", score: left }];
}

interface Shown extends Now {
  readonly reading: Reading;
  readonly taste?: Taste | undefined;
}

/** How it fits the words that were searched for. */
function fitOf(hit: estypes.SearchHit<Found>, params: SearchProducts, { reading, taste }: Shown) {
  const matched = (hit.matched_queries ?? []) as Matched;
  // where the order was made by hand, the score is a place in it
  const score = wordsOf(params) === "" ? null : (hit._score ?? null);
  const without = reading.partial ? wordsWithout(reading.q, namesOf(matched)) : [];
  if (!params.explain || score === null) return { score, without };
  const ranks = params.sort === "relevance" ? taste : undefined;
  const personal = personalParts(ranks, hit._source as Found, without.length === 0);
  return { score, without, parts: partsOf(score, matched, personal) };
}

export function hitOf(hit: estypes.SearchHit<Found>, params: SearchProducts, now: Shown): ProductHit {
  const { offers = [], categoryId = null, ...product } = hit._source as Found;
  const { categoryPath } = product;
  const lang = params.lang ?? LANGUAGE_DEFAULT;
  return {
    ...product,
    categoryPath: pathIn(now.tree, { categoryId, categoryPath }, lang),
    ...toldOf(offers.filter(fitting(params, now.hidden))),
    highlights: readHighlights(hit.highlight, lang),
    ...fitOf(hit, params, now),
  };
}
