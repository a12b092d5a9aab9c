/**
 * What a linear model says of a text, part by part: the words that speak loudest by name, pieces of words together, and
 * what is left, which with them sums to the score. And a text as features of a decision, to be read again from them.
 */
import { linearScore, loudest, type Linear } from "./linear";
import type { Sparse } from "./vectors";

export interface Part {
  readonly name: string;
  readonly value: number;
}

export interface Told {
  readonly score: number;
  readonly contributions: readonly Part[];
  readonly residual: number;
}

const WORDS_MAX = 40;

/** @param more parts beside the words, such as an offset: they are added to the score */
export function toldOf(linear: Linear, x: Sparse, terms: readonly string[], more: readonly Part[] = []): Told {
  const all = loudest(linear, x, terms, x.indices.length);
  const words = all
    .filter(({ term }) => term.startsWith("w "))
    .slice(0, WORDS_MAX)
    .map(({ term, contribution }) => ({ name: `word: ${term.slice(2)}`, value: contribution }));
  const pieces = all
    .filter(({ term }) => term.startsWith("p "))
    .reduce((sum, { contribution }) => sum + contribution, 0);
  const contributions = [{ name: "bias", value: linear.bias }, ...more, { name: "pieces", value: pieces }, ...words];
  const score = more.reduce((sum, { value }) => sum + value, linearScore(linear, x));
  return { score, contributions, residual: score - contributions.reduce((sum, { value }) => sum + value, 0) };
}

/** Words that spoke for what came out, loudest first. */
export const wordsFor = ({ contributions }: Told, sign: 1 | -1, most: number): string[] =>
  contributions
    .filter(({ name, value }) => name.startsWith("word: ") && value * sign > 0)
    .sort((a, b) => (b.value - a.value) * sign)
    .slice(0, most)
    .map(({ name }) => name.slice("word: ".length));

/** Of a feature of a decision: 200 at most. */
const PIECE = 180;
const NAME = /^text_(\d+)$/;

/** No sign is cut in two. */
export function textFeatures(text: string): Record<string, string> {
  const features: Record<string, string> = {};
  let piece = "";
  const put = (): void => {
    features[`text_${Object.keys(features).length + 1}`] = piece;
    piece = "";
  };
  for (const sign of text) {
    if (piece.length + sign.length > PIECE) put();
    piece += sign;
  }
  put();
  return features;
}

export function textOf(features: Readonly<Record<string, unknown>>): string {
  const numbered = Object.entries(features).flatMap(([name, value]) => {
    const at = NAME.exec(name)?.[1];
    return at === undefined || typeof value !== "string" ? [] : [[Number(at), value] as const];
  });
  return numbered
    .sort(([a], [b]) => a - b)
    .map(([, piece]) => piece)
    .join("");
}

/** A model of single words and runs of words that somebody weighed by hand. */
export function weighedByHand(weights: ReadonlyMap<string, number>, bias: number, wordsMax: number) {
  const terms = [...weights.keys()];
  return {
    vocabulary: {
      options: { words: [1, wordsMax] as const, pieces: [1, 0] as const },
      terms: terms.map((term) => `w ${term}`),
      rarity: terms.map(() => 1),
    },
    linear: { bias, weights: [...weights.values()] },
  };
}
