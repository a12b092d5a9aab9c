/** A dense net that has been learnt, as plain loops: a few microseconds for a row, with the same bits each time. */
import { scaled, type Scaling } from "./logistic";

export interface DenseLayer {
  readonly inputs: number;
  readonly outputs: number;
  /** `inputs × outputs`, row by row. */
  readonly weights: readonly number[];
  readonly biases: readonly number[];
}

/** Rectified between its layers; the last layer has one output, the log-odds. */
export interface DenseNet {
  readonly scaling: Scaling;
  readonly layers: readonly DenseLayer[];
}

/** Inputs further from the mean than this many deviations tell nothing more. */
const FAR = 6;
export const clipped = (x: number): number => Math.max(-FAR, Math.min(FAR, x));

function through({ inputs, outputs, weights, biases }: DenseLayer, x: Float64Array, last: boolean): Float64Array {
  const y = Float64Array.from(biases);
  for (let i = 0; i < inputs; i++) {
    const xi = x[i] as number;
    if (xi === 0) continue;
    for (let o = 0; o < outputs; o++) y[o] = (y[o] as number) + xi * (weights[i * outputs + o] as number);
  }
  if (!last) for (let o = 0; o < outputs; o++) if ((y[o] as number) < 0) y[o] = 0;
  return y;
}

/** Of inputs that are scaled already. */
function forward(layers: readonly DenseLayer[], inputs: Float64Array): number {
  return layers.reduce((x, layer, i) => through(layer, x, i === layers.length - 1), inputs)[0] as number;
}

const inputsOf = ({ scaling }: DenseNet, row: ArrayLike<number>, at: number): Float64Array =>
  Float64Array.from(scaling.means, (_mean, f) => clipped(scaled(scaling, f, row[at + f] as number)));

/** Log-odds. */
export const netScore = (net: DenseNet, row: ArrayLike<number>, at = 0): number =>
  forward(net.layers, inputsOf(net, row, at));

/** What each feature adds: how the score falls when it is brought to its mean. They need not sum to the score. */
export function netParts(net: DenseNet, row: ArrayLike<number>): Float64Array {
  const inputs = inputsOf(net, row, 0);
  const score = forward(net.layers, inputs);
  return inputs.map((x, f) => (x === 0 ? 0 : score - forward(net.layers, inputs.with(f, 0))));
}
