/**
 * What scores a transaction: boosted trees, a logistic regression and a small net, each of which speaks in log-odds;
 * their weighted sum, calibrated. A model is JSON: it has the same bits wherever it is read.
 */
import { calibrated, type Calibration } from "../kernel/calibration";
import { logisticParts, logisticScore, type Logistic } from "../kernel/logistic";
import { netParts, netScore, type DenseNet } from "../kernel/net-score";
import { explainBoosted, scoreOf, type Boosted } from "../kernel/trees/boost";

export interface FraudModel {
  /** What it asks for, in the order of its inputs: names of `FEATURES`. */
  readonly features: readonly string[];
  readonly trees: Boosted;
  readonly logistic: Logistic;
  readonly net: DenseNet;
  /** How much each is believed; they sum to 1. */
  readonly shares: { readonly trees: number; readonly logistic: number; readonly net: number };
  readonly calibration: Calibration;
}

export const MEMBERS = ["trees", "logistic", "net"] as const;
export type Member = (typeof MEMBERS)[number];

/** Log-odds of one member alone. @param row the model's own features, as 32-bit numbers, from `at` on */
export function memberScore(model: FraudModel, member: Member, row: Float32Array, at = 0): number {
  switch (member) {
    case "trees":
      return scoreOf(model.trees, row, at);
    case "logistic":
      return logisticScore(model.logistic, row, at);
    case "net":
      return netScore(model.net, row, at);
  }
}

/** Weighted log-odds before calibration: what orders transactions. */
export function blendScore(model: FraudModel, row: Float32Array, at = 0): number {
  return MEMBERS.reduce((sum, member) => sum + model.shares[member] * memberScore(model, member, row, at), 0);
}

/** The probability of fraud. */
export const fraudProbability = (model: FraudModel, row: Float32Array): number =>
  calibrated(model.calibration, blendScore(model, row));

export interface FraudExplained {
  readonly probability: number;
  /** Calibrated log-odds; `bias` + Σ `contributions` + `residual`. */
  readonly score: number;
  readonly bias: number;
  /** Per feature of the model. */
  readonly contributions: readonly number[];
  /** What no feature can be given alone: how features act together in the net, and rounding. */
  readonly residual: number;
}

export function explainFraud(model: FraudModel, row: Float32Array): FraudExplained {
  const { shares, calibration } = model;
  const trees = explainBoosted(model.trees, row, model.features.length);
  const logistic = logisticParts(model.logistic, row);
  const net = netParts(model.net, row);
  const contributions = model.features.map(
    (_name, f) =>
      calibration.slope *
      (shares.trees * (trees.contributions[f] as number) +
        shares.logistic * (logistic[f] as number) +
        shares.net * (net[f] as number)),
  );
  const bias =
    calibration.slope * (shares.trees * trees.bias + shares.logistic * model.logistic.bias) + calibration.intercept;
  const score = calibration.slope * blendScore(model, row) + calibration.intercept;
  const residual = score - contributions.reduce((sum, part) => sum + part, bias);
  return { probability: fraudProbability(model, row), score, bias, contributions, residual };
}
