/** Makes a model of labelled transactions. Seeded: the same rows and seed give the same model, bit by bit. */
import { fitCalibration } from "../kernel/calibration";
import { fitLearner } from "../kernel/fit";
import { fitLogistic } from "../kernel/logistic";
import { netLearner } from "../kernel/net";
import { type DenseNet } from "../kernel/net-score";
import { averaged, boost, type BoostOptions } from "../kernel/trees/boost";
import { seedOf } from "../kernel/random";
import type { Matrix } from "../kernel/trees/bins";
import { chosenColumns, rowsOf } from "./columns";
import type { FeatureTable } from "./features";
import { blendScore, type FraudModel } from "./model";

/**
 * What the model asks for. The Handbook's counts are left out: on markets of the generator they told nothing of fraud
 * that the rest does not tell, and what trees take from chance costs the order of those nothing is known of.
 */
export const MODEL_FEATURES = [
  "TX_AMOUNT",
  "TERMINAL_ID_RISK_30DAY_WINDOW",
  "amount_to_usual",
  "amount_deviations",
  "odd_3_days",
  "odd_14_days",
  "largest_ratio_14_days",
  "ratio_mean_7_days",
  "terminal_risk_shrunk",
  "terminal_series_frauds",
  "terminal_series_age",
  "terminal_series_age_max",
  "terminal_series_start_known",
  "terminal_last_known_age",
  "terminal_honest_since",
] as const;

/** More of these never makes fraud less likely (1), or more likely (-1). */
const DIRECTIONS: Readonly<Record<string, number>> = {
  TX_AMOUNT: 1,
  TERMINAL_ID_RISK_30DAY_WINDOW: 1,
  amount_to_usual: 1,
  amount_deviations: 1,
  odd_3_days: 1,
  odd_14_days: 1,
  largest_ratio_14_days: 1,
  terminal_risk_shrunk: 1,
  terminal_series_frauds: 1,
  terminal_last_known_age: 1,
  terminal_honest_since: -1,
};

/** At a checkout more is known. */
export const CHECKOUT_MODEL_FEATURES: readonly string[] = [
  ...MODEL_FEATURES,
  "customer_attempts_1_hour",
  "customer_stopped_7_days",
  "customer_known_frauds",
  "card_attempts_1_day",
  "card_known_frauds",
  "device_customers_7_days",
  "device_cards_7_days",
  "device_known_frauds",
  "address_customers_7_days",
  "address_known_frauds",
  "delivery_distance",
];

/** Which features, and which of them lead in one direction only. */
export interface Taste {
  readonly features: readonly string[];
  readonly directions: Readonly<Record<string, number>>;
}

const OF_THE_FILES: Taste = { features: MODEL_FEATURES, directions: DIRECTIONS };
export const CHECKOUT_TASTE: Taste = {
  features: CHECKOUT_MODEL_FEATURES,
  directions: {
    ...DIRECTIONS,
    customer_known_frauds: 1,
    card_known_frauds: 1,
    device_known_frauds: 1,
    address_known_frauds: 1,
  },
};

const TREES: Partial<BoostOptions> = {
  trees: 100,
  rate: 0.06,
  leavesMax: 6,
  curvatureMin: 3,
  lambda: 8,
  featureShare: 0.5,
};

const treesFor = ({ features, directions }: Taste): Partial<BoostOptions> => ({
  ...TREES,
  monotone: features.map((name) => directions[name] ?? 0),
});

const NET = { hidden: [24, 12], rate: 0.003, batch: 512, decay: 1e-4 };
const NET_LIMITS = { epochsMax: 12, patience: 3, timeMs: 300_000 };
const SHARES = { trees: 0.9, logistic: 0.05, net: 0.05 };
/** So many forests from different dice are averaged: it steadies the order of those little is known of. */
const FORESTS = 3;
const LOGISTIC = { penalty: 20, logarithmic: true };

export interface Labelled {
  readonly data: Matrix;
  readonly labels: Uint8Array;
}

/** Rows of a table with the features of the model. */
export const labelledRows = (table: FeatureTable, rows: Int32Array, labels: Uint8Array): Labelled => ({
  data: rowsOf(table, rows, chosenColumns(table, MODEL_FEATURES)),
  labels: Uint8Array.from(rows, (row) => labels[row] as number),
});

function picked({ data, labels }: Labelled, keep: (i: number) => boolean): Labelled {
  const rows = Int32Array.from(labels.keys()).filter((i) => keep(i));
  const values = new Float32Array(rows.length * data.width);
  rows.forEach((row, i) => values.set(data.values.subarray(row * data.width, (row + 1) * data.width), i * data.width));
  return { data: { count: rows.length, width: data.width, values }, labels: labelsOf(labels, rows) };
}

const labelsOf = (labels: Uint8Array, rows: Int32Array): Uint8Array =>
  Uint8Array.from(rows, (row) => labels[row] as number);

/** The net measures itself by the last seventh of the rows, the newest. */
async function trainNet(all: Labelled, seed: number): Promise<DenseNet> {
  const from = Math.floor((all.labels.length * 6) / 7);
  const [early, late] = [picked(all, (i) => i < from), picked(all, (i) => i >= from)];
  const learner = netLearner(early.data, early.labels, late, { ...NET, seed });
  await fitLearner(learner, NET_LIMITS, { clock: () => performance.now() });
  return learner.net();
}

async function trainMembers(all: Labelled, seed: number, taste: Taste): Promise<FraudModel> {
  return {
    features: taste.features,
    trees: averaged(
      Array.from({ length: FORESTS }, (_, i) =>
        boost(all.data, all.labels, { ...treesFor(taste), seed: seedOf(seed, i) }),
      ),
    ),
    logistic: fitLogistic(all.data, all.labels, LOGISTIC),
    net: await trainNet(all, seed),
    shares: SHARES,
    calibration: { slope: 1, intercept: 0 },
  };
}

/** Scores of rows by a model that has not seen them: each half by what the other half taught. */
async function crossScores(all: Labelled, seed: number, taste: Taste): Promise<Float64Array> {
  const scores = new Float64Array(all.labels.length);
  for (const half of [0, 1]) {
    const model = await trainMembers(
      picked(all, (i) => i % 2 !== half),
      seed,
      taste,
    );
    for (let i = half; i < scores.length; i += 2) scores[i] = blendScore(model, all.data.values, i * all.data.width);
  }
  return scores;
}

/** Needs a backend in use. @param all in the order of time */
export async function trainFraud(all: Labelled, seed: number, taste: Taste = OF_THE_FILES): Promise<FraudModel> {
  const model = await trainMembers(all, seed, taste);
  return { ...model, calibration: fitCalibration(await crossScores(all, seed, taste), all.labels) };
}
