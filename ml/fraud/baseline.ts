/** What the model has to beat: the Handbook's own features under the Handbook's kinds of models. */
import { fitLogistic, logisticScore } from "../kernel/logistic";
import { boost, scoreOf } from "../kernel/trees/boost";
import type { Matrix } from "../kernel/trees/bins";

export type Scorer = (row: Float32Array, at: number) => number;

export function logisticBaseline(data: Matrix, labels: Uint8Array): Scorer {
  const model = fitLogistic(data, labels, { penalty: 1, logarithmic: false });
  return (row, at) => logisticScore(model, row, at);
}

export function treesBaseline(data: Matrix, labels: Uint8Array, seed: number): Scorer {
  const model = boost(data, labels, { trees: 100, rate: 0.1, leavesMax: 8, seed });
  return (row, at) => scoreOf(model, row, at);
}
