/** Whether a visit ends in a purchase: what was looked at and for how long, when, and who came from where. */
import { calibrated, fitCalibration, type Calibration } from "../kernel/calibration";
import { folds } from "../kernel/split";
import { seedOf } from "../kernel/random";
import { averaged, boost, explainBoosted, scoreOf, type Boosted, type BoostOptions } from "../kernel/trees/boost";
import type { Matrix } from "../kernel/trees/bins";

export const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "June", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

/** A visit as the public file describes it; durations in seconds, rates from 0 to 1. */
export interface Visit {
  readonly Administrative: number;
  readonly Administrative_Duration: number;
  readonly Informational: number;
  readonly Informational_Duration: number;
  readonly ProductRelated: number;
  readonly ProductRelated_Duration: number;
  readonly BounceRates: number;
  readonly ExitRates: number;
  readonly PageValues: number;
  readonly SpecialDay: number;
  /** 0 to 11; -1 if nobody knows. */
  readonly Month: number;
  readonly TrafficType: number;
  readonly Returning: number;
  readonly Weekend: number;
}

export const INTENT_FEATURES = [
  "page_value",
  "page_value_all",
  "exit_rate",
  "bounce_rate",
  "product_pages",
  "product_seconds",
  "seconds_per_product",
  "administrative_pages",
  "administrative_seconds",
  "informational_pages",
  "informational_seconds",
  "special_day",
  "month",
  "traffic",
  "returning",
  "weekend",
  "exit_above_bounce",
] as const;

export function intentFeatures(v: Visit): Float32Array {
  const pages = v.Administrative + v.Informational + v.ProductRelated;
  return Float32Array.of(
    v.PageValues,
    v.PageValues * pages,
    v.ExitRates,
    v.BounceRates,
    v.ProductRelated,
    v.ProductRelated_Duration,
    v.ProductRelated_Duration / Math.max(1, v.ProductRelated),
    v.Administrative,
    v.Administrative_Duration,
    v.Informational,
    v.Informational_Duration,
    v.SpecialDay,
    v.Month,
    v.TrafficType,
    v.Returning,
    v.Weekend,
    v.ExitRates - v.BounceRates,
  );
}

export interface IntentModel {
  readonly features: readonly string[];
  readonly trees: Boosted;
  readonly calibration: Calibration;
}

const TREES: Partial<BoostOptions> = {
  trees: 260,
  rate: 0.03,
  leavesMax: 12,
  curvatureMin: 3,
  lambda: 3,
  featureShare: 0.5,
  rowShare: 0.7,
};
const FORESTS = 3;

const forest = (data: Matrix, labels: Uint8Array, seed: number): Boosted =>
  averaged(Array.from({ length: FORESTS }, (_, i) => boost(data, labels, { ...TREES, seed: seedOf(seed, i) })));

export function matrixOf(rows: readonly Float32Array[]): Matrix {
  const width = rows[0]?.length ?? 0;
  const values = new Float32Array(rows.length * width);
  rows.forEach((row, i) => values.set(row, i * width));
  return { count: rows.length, width, values };
}

/** Log-odds of each row by trees that have not seen it: honest figures of everything there is. */
export function crossScores(rows: readonly Float32Array[], labels: Uint8Array, seed: number, parts = 5): Float64Array {
  const scores = new Float64Array(rows.length);
  for (const { train, test } of folds(rows.length, parts, seed)) {
    const trees = forest(
      matrixOf([...train].map((row) => rows[row] as Float32Array)),
      Uint8Array.from(train, (row) => labels[row] as number),
      seed,
    );
    for (const row of test) scores[row] = scoreOf(trees, rows[row] as Float32Array);
  }
  return scores;
}

/** @param held scores of the same rows by trees that have not seen them */
export const trainTrees = (
  rows: readonly Float32Array[],
  labels: Uint8Array,
  seed: number,
  held: Float64Array,
): Omit<IntentModel, "features"> => ({
  trees: forest(matrixOf(rows), labels, seed),
  calibration: fitCalibration(held, labels),
});

export const trainIntent = (...learnt: Parameters<typeof trainTrees>): IntentModel => ({
  features: INTENT_FEATURES,
  ...trainTrees(...learnt),
});

export interface Intent {
  readonly probability: number;
  readonly contributions: readonly { readonly feature: string; readonly contribution: number }[];
}

export function intentOf({ features, trees, calibration }: IntentModel, row: Float32Array): Intent {
  const { contributions } = explainBoosted(trees, row, features.length);
  return {
    probability: calibrated(calibration, scoreOf(trees, row)),
    contributions: features
      .map((feature, f) => ({ feature, contribution: calibration.slope * (contributions[f] as number) }))
      .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution)),
  };
}
