/**
 * Whether a text may be published: linear models of its words and pieces against each class, and offsets that were
 * chosen so that rare hate is not drowned by the frequent rest.
 */
import { bestClass, fitOneVsRest, linearScore, loudest, type Linear } from "../kernel/text/linear";
import { macroF1 } from "../kernel/metrics";
import { folds, pick } from "../kernel/split";
import { learnVocabulary, vectorsOf, type Sparse, type Vectors, type Vocabulary } from "../kernel/text/vectors";

/** In the order of the classes of the file. */
export const CLASSES = ["hate", "offensive", "neither"] as const;
export type ModerationClass = (typeof CLASSES)[number];

/** What is done: hate is rejected, offence is held for a person to look at; both can be appealed. */
export const VERDICTS = { hate: "reject", offensive: "hold", neither: "publish" } as const;

export interface ModerationModel {
  readonly vocabulary: Vocabulary;
  readonly linear: readonly Linear[];
  readonly offsets: readonly number[];
}

const GRAMS = { words: [1, 2], pieces: [3, 5], textsMin: 3, termsMax: 120_000 } as const;
const LINEAR = { cost: 0.08, own: 2, passes: 12, classCount: CLASSES.length };

/** Names and addresses say nothing of what is said. */
export const neutral = (text: string): string =>
  text
    .replace(/https?:\S+/g, " link ")
    .replace(/@\w+/g, " somebody ")
    .replace(/&#\d+;/g, " sign ")
    .replace(/&amp;/g, "&");

const scoresOf = (linear: readonly Linear[], x: Sparse): number[] => linear.map((one) => linearScore(one, x));

const STEPS = Array.from({ length: 33 }, (_, i) => -0.8 + i * 0.05);

/** Offsets of the first two classes that make macro-F1 best on rows that were not learnt from. */
function chosenOffsets(scores: readonly (readonly number[])[], classes: Int32Array): number[] {
  let best = [0, 0, 0];
  let bestF1 = -1;
  for (const hate of STEPS) {
    for (const offensive of STEPS.filter((_step, i) => i % 2 === 0)) {
      const offsets = [hate, offensive, 0];
      const f1 = macroF1(
        classes,
        scores.map((one) => bestClass(one, offsets)),
        CLASSES.length,
      );
      if (f1 > bestF1) [best, bestF1] = [offsets, f1];
    }
  }
  return best;
}

export function trainModeration(
  texts: readonly string[],
  classes: Int32Array,
  seed: number,
  termsMax: number = GRAMS.termsMax,
): ModerationModel {
  const vocabulary = learnVocabulary(texts.map(neutral), { ...GRAMS, termsMax });
  const vectors = vectorsOf(vocabulary);
  const rows = texts.map((text) => vectors.of(neutral(text)));
  const fit = (among: Int32Array): Linear[] =>
    fitOneVsRest(
      pick(rows, among),
      vocabulary.terms.length,
      among.map((row) => classes[row] as number),
      { ...LINEAR, seed },
    );
  const scores: number[][] = [];
  for (const { train, test } of folds(texts.length, 4, seed)) {
    const linear = fit(train);
    for (const row of test) scores[row] = scoresOf(linear, rows[row] as Sparse);
  }
  return { vocabulary, linear: fit(Int32Array.from(texts.keys())), offsets: chosenOffsets(scores, classes) };
}

export interface Moderator {
  readonly model: ModerationModel;
  readonly vectors: Vectors;
}

export const moderator = (model: ModerationModel): Moderator => ({ model, vectors: vectorsOf(model.vocabulary) });

export interface Moderated {
  readonly class: ModerationClass;
  readonly verdict: "publish" | "hold" | "reject";
  readonly scores: readonly number[];
  readonly because: readonly string[];
}

export function moderate({ model, vectors }: Moderator, text: string): Moderated {
  const x = vectors.of(neutral(text));
  const scores = scoresOf(model.linear, x);
  const chosen = bestClass(scores, model.offsets);
  const name = CLASSES[chosen] ?? "offensive";
  const because = loudest(model.linear[chosen] as Linear, x, model.vocabulary.terms, 30)
    .filter(({ term, contribution }) => term.startsWith("w ") && contribution > 0)
    .slice(0, 3)
    .map(({ term }) => term.slice(2));
  return { class: name, verdict: VERDICTS[name], scores, because };
}
