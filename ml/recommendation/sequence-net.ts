/**
 * A net that reads what somebody took, step by step, and says what comes next: embeddings, blocks of causal
 * self-attention with a bias by distance (what is near counts more, as much more as it learns), and the item embeddings
 * again as the output.
 */
import * as tf from "@tensorflow/tfjs-core";
import { product, turned } from "../kernel/products";
import type { Shape, Weights } from "../kernel/parameters";
import { beginningOf, distancesOf, dropNothing, type Drop, type Input, type NetSettings, normed } from "./net-parts";

export function attentionShapes({ itemCount, width, blocks, length }: NetSettings): Shape[] {
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

const weight = (weights: Weights, name: string): tf.Tensor => weights[name] as tf.Tensor;

interface Reading {
  readonly weights: Weights;
  readonly width: number;
  readonly drop: Drop;
}

function attended(x: tf.Tensor2D, n: number, hidden: tf.Tensor3D, { weights, width, drop }: Reading): tf.Tensor {
  const [batch, length] = hidden.shape;
  const cube = (y: tf.Tensor): tf.Tensor3D => tf.reshape(y, [batch, length, width]);
  const part = (name: string): tf.Tensor3D => cube(product(x as tf.Tensor, weight(weights, `${name}${n}`)));
  const near = tf.reshape(tf.gather(weight(weights, `near${n}`), distancesOf(length)), [1, length, length]);
  const scores = tf.mul(product(part("query"), turned(part("key"))), 1 / Math.sqrt(width));
  const shares = tf.softmax(tf.add(tf.add(scores, near), hidden)) as tf.Tensor3D;
  const mixed = product(drop(shares) as tf.Tensor3D, part("value"));
  return product<tf.Tensor>(tf.reshape(mixed, [batch * length, width]), weight(weights, `out${n}`));
}

/** What the net makes of each step: `[batch × length, width]`; step `length - 1` of a row is the newest. */
export function readAttention(
  weights: Weights,
  settings: NetSettings,
  input: Input,
  drop: Drop = dropNothing,
): tf.Tensor2D {
  const reading = { weights, width: settings.width, drop };
  const { taken, hidden } = beginningOf(weight(weights, "items"), settings, input);
  let x = drop(taken);
  for (let n = 0; n < settings.blocks; n++) {
    const a = normed(x, weight(weights, `scaleA${n}`)) as tf.Tensor2D;
    x = tf.add(x, drop(attended(a, n, hidden, reading)));
    const b = normed(x, weight(weights, `scaleB${n}`));
    const wide = tf.relu(product(b, weight(weights, `wide${n}`)));
    x = tf.add(x, drop(product(wide, weight(weights, `narrow${n}`))));
  }
  return normed(x, weight(weights, "scale")) as tf.Tensor2D;
}
