/** Which category a title belongs to: runs of words and pieces of words, one linear model per category. */
import { fitOneVsRest, linearScore, loudest, type Linear } from "../kernel/text/linear";
import {
  learnVocabulary,
  vectorsOf,
  type Vectors,
  type Vocabulary,
  type VocabularyOptions,
} from "../kernel/text/vectors";

export interface ListingModel {
  readonly vocabulary: Vocabulary;
  readonly categories: readonly string[];
  readonly linear: readonly Linear[];
}

const GRAMS = { words: [1, 2], pieces: [2, 5], textsMin: 2, termsMax: 250_000 } as const;
const LINEAR = { cost: 1, own: 1, passes: 12 };

export function trainListing(
  titles: readonly string[],
  labels: readonly string[],
  seed: number,
  grams: VocabularyOptions = GRAMS,
): ListingModel {
  const categories = [...new Set(labels)].sort();
  const vocabulary = learnVocabulary(titles, grams);
  const vectors = vectorsOf(vocabulary);
  const rows = titles.map((title) => vectors.of(title));
  const classes = Int32Array.from(labels, (label) => categories.indexOf(label));
  const options = { ...LINEAR, seed, classCount: categories.length };
  return { vocabulary, categories, linear: fitOneVsRest(rows, vocabulary.terms.length, classes, options) };
}

/** Of all categories together: with more, the file and the memory of whoever serves it would grow without a bound. */
const WEIGHTS_MAX = 1_000_000;
const TERMS_MAX = 20_000;
const rounded = (weights: readonly number[]): number[] => weights.map((weight) => Number(weight.toPrecision(4)));

/** As the mall serves it: bounded, and with weights of four digits. */
export function servedListing(titles: readonly string[], labels: readonly string[], seed: number): ListingModel {
  const termsMax = Math.min(TERMS_MAX, Math.floor(WEIGHTS_MAX / Math.max(1, new Set(labels).size)));
  const { linear, ...model } = trainListing(titles, labels, seed, { ...GRAMS, termsMax });
  return { ...model, linear: linear.map(({ bias, weights }) => ({ bias, weights: rounded(weights) })) };
}

/** What ships: it knows no category, and what is like a thing says where it belongs. */
export const FIRST_LISTING: ListingModel = {
  vocabulary: { options: { words: GRAMS.words, pieces: GRAMS.pieces }, terms: [], rarity: [] },
  ...{ categories: [], linear: [] },
};

export interface Suggester {
  readonly model: ListingModel;
  readonly vectors: Vectors;
}

export const suggester = (model: ListingModel): Suggester => ({ model, vectors: vectorsOf(model.vocabulary) });

export interface Suggestion {
  readonly category: string;
  /** Distance from the border between this category and the rest. */
  readonly score: number;
  /** What in the title says so. */
  readonly because: readonly string[];
}

const SUGGESTIONS = 3;

/** The likeliest first. */
export function suggestCategories({ model, vectors }: Suggester, title: string): Suggestion[] {
  const x = vectors.of(title);
  const scores = model.linear.map((linear) => linearScore(linear, x));
  const order = [...scores.keys()].sort((a, b) => (scores[b] as number) - (scores[a] as number));
  return order.slice(0, SUGGESTIONS).map((c) => ({
    category: model.categories[c] ?? "",
    score: scores[c] as number,
    because: loudest(model.linear[c] as Linear, x, model.vocabulary.terms, 20)
      .filter(({ term, contribution }) => term.startsWith("w ") && contribution > 0)
      .slice(0, 3)
      .map(({ term }) => term.slice(2)),
  }));
}
