/** The Handbook's protocol from transactions to one line per model. */
import { areaUnderRoc, averagePrecision } from "../kernel/metrics";
import type { Matrix } from "../kernel/trees/bins";
import { useBackend } from "../kernel/backends";
import { logisticBaseline, treesBaseline, type Scorer } from "./baseline";
import { chosenColumns, rowsOf } from "./columns";
import { foldAll, HANDBOOK_FEATURES, type FeatureTable, type FoldOptions } from "./features";
import { blendScore, memberScore, type FraudModel } from "./model";
import { cardPrecision, splitOf, startOfTraining, type Split } from "./protocol";
import { labelledRows, MODEL_FEATURES, trainFraud } from "./train";
import { firstFrom, SECONDS_A_DAY, type Transactions } from "./transactions";

export interface Measured {
  readonly name: string;
  readonly auc: number;
  readonly averagePrecision: number;
  readonly cardPrecision100: number;
}

export interface EvaluateOptions extends FoldOptions {
  /** Seconds since 1970; by default as `startOfTraining` says. */
  readonly start?: number;
  readonly seed: number;
  readonly told: (line: string) => void;
  /** Weeks of labelled history before the training week for a further line; 0 for none. */
  readonly historyWeeks: number;
}

export interface Evaluated {
  readonly measured: readonly Measured[];
  readonly model: FraudModel;
  readonly split: Split;
}

export const measuredLine = ({ name, auc, averagePrecision: ap, cardPrecision100: cp }: Measured): string =>
  `${name} AUC ${auc.toFixed(3)} AP ${ap.toFixed(3)} CP@100 ${cp.toFixed(3)}`;

interface Bench {
  readonly data: Transactions;
  readonly table: FeatureTable;
  readonly split: Split;
  readonly told: (line: string) => void;
}

function measure({ data, split, told }: Bench, name: string, test: Matrix, scorer: Scorer): Measured {
  const labels = Uint8Array.from(split.test, (row) => data.labels[row] as number);
  const scores = Float64Array.from({ length: test.count }, (_, i) => scorer(test.values, i * test.width));
  const measured = {
    name,
    auc: areaUnderRoc(labels, scores),
    averagePrecision: averagePrecision(labels, scores),
    cardPrecision100: cardPrecision(data, split.test, scores, 100),
  };
  told(measuredLine(measured));
  return measured;
}

function measureBaselines(bench: Bench, seed: number): Measured[] {
  const columns = chosenColumns(bench.table, HANDBOOK_FEATURES);
  const train = rowsOf(bench.table, bench.split.train, columns);
  const test = rowsOf(bench.table, bench.split.test, columns);
  const labels = Uint8Array.from(bench.split.train, (row) => bench.data.labels[row] as number);
  return [
    measure(bench, "baseline-logistic", test, logisticBaseline(train, labels)),
    measure(bench, "baseline-trees", test, treesBaseline(train, labels, seed)),
  ];
}

const testOf = ({ table, split }: Bench): Matrix => rowsOf(table, split.test, chosenColumns(table, MODEL_FEATURES));

function measureModel(bench: Bench, model: FraudModel): Measured[] {
  const test = testOf(bench);
  return [
    measure(bench, "logistic", test, (row, at) => memberScore(model, "logistic", row, at)),
    measure(bench, "net", test, (row, at) => memberScore(model, "net", row, at)),
    measure(bench, "trees", test, (row, at) => memberScore(model, "trees", row, at)),
    measure(bench, "blend", test, (row, at) => blendScore(model, row, at)),
  ];
}

/** Of the same kind, but taught by the weeks before as well, all of whose labels are known by the day of the test. */
async function measureHistory(bench: Bench, from: number, seed: number): Promise<Measured[]> {
  const last = bench.split.train[bench.split.train.length - 1] ?? 0;
  const rows = Int32Array.from({ length: last - from + 1 }, (_, i) => from + i);
  const model = await trainFraud(labelledRows(bench.table, rows, bench.data.labels), seed);
  return [measure(bench, "blend-history", testOf(bench), (row, at) => blendScore(model, row, at))];
}

/** Progress and figures go to `told` as they come. */
export async function evaluateFraud(data: Transactions, options: EvaluateOptions): Promise<Evaluated> {
  const { seed, told, historyWeeks } = options;
  told(`computing with ${await useBackend()}`);
  const start = options.start ?? startOfTraining(data);
  const split = splitOf(data, start);
  told(`training from ${new Date(start * 1_000).toISOString().slice(0, 10)}: ${split.train.length} rows,`);
  told(`test of ${split.test.length} rows, without the cards known to be compromised`);
  const historyFrom = Math.min(firstFrom(data, start - historyWeeks * 7 * SECONDS_A_DAY), split.train[0] ?? 0);
  const table = foldAll(data, { ...options, from: historyFrom });
  const bench: Bench = { data, table, split, told };
  const baselines = measureBaselines(bench, seed);
  const model = await trainFraud(labelledRows(table, split.train, data.labels), seed);
  const own = measureModel(bench, model);
  const history = historyWeeks > 0 ? await measureHistory(bench, historyFrom, seed) : [];
  return { measured: [...baselines, ...own, ...history], model, split };
}
