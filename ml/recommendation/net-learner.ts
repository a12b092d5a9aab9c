/**
 * How the sequence net is learnt: softmax over the right item and a sample of others, corrected for how often each is
 * drawn.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { Learner } from "../kernel/fit";
import { gradientsOf, parametersOf } from "../kernel/parameters";
import { firstIsRight, product, turned } from "../kernel/products";
import { type Chance, chance, seedOf } from "../kernel/random";
import { judgedOf } from "./metrics";
import { type Batch, batchesOf, drawing, type Drawn, dropMask, stepsPerBatch } from "./net-batches";
import { netRanks } from "./net-scores";
import { read, shapesOf } from "./net-kinds";
import { type Drop, type NetSettings, nothing } from "./net-parts";
import { type Cases, countsOf, type Sequences } from "./sequences";

export interface NetData {
  readonly settings: NetSettings;
  readonly sequences: Sequences;
  /** What the measure is taken on; without them every epoch counts as better. */
  readonly validation: Cases | null;
  readonly repeats: boolean;
  readonly sampled: number;
  readonly rate: number;
  readonly first: number;
}

const NEVER = -1e9;

/** Zero, but where a sampled item is the right one: it must not count against itself. */
function collisions(targets: Int32Array, sampled: Int32Array, logChance: Float32Array): Float32Array {
  const columns = sampled.length;
  const where = new Map<number, number[]>();
  sampled.forEach((item, k) => where.set(item, [...(where.get(item) ?? []), k]));
  const correction = Float32Array.from(sampled, (item) => -(logChance[item] as number) - Math.log(columns));
  const mask = new Float32Array(targets.length * columns);
  targets.forEach((target, n) => {
    mask.set(correction, n * columns);
    for (const k of where.get(target) ?? []) mask[n * columns + k] = NEVER;
  });
  return mask;
}

function dropping(share: number, random: Chance): Drop {
  return share === 0 ? (x) => x : (x) => tf.mul(x, tf.tensor(dropMask(x.size, share, random), x.shape));
}

function lossOf(
  weights: tf.NamedTensorMap,
  batch: Batch,
  data: NetData,
  draw: { drawn: Drawn; random: Chance },
): tf.Scalar {
  const { settings, sampled: count } = data;
  const { drawn, random } = draw;
  const sampled = drawn.draw(count, random);
  const states = read(weights, settings, batch, dropping(settings.dropout, random));
  const chosen = tf.gather(states, tf.tensor1d(batch.rows, "int32"));
  const asked = tf.tensor1d(Int32Array.from([...batch.targets, ...sampled]), "int32");
  const rows = batch.targets.length;
  const vectors = tf.gather(weights["items"] as tf.Tensor2D, asked);
  const liked = tf.gather(weights["liked"] as tf.Tensor2D, asked);
  const right = tf.slice(vectors, [0, 0], [rows, settings.width]);
  const others = tf.slice(vectors, [rows, 0], [count, settings.width]);
  const rightLogits = tf.add(tf.sum(tf.mul(chosen, right), 1, true), tf.slice(liked, [0, 0], [rows, 1]));
  const otherLikes = tf.reshape(tf.slice(liked, [rows, 0], [count, 1]), [1, count]);
  const mask = tf.tensor2d(collisions(batch.targets, sampled, drawn.logChance), [rows, count]);
  const otherLogits = tf.add(tf.add(product(chosen, turned(others)), otherLikes), mask);
  return firstIsRight(tf.concat([rightLogits, otherLogits], 1) as tf.Tensor2D);
}

/** Slowly at first, and slower and slower from then on. */
const rateAt = (rate: number, step: number): number => rate * Math.min(1, (step + 1) / 100) * 0.5 ** (step / 6_000);

export function learner(data: NetData, seed: number): Promise<Learner> {
  const parameters = parametersOf(shapesOf(data.settings), seed);
  const drawn = drawing(countsOf(data.sequences, data.settings.itemCount));
  const { length, itemCount } = data.settings;
  const none = nothing(data.settings);
  const steps = stepsPerBatch(itemCount);
  const learn = (batch: Batch, random: Chance, step: number): number => {
    const { value, gradients } = tf.tidy(() =>
      gradientsOf(parameters.weights, () => lossOf(parameters.weights, batch, data, { drawn, random })),
    );
    parameters.step(gradients, rateAt(data.rate, step));
    tf.dispose(gradients);
    return value;
  };
  let epochs = 0;
  return Promise.resolve({
    epoch: (epoch) => {
      epochs = epoch;
      const random = chance(seedOf(seed, epoch));
      const batches = batchesOf(data.sequences, { length, none, steps, seed: seedOf(seed, epoch) });
      let sum = 0;
      batches.forEach((make, n) => (sum += learn(make(), random, (epoch - 1) * batches.length + n)));
      return Promise.resolve(sum / Math.max(1, batches.length));
    },
    measure: () => {
      if (data.validation === null) return Promise.resolve(epochs);
      const judged = judgedOf(
        netRanks({ weights: parameters.weights, settings: data.settings }, data.validation, data),
        data.first,
      );
      return Promise.resolve(judged.ndcg + judged.hitRate + judged.mrr);
    },
    save: parameters.save,
    load: parameters.load,
  } satisfies Learner);
}
