/** Whether an offer is of a master product: boosted trees on how alike both records are. */
import { f1Of } from "../kernel/metrics";
import { seedOf } from "../kernel/random";
import { folds } from "../kernel/split";
import { averaged, boost, explainBoosted, scoreOf, type Boosted, type BoostOptions } from "../kernel/trees/boost";
import type { Matrix } from "../kernel/trees/bins";
import { learnRarity, MATCH_FEATURES, matchFeatures, type Rarity } from "./features";
import type { Pair } from "./pairs";

export interface MatchModel {
  readonly features: readonly string[];
  readonly rarity: Rarity;
  readonly trees: Boosted;
  /** Log-odds from which on two records are taken for the same product. */
  readonly border: number;
}

/** How alike words, codes and letters are must never speak against a match. */
const RISING = new Set(["title_cosine", "all_cosine", "letters_alike", "codes_shared", "code_within"]);
const TREES: Partial<BoostOptions> = {
  trees: 200,
  rate: 0.05,
  leavesMax: 10,
  curvatureMin: 1,
  lambda: 2,
  featureShare: 0.5,
  rowShare: 0.8,
  monotone: MATCH_FEATURES.map((name) => (RISING.has(name) ? 1 : 0)),
};
const FORESTS = 4;

function matrixOf(rows: readonly Float32Array[]): Matrix {
  const width = MATCH_FEATURES.length;
  const values = new Float32Array(rows.length * width);
  rows.forEach((row, i) => values.set(row, i * width));
  return { count: rows.length, width, values };
}

const forest = (rows: readonly Float32Array[], labels: Uint8Array, seed: number): Boosted =>
  averaged(
    Array.from({ length: FORESTS }, (_, i) => boost(matrixOf(rows), labels, { ...TREES, seed: seedOf(seed, i) })),
  );

function borderOf(scores: Float64Array, labels: Uint8Array): number {
  const steps = Array.from({ length: 61 }, (_, i) => -3 + i * 0.1);
  const f1s = steps.map(
    (border) =>
      f1Of(
        labels,
        scores.map((score) => (score >= border ? 1 : 0)),
        1,
      ).f1,
  );
  // the middle of those that are as good: the best one alone is best by chance
  const near = steps.filter((_border, i) => (f1s[i] as number) > Math.max(...f1s) - 0.005);
  return near[Math.floor(near.length / 2)] ?? 0;
}

export function trainMatching(pairs: readonly Pair[], seed: number): MatchModel {
  const rarity = learnRarity(pairs);
  const rows = pairs.map((pair) => matchFeatures(pair, rarity));
  const labels = Uint8Array.from(pairs, ({ label }) => label);
  const held = new Float64Array(rows.length);
  for (const { train, test } of folds(rows.length, 4, seed)) {
    const trees = forest(
      [...train].map((row) => rows[row] as Float32Array),
      Uint8Array.from(train, (row) => labels[row] as number),
      seed,
    );
    for (const row of test) held[row] = scoreOf(trees, rows[row] as Float32Array);
  }
  return { features: MATCH_FEATURES, rarity, trees: forest(rows, labels, seed), border: borderOf(held, labels) };
}

export interface Matched {
  readonly same: boolean;
  readonly score: number;
  readonly contributions: readonly { readonly feature: string; readonly contribution: number }[];
}

export function matchOf({ features, rarity, trees, border }: MatchModel, pair: Pick<Pair, "left" | "right">): Matched {
  const row = matchFeatures(pair, rarity);
  const score = scoreOf(trees, row);
  const { contributions } = explainBoosted(trees, row, features.length);
  return {
    same: score >= border,
    score,
    contributions: features
      .map((feature, f) => ({ feature, contribution: contributions[f] as number }))
      .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution)),
  };
}
