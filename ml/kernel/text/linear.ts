/**
 * Linear classifiers of sparse vectors: support vector machines with squared hinge loss, one class against the rest,
 * by dual coordinate descent (Hsieh et al., ICML 2008). What each gram contributes is its weight times its value.
 */
import { permutation, seedOf } from "../random";
import type { Sparse } from "./vectors";

export interface LinearOptions {
  /** How much a mistake costs. */
  readonly cost: number;
  /** A mistake on the rows of the class itself costs so many times more. */
  readonly own: number;
  readonly passes: number;
  readonly seed: number;
}

/** One class against the rest. */
export interface Linear {
  readonly bias: number;
  readonly weights: readonly number[];
}

export function dot({ indices, values }: Sparse, weights: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < indices.length; i++) sum += (values[i] as number) * (weights[indices[i] as number] as number);
  return sum;
}

/** A pass over the duals, in an order by chance. @returns the greatest change that was still worth making */
function pass(rows: readonly Sparse[], signs: Int8Array, state: Duals, order: Int32Array): number {
  const { weights, duals, norms, slack } = state;
  const bias = weights.length - 1;
  let greatest = 0;
  for (const row of order) {
    const x = rows[row] as Sparse;
    const sign = signs[row] as number;
    const ease = slack[sign > 0 ? 1 : 0];
    const before = duals[row] as number;
    const gradient = sign * (dot(x, weights) + (weights[bias] as number)) - 1 + ease * before;
    const after = Math.max(0, before - gradient / ((norms[row] as number) + ease));
    const change = (after - before) * sign;
    if (change === 0) continue;
    duals[row] = after;
    greatest = Math.max(greatest, Math.abs(change));
    for (let i = 0; i < x.indices.length; i++) {
      const at = x.indices[i] as number;
      weights[at] = (weights[at] as number) + change * (x.values[i] as number);
    }
    weights[bias] = (weights[bias] as number) + change;
  }
  return greatest;
}

interface Duals {
  /** The bias is the last one. */
  readonly weights: Float64Array;
  readonly duals: Float64Array;
  readonly norms: Float64Array;
  /** 1 / (2 cost) of the rest and of the class. */
  readonly slack: readonly [number, number];
}

const ENOUGH = 1e-3;

/** @param labels 1 for the class, 0 for the rest */
export function fitLinear(rows: readonly Sparse[], width: number, labels: ArrayLike<number>, o: LinearOptions): Linear {
  const signs = Int8Array.from(rows, (_row, i) => (labels[i] === 1 ? 1 : -1));
  const state: Duals = {
    weights: new Float64Array(width + 1),
    duals: new Float64Array(rows.length),
    norms: Float64Array.from(rows, ({ values }) => values.reduce((sum, x) => sum + x * x, 1)),
    slack: [1 / (2 * o.cost), 1 / (2 * o.cost * o.own)],
  };
  for (let i = 0; i < o.passes; i++) {
    if (pass(rows, signs, state, permutation(rows.length, seedOf(o.seed, i))) < ENOUGH) break;
  }
  return { bias: state.weights[width] as number, weights: [...state.weights.subarray(0, width)] };
}

export const linearScore = ({ bias, weights }: Linear, x: Sparse): number => bias + dot(x, weights);

/** One per class. */
export const fitOneVsRest = (
  rows: readonly Sparse[],
  width: number,
  classes: Int32Array,
  options: LinearOptions & { readonly classCount: number },
): Linear[] =>
  Array.from({ length: options.classCount }, (_none, c) =>
    fitLinear(
      rows,
      width,
      classes.map((one) => (one === c ? 1 : 0)),
      options,
    ),
  );

/** The class whose score, with its offset, is highest. */
export function bestClass(scores: readonly number[], offsets: readonly number[] = []): number {
  const shifted = scores.map((score, c) => score + (offsets[c] ?? 0));
  return shifted.indexOf(Math.max(...shifted));
}

/** The grams that speak loudest for a class, and against it; with the bias all of them sum to the score. */
export function loudest({ weights }: Linear, x: Sparse, terms: readonly string[], most: number) {
  return [...x.indices]
    .map((at, i) => ({ term: terms[at] ?? "", contribution: (weights[at] as number) * (x.values[i] as number) }))
    .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution))
    .slice(0, most);
}
