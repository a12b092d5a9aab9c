/** Whether something said of a product is praise or complaint, and of which of its sides. */
import { fitLinear, linearScore, loudest, type Linear } from "../kernel/text/linear";
import { learnVocabulary, vectorsOf, type Sparse, type Vectors, type Vocabulary } from "../kernel/text/vectors";

export interface SentimentModel {
  readonly vocabulary: Vocabulary;
  /** How much more often a term is in praise than in complaints, as a factor of its value (Wang and Manning, 2012). */
  readonly leanings: readonly number[];
  readonly linear: Linear;
}

const GRAMS = { words: [1, 3], pieces: [2, 6], textsMin: 2, termsMax: 300_000 } as const;
const LINEAR = { cost: 0.5, own: 1, passes: 15 };
/** What lies between these, in units of the margin, is neither praise nor complaint. */
const MARGIN = 0.25;

function leaningsOf(rows: readonly Sparse[], labels: ArrayLike<number>, width: number): number[] {
  const sums = [new Float64Array(width).fill(1), new Float64Array(width).fill(1)] as const;
  rows.forEach(({ indices }, row) => {
    const side = sums[labels[row] === 1 ? 1 : 0];
    for (const at of indices) side[at] = (side[at] as number) + 1;
  });
  const totals = sums.map((side) => side.reduce((sum, x) => sum + x, 0));
  return Array.from({ length: width }, (_, at) => {
    const ratio = ((sums[1][at] as number) / (totals[1] ?? 1) / (sums[0][at] as number)) * (totals[0] ?? 1);
    return 0.35 + Math.abs(Math.log(ratio));
  });
}

export const leaned = ({ indices, values }: Sparse, leanings: readonly number[]): Sparse => {
  const drawn = values.map((x, i) => x * (leanings[indices[i] as number] as number));
  const length = Math.sqrt(drawn.reduce((sum, x) => sum + x * x, 0)) || 1;
  return { indices, values: drawn.map((x) => (1.4 * x) / length) };
};

/** @param labels 1 praise, 0 complaint */
export function trainSentiment(
  texts: readonly string[],
  labels: ArrayLike<number>,
  seed: number,
  termsMax: number = GRAMS.termsMax,
): SentimentModel {
  const vocabulary = learnVocabulary(texts, { ...GRAMS, termsMax });
  const vectors = vectorsOf(vocabulary);
  const rows = texts.map((text) => vectors.of(text));
  const leanings = leaningsOf(rows, labels, vocabulary.terms.length);
  const ready = rows.map((row) => leaned(row, leanings));
  return { vocabulary, leanings, linear: fitLinear(ready, vocabulary.terms.length, labels, { ...LINEAR, seed }) };
}

/** As the mall uses it: the tone, and of which sides it may be told. */
export interface ReviewModel {
  readonly sentiment: SentimentModel;
  readonly aspects: readonly string[];
}

export interface SentimentReader {
  readonly model: SentimentModel;
  readonly vectors: Vectors;
}

export const sentimentReader = (model: SentimentModel): SentimentReader => ({
  model,
  vectors: vectorsOf(model.vocabulary),
});

export interface Sentiment {
  /** Above 0 praise, below complaint. */
  readonly score: number;
  readonly tone: "praise" | "complaint" | "mixed";
  readonly because: readonly string[];
}

export const toneOf = (score: number): Sentiment["tone"] =>
  Math.abs(score) < MARGIN ? "mixed" : score > 0 ? "praise" : "complaint";

export function sentimentOf({ model, vectors }: SentimentReader, text: string): Sentiment {
  const x = leaned(vectors.of(text), model.leanings);
  const score = linearScore(model.linear, x);
  const because = loudest(model.linear, x, model.vocabulary.terms, 30)
    .filter(({ term, contribution }) => term.startsWith("w ") && contribution * score > 0)
    .slice(0, 3)
    .map(({ term }) => term.slice(2));
  return { score, tone: toneOf(score), because };
}
