/**
 * How likely a visit to this mall ends in a purchase: weights on the logarithm of what is known, and trees where
 * something was learnt; calibrated, with parts that sum to the score. Pure.
 */
import type { Taken } from "../../models/decision/decision.data.contract";
import { VISIT_FEATURES } from "../../models/intent/intent.visit.contract";
import { artefactHash, artefactOf } from "../kernel/card";
import type { Calibration } from "../kernel/calibration";
import { explainBoosted, sigmoid, type Boosted } from "../kernel/trees/boost";
import { intentReason } from "./reasons";

export interface VisitModel {
  readonly features: readonly string[];
  readonly bias: number;
  readonly weights: readonly number[];
  readonly trees: Boosted;
  readonly calibration: Calibration;
}

/** What ships, and the baseline of whatever is learnt: a cart and a checkout tell most, a long pause the opposite. */
const WEIGHTS: Readonly<Record<string, number>> = {
  put_in_cart: 1.6,
  at_checkout: 2.4,
  looked_again: 0.4,
  bought_before: 0.6,
  returning: 0.2,
  idle_minutes: -0.4,
  searches: -0.1,
};
const BIAS = -2.4;

export const FIRST_VISITS: VisitModel = {
  features: VISIT_FEATURES,
  bias: BIAS,
  weights: VISIT_FEATURES.map((name) => WEIGHTS[name] ?? 0),
  trees: { base: 0, trees: [] },
  calibration: { slope: 1, intercept: 0 },
};
export const FIRST_HASH = artefactHash(artefactOf(FIRST_VISITS));

const REASONS = 3;
/** What adds less is no reason. */
const SPEAKS_MIN = 0.05;
const BUYING_MIN = 0.5;

/** Log-odds of a purchase, and what each feature adds. */
function partsOf({ bias, weights, trees, calibration }: VisitModel, row: Float32Array) {
  const { slope, intercept } = calibration;
  const grown = explainBoosted(trees, row, row.length);
  const parts = Array.from(row, (x, f) => {
    const linear = (weights[f] ?? 0) * Math.log1p(Math.max(0, x));
    return slope * (linear + (grown.contributions[f] ?? 0));
  });
  return { start: intercept + slope * (bias + grown.bias), parts };
}

export const scoreOfVisit = (model: VisitModel, row: Float32Array): number => {
  const { start, parts } = partsOf(model, row);
  return parts.reduce((sum, part) => sum + part, start);
};

export const probabilityOf = ({ score }: Taken): number => sigmoid(score);

export function takenOfVisit(model: VisitModel, row: Float32Array): Taken {
  const { start, parts } = partsOf(model, row);
  const { features } = model;
  const contributions = [
    { name: "bias", value: start },
    ...features.map((name, f) => ({ name, value: parts[f] ?? 0 })),
  ];
  const score = parts.reduce((sum, part) => sum + part, start);
  const residual = contributions.reduce((rest, { value }) => rest - value, score);
  const verdict = sigmoid(score) >= BUYING_MIN ? "buying" : "looking";
  const speaking = features
    .map((name, f) => ({ name, value: row[f] ?? 0, part: parts[f] ?? 0 }))
    .filter(({ part }) => (verdict === "buying" ? part >= SPEAKS_MIN : part <= -SPEAKS_MIN))
    .sort((a, b) => Math.abs(b.part) - Math.abs(a.part));
  return {
    features: Object.fromEntries(features.map((name, f) => [name, row[f] ?? 0])),
    ...{ contributions, residual, score, verdict },
    reasons: speaking.slice(0, REASONS).map(({ name, value }) => intentReason(name, value)),
  };
}

export const rowOf = ({ features }: Taken): Float32Array =>
  Float32Array.from(VISIT_FEATURES, (name) => Number(features[name] ?? 0));

/** By another model, of what was kept. */
export const takenAgain = (model: VisitModel, taken: Taken): Taken => takenOfVisit(model, rowOf(taken));
