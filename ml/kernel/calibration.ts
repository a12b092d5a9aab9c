/**
 * Makes a score say what it means: of the things scored p, a share of p should be so (Platt: an affine map of the
 * log-odds). The order of scores stays as it is.
 */
import { fitLogistic } from "./logistic";
import { sigmoid } from "./trees/boost";

export interface Calibration {
  readonly slope: number;
  readonly intercept: number;
}

/** @param scores log-odds of rows that the scorer has not learnt from */
export function fitCalibration(scores: Float64Array, labels: ArrayLike<number>): Calibration {
  const data = { count: scores.length, width: 1, values: Float32Array.from(scores) };
  const { bias, weights, scaling } = fitLogistic(data, labels, { penalty: 1, logarithmic: false });
  const slope = (weights[0] as number) / (scaling.deviations[0] as number);
  // a scorer that knows nothing must not have its order turned round
  const upward = Math.max(slope, 1e-6);
  return { slope: upward, intercept: bias - upward * (scaling.means[0] as number) };
}

export const calibrated = ({ slope, intercept }: Calibration, score: number): number =>
  sigmoid(slope * score + intercept);

/** Expected calibration error: how far, on average over tenths of the rows, what is told is from what is so. */
export function calibrationError(labels: ArrayLike<number>, probabilities: Float64Array, parts = 10): number {
  const order = Int32Array.from(probabilities.keys()).sort(
    (a, b) => (probabilities[a] as number) - (probabilities[b] as number),
  );
  let error = 0;
  for (let part = 0; part < parts; part++) {
    const from = Math.floor((part * order.length) / parts);
    const to = Math.floor(((part + 1) * order.length) / parts);
    let difference = 0;
    for (let i = from; i < to; i++) {
      const row = order[i] as number;
      difference += (probabilities[row] as number) - (labels[row] as number);
    }
    error += Math.abs(difference);
  }
  return error / Math.max(1, order.length);
}
