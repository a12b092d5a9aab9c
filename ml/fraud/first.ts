/**
 * What decides in a mall that has learnt nothing yet, and the baseline that whatever is learnt has to beat: a logistic
 * regression whose weights were set by hand, cautious enough that who buys as usual is not bothered.
 */
import { artefactHash, artefactOf } from "../kernel/card";
import type { FraudModel } from "./model";

/**
 * How many people have goods sent to one address says nothing by itself: a house, a firm, a parcel shop. What was found
 * out about that address does.
 * Weights are on the logarithm of each feature (signed, of 1 + its size); log-odds.
 */
const WEIGHTS: Readonly<Record<string, number>> = {
  amount_deviations: 0.35,
  odd_3_days: 0.6,
  customer_attempts_1_hour: 0.2,
  customer_stopped_7_days: 0.5,
  customer_known_frauds: 4,
  card_known_frauds: 4,
  device_known_frauds: 3,
  address_known_frauds: 2.5,
  terminal_risk_shrunk: 4,
};
/** Of a payment that nothing speaks for or against: eight in a thousand. */
const BIAS = -4.85;

const features = Object.keys(WEIGHTS);
const zeros = features.map(() => 0);
const scaling = { means: zeros, deviations: features.map(() => 1), logarithmic: true };

export const FIRST_MODEL: FraudModel = {
  features,
  trees: { base: 0, trees: [] },
  logistic: { scaling, bias: BIAS, weights: Object.values(WEIGHTS) },
  net: { scaling, layers: [{ inputs: features.length, outputs: 1, weights: zeros, biases: [0] }] },
  shares: { trees: 0, logistic: 1, net: 0 },
  calibration: { slope: 1, intercept: 0 },
};

export const FIRST_HASH = artefactHash(artefactOf(FIRST_MODEL));
