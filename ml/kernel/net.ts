/**
 * A small dense net for a yes or no, as it learns: in TensorFlow.js. What it has learnt is folded into plain numbers,
 * and answers without TensorFlow.js.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { Learner } from "./fit";
import { scaledMatrix, scalingOf, type Scaling } from "./logistic";
import { areaUnderRoc } from "./metrics";
import { clipped, netScore, type DenseNet } from "./net-score";
import { normals, permutation, seedOf } from "./random";
import type { Matrix } from "./trees/bins";

export interface NetOptions {
  readonly hidden: readonly number[];
  readonly rate: number;
  readonly batch: number;
  readonly seed: number;
  /** L2 on the weights. */
  readonly decay: number;
}

export interface NetLearner extends Learner {
  net(): DenseNet;
}

type Shape = readonly (readonly [number, number])[];

function variablesOf(shape: Shape, seed: number): tf.Variable[] {
  return shape.flatMap(([inputs, outputs], i) => [
    tf.variable(tf.tensor2d(normals(inputs * outputs, Math.sqrt(2 / inputs), seedOf(seed, i)), [inputs, outputs])),
    tf.variable(tf.zeros([outputs])),
  ]);
}

function logitsOf(x: tf.Tensor2D, variables: readonly tf.Variable[]): tf.Tensor1D {
  let y: tf.Tensor2D = x;
  for (let i = 0; i < variables.length; i += 2) {
    const sum = tf.add(tf.matMul(y, variables[i] as tf.Tensor2D), variables[i + 1] as tf.Tensor);
    y = (i + 2 < variables.length ? tf.relu(sum) : sum) as tf.Tensor2D;
  }
  return tf.reshape(y, [-1]);
}

/** Mean of softplus(z) − y·z, written so that it does not overflow, and the decay. */
export function netLoss(x: tf.Tensor2D, y: tf.Tensor1D, variables: readonly tf.Variable[], decay: number): tf.Scalar {
  const z = logitsOf(x, variables);
  const soft = tf.add(tf.relu(z), tf.log(tf.add(tf.exp(tf.neg(tf.abs(z))), 1)));
  const fit = tf.mean(tf.sub(soft, tf.mul(y, z)));
  const weights = variables.filter((_one, i) => i % 2 === 0).map((w) => tf.sum(tf.square(w as tf.Tensor)));
  return tf.add<tf.Scalar>(fit, tf.mul(decay, tf.addN(weights)));
}

/** The net as plain numbers. */
function folded(scaling: Scaling, shape: Shape, variables: readonly tf.Variable[]): DenseNet {
  const layers = shape.map(([inputs, outputs], i) => ({
    inputs,
    outputs,
    weights: [...(variables[2 * i] as tf.Variable).dataSync()],
    biases: [...(variables[2 * i + 1] as tf.Variable).dataSync()],
  }));
  return { scaling, layers };
}

const kept = (variables: readonly tf.Variable[]): Pick<Learner, "save" | "load"> => ({
  save: () => Float32Array.from(variables.flatMap((variable) => [...variable.dataSync()])),
  load(saved) {
    let from = 0;
    for (const variable of variables) {
      const part = saved.slice(from, (from += variable.size));
      tf.tidy(() => variable.assign(tf.tensor(part, variable.shape)));
    }
  },
});

/** Needs a backend in use. @param held what it measures itself by (area under ROC); not learnt from */
export function netLearner(
  data: Matrix,
  labels: Uint8Array,
  held: { data: Matrix; labels: Uint8Array },
  o: NetOptions,
): NetLearner {
  const scaling = scalingOf(data, true);
  const inputs = scaledMatrix(data, scaling).values.map(clipped);
  const widths = [data.width, ...o.hidden, 1];
  const shape: Shape = widths.slice(1).map((outputs, i) => [widths[i] as number, outputs]);
  const variables = variablesOf(shape, o.seed);
  const optimizer = tf.train.adam(o.rate);
  const batchOf = (rows: Int32Array): { x: Float32Array; y: Float32Array } => {
    const x = new Float32Array(rows.length * data.width);
    rows.forEach((row, i) => x.set(inputs.subarray(row * data.width, (row + 1) * data.width), i * data.width));
    return { x, y: Float32Array.from(rows, (row) => labels[row] as number) };
  };
  const learnFrom = (rows: Int32Array): number => {
    const { x, y } = batchOf(rows);
    return tf.tidy(() => {
      const xs = tf.tensor2d(x, [rows.length, data.width]);
      const ys = tf.tensor1d(y);
      const loss = optimizer.minimize(() => netLoss(xs, ys, variables, o.decay), true, variables);
      return loss?.dataSync()[0] ?? NaN;
    });
  };
  const learnt = (): DenseNet => folded(scaling, shape, variables);
  return {
    ...kept(variables),
    net: learnt,
    epoch(epoch) {
      const order = permutation(data.count, seedOf(o.seed, 1_000 + epoch));
      let [sum, batches] = [0, 0];
      for (let from = 0; from < order.length; from += o.batch, batches++)
        sum += learnFrom(order.subarray(from, from + o.batch));
      return Promise.resolve(sum / batches);
    },
    measure() {
      const net = learnt();
      const { count, width, values } = held.data;
      const scores = Float64Array.from({ length: count }, (_, row) => netScore(net, values, row * width));
      return Promise.resolve(areaUnderRoc(held.labels, scores));
    },
  };
}
