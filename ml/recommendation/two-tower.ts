/**
 * Two towers: one makes a vector of what somebody took, the other has one for each item; what lies near is proposed.
 * The first one mixes what was taken, each with a weight by how far back it lies (learnt, the same for everybody), and
 * bends it once. It knows less of order than attention, and is wrong elsewhere: that is what it is blended for.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { Shape, Weights } from "../kernel/parameters";
import { product } from "../kernel/products";
import { beginningOf, distancesOf, dropNothing, type Drop, type Input, type NetSettings, normed } from "./net-parts";

export function towerShapes({ itemCount, width, length }: NetSettings): Shape[] {
  const dense = 1 / Math.sqrt(width);
  return [
    // the same for what was taken as for what is proposed: on sparse files two of each are learnt by heart
    { name: "items", shape: [itemCount + 1, width], deviation: 0.05 },
    { name: "liked", shape: [itemCount + 1, 1], deviation: 0 },
    { name: "near", shape: [length, 1], deviation: 0 },
    { name: "wide", shape: [width, 2 * width], deviation: dense },
    { name: "narrow", shape: [2 * width, width], deviation: dense * 0.5 },
    { name: "scaleA", shape: [width], deviation: 0, start: 1 },
    { name: "scale", shape: [width], deviation: 0, start: 1 },
  ];
}

/** The vector of who took this, after each step: `[batch × length, width]`. */
export function readTower(
  weights: Weights,
  settings: NetSettings,
  input: Input,
  drop: Drop = dropNothing,
): tf.Tensor2D {
  const { batch, length } = input;
  const { width } = settings;
  const weight = (name: string): tf.Tensor => weights[name] as tf.Tensor;
  const { taken, hidden } = beginningOf(weight("items"), settings, input);
  const near = tf.reshape(tf.gather(weight("near"), distancesOf(length)), [1, length, length]);
  const shares = tf.softmax(tf.add(hidden, near)) as tf.Tensor3D;
  const steps = tf.reshape<tf.Rank.R3>(drop(taken), [batch, length, width]);
  const mixed = tf.reshape<tf.Rank.R2>(product(shares, steps), [batch * length, width]);
  const wide = tf.relu(product<tf.Tensor>(normed(mixed, weight("scaleA")), weight("wide")));
  const bent = tf.add(mixed, drop(product<tf.Tensor>(wide, weight("narrow"))));
  return normed(bent, weight("scale")) as tf.Tensor2D;
}
