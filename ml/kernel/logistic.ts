/**
 * Logistic regression on a few dozen features, solved by Newton's method: exact, without chance, a few passes. Long
 * tails are drawn in by a signed logarithm and each feature is brought to mean 0 and deviation 1 first.
 */
import type { Matrix } from "./trees/bins";
import { sigmoid } from "./trees/boost";

export interface Scaling {
  readonly means: readonly number[];
  readonly deviations: readonly number[];
  /** Whether a feature goes through the signed logarithm first. */
  readonly logarithmic: boolean;
}

export interface Logistic {
  readonly scaling: Scaling;
  readonly bias: number;
  readonly weights: readonly number[];
}

export interface LogisticOptions {
  /** L2 on the weights, in units of examples. */
  readonly penalty: number;
  readonly logarithmic: boolean;
}

const STEPS_MAX = 30;
const drawnIn = (x: number): number => Math.sign(x) * Math.log1p(Math.abs(x));

export function scaled({ means, deviations, logarithmic }: Scaling, feature: number, x: number): number {
  return ((logarithmic ? drawnIn(x) : x) - (means[feature] as number)) / (deviations[feature] as number);
}

export function scalingOf({ count, width, values }: Matrix, logarithmic: boolean): Scaling {
  const means = new Array<number>(width).fill(0);
  const squares = new Array<number>(width).fill(0);
  for (let i = 0; i < count; i++) {
    for (let f = 0; f < width; f++) {
      const raw = values[i * width + f] as number;
      const x = logarithmic ? drawnIn(raw) : raw;
      const before = x - (means[f] as number);
      means[f] = (means[f] as number) + before / (i + 1);
      squares[f] = (squares[f] as number) + before * (x - (means[f] as number));
    }
  }
  const deviations = squares.map((sum) => Math.sqrt(sum / Math.max(1, count)) || 1);
  return { means, deviations, logarithmic };
}

/** The matrix with each feature scaled, as training and the net want it. */
export function scaledMatrix({ count, width, values }: Matrix, scaling: Scaling): Matrix {
  return { count, width, values: values.map((x, i) => scaled(scaling, i % width, x)) };
}

/** The lower triangle L of A = L Lᵀ for a symmetric positive definite A (Cholesky), in place. */
function decompose(a: readonly Float64Array[]): void {
  for (const [i, row] of a.entries()) {
    for (let j = 0; j <= i; j++) {
      const other = a[j] as Float64Array;
      let sum = row[j] as number;
      for (let k = 0; k < j; k++) sum -= (row[k] as number) * (other[k] as number);
      row[j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / (other[j] as number);
    }
  }
}

/** Solves A x = b; A is used up. */
function solved(a: readonly Float64Array[], b: Float64Array): Float64Array {
  decompose(a);
  const x = Float64Array.from(b);
  for (const [i, row] of a.entries()) {
    for (let k = 0; k < i; k++) x[i] = (x[i] as number) - (row[k] as number) * (x[k] as number);
    x[i] = (x[i] as number) / (row[i] as number);
  }
  for (let i = x.length - 1; i >= 0; i--) {
    const row = a[i] as Float64Array;
    x[i] = (x[i] as number) / (row[i] as number);
    for (let k = 0; k < i; k++) x[k] = (x[k] as number) - (row[k] as number) * (x[i] as number);
  }
  return x;
}

/** One Newton step from `weights` (the last one is the bias). @returns what to add to them */
function newtonStep(data: Matrix, labels: ArrayLike<number>, weights: Float64Array, penalty: number): Float64Array {
  const { count, width, values } = data;
  const n = width + 1;
  const curvature = Array.from({ length: n }, () => new Float64Array(n));
  const gradient = new Float64Array(n);
  const row = new Float64Array(n).fill(1);
  for (let i = 0; i < count; i++) {
    let score = weights[width] as number;
    for (let f = 0; f < width; f++) {
      row[f] = values[i * width + f] as number;
      score += (weights[f] as number) * (row[f] as number);
    }
    const p = sigmoid(score);
    const [error, weight] = [(labels[i] as number) - p, p * (1 - p)];
    for (let f = 0; f < n; f++) {
      const x = row[f] as number;
      gradient[f] = (gradient[f] as number) + error * x;
      const line = curvature[f] as Float64Array;
      for (let g = 0; g <= f; g++) line[g] = (line[g] as number) + weight * x * (row[g] as number);
    }
  }
  for (let f = 0; f < n; f++) {
    const own = f < width ? penalty : 1e-9;
    gradient[f] = (gradient[f] as number) - own * (weights[f] as number);
    const line = curvature[f] as Float64Array;
    line[f] = (line[f] as number) + own;
  }
  return solved(curvature, gradient);
}

/** A step is cut to this length: far from the solution the curvature is nearly nothing and Newton overshoots. */
const STRIDE_MAX = 4;

export function fitLogistic(data: Matrix, labels: ArrayLike<number>, options: LogisticOptions): Logistic {
  const scaling = scalingOf(data, options.logarithmic);
  const ready = scaledMatrix(data, scaling);
  const weights = new Float64Array(data.width + 1);
  for (let step = 0; step < STEPS_MAX; step++) {
    const move = newtonStep(ready, labels, weights, options.penalty);
    const length = Math.hypot(...move);
    const cut = Math.min(1, STRIDE_MAX / length);
    move.forEach((by, f) => (weights[f] = (weights[f] as number) + by * cut));
    if (length < 1e-8) break;
  }
  return { scaling, bias: weights[data.width] as number, weights: [...weights.subarray(0, data.width)] };
}

/** What each feature adds to the log-odds; with the bias it sums to the score. */
export function logisticParts({ scaling, weights }: Logistic, row: ArrayLike<number>, at = 0): Float64Array {
  return Float64Array.from(weights, (weight, f) => weight * scaled(scaling, f, row[at + f] as number));
}

/** Log-odds. */
export function logisticScore(model: Logistic, row: ArrayLike<number>, at = 0): number {
  let score = model.bias;
  for (let f = 0; f < model.weights.length; f++) {
    score += (model.weights[f] as number) * scaled(model.scaling, f, row[at + f] as number);
  }
  return score;
}
