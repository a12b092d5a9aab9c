/**
 * A net that reads what somebody took, step by step, and says what comes next: embeddings, blocks of causal
 * self-attention with a bias by distance (what is near counts more, as much more as it learns), and the item embeddings
 * again as the output.
 */
import * as tf from "@tensorflow/tfjs-core";
import { product, turned } from "../kernel/products";
import type { Shape, Weights } from "../kernel/parameters";

export interface NetSettings {
  readonly itemCount: number;
  readonly width: number;
  readonly blocks: number;
  /** Steps that it looks back. */
  readonly length: number;
  readonly dropout: number;
}

/** The row of nothing: what stands before the first item. */
export const nothing = ({ itemCount }: NetSettings): number => itemCount;

export function shapesOf({ itemCount, width, blocks, length }: NetSettings): Shape[] {
  const dense = 1 / Math.sqrt(width);
  const block = (n: number): Shape[] => [
    { name: `query${n}`, shape: [width, width], deviation: dense },
    { name: `key${n}`, shape: [width, width], deviation: dense },
    { name: `value${n}`, shape: [width, width], deviation: dense },
    { name: `out${n}`, shape: [width, width], deviation: dense * 0.5 },
    { name: `near${n}`, shape: [length, 1], deviation: 0 },
    { name: `wide${n}`, shape: [width, 2 * width], deviation: dense },
    { name: `narrow${n}`, shape: [2 * width, width], deviation: dense * 0.5 },
    { name: `scaleA${n}`, shape: [width], deviation: 0, start: 1 },
    { name: `scaleB${n}`, shape: [width], deviation: 0, start: 1 },
  ];
  return [
    { name: "items", shape: [itemCount + 1, width], deviation: 0.05 },
    { name: "liked", shape: [itemCount + 1, 1], deviation: 0 },
    ...Array.from({ length: blocks }, (_none, n) => block(n)).flat(),
    { name: "scale", shape: [width], deviation: 0, start: 1 },
  ];
}

/** Sets some numbers to zero and raises the others; the same `x` where nothing is dropped. */
export type Drop = (x: tf.Tensor) => tf.Tensor;
export const dropNothing: Drop = (x) => x;

const weight = (weights: Weights, name: string): tf.Tensor => weights[name] as tf.Tensor;

/** Every vector at length √width, then scaled. */
const normed = (x: tf.Tensor, scale: tf.Tensor): tf.Tensor =>
  tf.mul(tf.mul(x, tf.rsqrt(tf.add(tf.mean(tf.square(x), -1, true), 1e-6))), scale);

const NEVER = -1e9;

/** What attention may not see: later steps, and steps before the first. `[batch, length, length]`. */
function blocked(inputs: Int32Array, batch: number, length: number, none: number): Float32Array {
  const mask = new Float32Array(batch * length * length);
  for (let b = 0; b < batch; b++) {
    for (let i = 0; i < length; i++) {
      for (let j = 0; j < length; j++) {
        const hidden = j > i || (inputs[b * length + j] === none && j !== i);
        if (hidden) mask[(b * length + i) * length + j] = NEVER;
      }
    }
  }
  return mask;
}

export interface Input {
  /** `batch × length` items, each sequence at the end of its row. */
  readonly inputs: Int32Array;
  readonly batch: number;
  readonly length: number;
}

interface Reading {
  readonly weights: Weights;
  readonly width: number;
  readonly drop: Drop;
}

function attended(x: tf.Tensor2D, n: number, hidden: tf.Tensor3D, { weights, width, drop }: Reading): tf.Tensor {
  const [batch, length] = hidden.shape;
  const cube = (y: tf.Tensor): tf.Tensor3D => tf.reshape(y, [batch, length, width]);
  const part = (name: string): tf.Tensor3D => cube(product(x as tf.Tensor, weight(weights, `${name}${n}`)));
  const distances = Int32Array.from({ length: length * length }, (_none, at) =>
    Math.max(0, Math.floor(at / length) - (at % length)),
  );
  const near = tf.reshape(tf.gather(weight(weights, `near${n}`), tf.tensor1d(distances, "int32")), [1, length, length]);
  const scores = tf.mul(product(part("query"), turned(part("key"))), 1 / Math.sqrt(width));
  const shares = tf.softmax(tf.add(tf.add(scores, near), hidden)) as tf.Tensor3D;
  const mixed = product(drop(shares) as tf.Tensor3D, part("value"));
  return product<tf.Tensor>(tf.reshape(mixed, [batch * length, width]), weight(weights, `out${n}`));
}

/** What the net makes of each step: `[batch × length, width]`; step `length - 1` of a row is the newest. */
export function read(weights: Weights, settings: NetSettings, input: Input, drop: Drop = dropNothing): tf.Tensor2D {
  const { inputs, batch, length } = input;
  const { width } = settings;
  const reading = { weights, width, drop };
  const hidden = tf.tensor3d(blocked(inputs, batch, length, nothing(settings)), [batch, length, length]);
  const embedded = tf.mul(tf.gather(weight(weights, "items"), tf.tensor1d(inputs, "int32")), Math.sqrt(width));
  let x = drop(embedded);
  for (let n = 0; n < settings.blocks; n++) {
    const a = normed(x, weight(weights, `scaleA${n}`)) as tf.Tensor2D;
    x = tf.add(x, drop(attended(a, n, hidden, reading)));
    const b = normed(x, weight(weights, `scaleB${n}`));
    const wide = tf.relu(product(b, weight(weights, `wide${n}`)));
    x = tf.add(x, drop(product(wide, weight(weights, `narrow${n}`))));
  }
  return normed(x, weight(weights, "scale")) as tf.Tensor2D;
}
