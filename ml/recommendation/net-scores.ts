/** What a trained net says of cases: logits of all items, many cases at once, of which the best are kept. */
import * as tf from "@tensorflow/tfjs-core";
import { product } from "../kernel/products";
import { type Weights, weightsOf } from "../kernel/parameters";
import type { Score } from "./metrics";
import { addTo } from "./neighbours";
import { read, shapesOf } from "./net-kinds";
import { type NetSettings, nothing } from "./net-parts";
import { type Cases, countOf, spanOf } from "./sequences";
import { largestOf } from "./top";

export interface Net {
  readonly weights: Weights;
  readonly settings: NetSettings;
}

/** As it was learnt: plain numbers, that can be handed to another thread. */
export interface LearntNet {
  readonly settings: NetSettings;
  readonly weights: Float32Array;
}

export const netOf = ({ settings, weights }: LearntNet): Net => ({
  settings,
  weights: weightsOf(shapesOf(settings), weights),
});

const AT_ONCE = 256;
/** A case's items that are kept: those after them are no candidates of the net's. */
export const NET_KEEP = 200;

function inputOf(cases: Cases, from: number, to: number, settings: NetSettings) {
  const spans = Array.from({ length: to - from }, (_none, i) => spanOf(cases.prefixes, from + i));
  const length = Math.min(settings.length, Math.max(1, ...spans.map((span) => span.to - span.from)));
  const inputs = new Int32Array(spans.length * length).fill(nothing(settings));
  spans.forEach((span, b) => {
    const taken = Math.min(length, span.to - span.from);
    inputs.set(span.items.subarray(span.to - taken, span.to), (b + 1) * length - taken);
  });
  return { inputs, batch: spans.length, length };
}

/** Calls back with each case's logits; they are overwritten after that. */
export function eachLogits(net: Net, cases: Cases, use: (caseNumber: number, logits: Float32Array) => void): void {
  const { weights, settings } = net;
  const { itemCount, width } = settings;
  const [columns, likes] = tf.tidy(() => [
    tf.transpose(tf.slice(weights["items"] as tf.Tensor2D, [0, 0], [itemCount, width])),
    tf.reshape(tf.slice(weights["liked"] as tf.Tensor2D, [0, 0], [itemCount, 1]), [1, itemCount]),
  ]);
  const all = countOf(cases.prefixes);
  for (let from = 0; from < all; from += AT_ONCE) {
    const input = inputOf(cases, from, Math.min(all, from + AT_ONCE), settings);
    const logits = tf.tidy(() => {
      const newest = Int32Array.from({ length: input.batch }, (_none, b) => (b + 1) * input.length - 1);
      const states = tf.gather(read(weights, settings, input), tf.tensor1d(newest, "int32"));
      return tf.add(product(states, columns), likes);
    });
    const values = logits.dataSync<"float32">();
    logits.dispose();
    for (let b = 0; b < input.batch; b++) use(from + b, values.subarray(b * itemCount, (b + 1) * itemCount));
  }
  tf.dispose([columns, likes]);
}

const LEAST = Number.NEGATIVE_INFINITY;

function hideSeen(logits: Float32Array, cases: Cases, caseNumber: number): void {
  const { items, from, to } = spanOf(cases.prefixes, caseNumber);
  for (let at = from; at < to; at++) logits[items[at] as number] = LEAST;
}

function rankAmong(logits: Float32Array, target: number): number {
  const own = logits[target] as number;
  if (own === LEAST) return logits.length;
  let rank = 0;
  // by number: an iterator over every item of every case takes several times as long
  for (let item = 0; item < logits.length; item++) if ((logits[item] as number) >= own) rank += 1;
  return Math.max(1, rank);
}

export function netRanks(net: Net, cases: Cases, { repeats }: { readonly repeats: boolean }): Int32Array {
  const ranks = new Int32Array(cases.targets.length);
  eachLogits(net, cases, (n, logits) => {
    if (!repeats) hideSeen(logits, cases, n);
    ranks[n] = rankAmong(logits, cases.targets[n] as number);
  });
  return ranks;
}

export interface Asked {
  readonly ranks: Int32Array;
  /** The best of each case, ready to be asked for; a sum is how near the item comes to the best one. */
  readonly score: Score;
}

/** Both the rank of what was taken and the best: the logits of a large catalogue are made once. */
export function askNet(net: Net, cases: Cases, repeats: boolean, told: (fraction: number) => void): Asked {
  const all = countOf(cases.prefixes);
  const keep = Math.min(NET_KEEP, net.settings.itemCount);
  const items = new Int32Array(all * keep);
  const values = new Float32Array(all * keep);
  const ranks = new Int32Array(all);
  eachLogits(net, cases, (n, logits) => {
    if (!repeats) hideSeen(logits, cases, n);
    ranks[n] = rankAmong(logits, cases.targets[n] as number);
    const best = largestOf(logits, keep);
    const top = logits[best[0] as number] as number;
    items.set(best, n * keep);
    best.forEach((item, i) => (values[n * keep + i] = Math.exp(((logits[item] as number) - top) / 2)));
    if (n % 1_000 === 0) told(n / all);
  });
  const score: Score = (_prefix, sums, caseNumber) => {
    for (let i = caseNumber * keep; i < (caseNumber + 1) * keep; i++) {
      addTo(sums, items[i] as number, values[i] as number);
    }
  };
  return { ranks, score };
}
