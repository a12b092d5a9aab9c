/**
 * Lists of what comes next, smoothed: the matrix of all transitions brought down to few directions (a truncated
 * singular value decomposition), so that an item which was seen seldom borrows from those that behave like it, over any
 * number of steps. Where files are sparse, most of what is taken next never stood beside what was taken last.
 */
import * as tf from "@tensorflow/tfjs-core";
import { normals, seedOf } from "../kernel/random";
import { type Counted, fading, type Lists, neighbours } from "./neighbours";
import { largestOf } from "./top";
import type { TransitionSettings } from "./transition";

export interface SmoothSettings {
  /** Directions that are kept. */
  readonly rank: number;
  /** What a step further between two items leaves of a pair's count. */
  readonly decay: number;
  /** Counts are divided by this power of how often each of both items occurs. */
  readonly power: number;
  /** Neighbours per item. */
  readonly keep: number;
}

export const SMOOTH: SmoothSettings = { rank: 128, decay: 0.6, power: 0.35, keep: 200 };

/** Every item is multiplied with every other one: of more than so many, that takes longer than it gives. */
export const SMOOTHED_MAX = 20_000;

const ROUNDS = 3;
const WINDOW = 30;
/** Of the matrix that is smoothed, so many neighbours of each item are looked at. */
const DENSE = 1_000;
const SEED = 17;

/** `y = A x` */
function times({ starts, items, weights }: Lists, x: Float64Array, y: Float64Array): void {
  for (let row = 0; row < y.length; row++) {
    let sum = 0;
    for (let i = starts[row] as number; i < (starts[row + 1] as number); i++) {
      sum += (weights[i] as number) * (x[items[i] as number] as number);
    }
    y[row] = sum;
  }
}

/** `y = Aᵀ x` */
function timesTurned({ starts, items, weights }: Lists, x: Float64Array, y: Float64Array): void {
  y.fill(0);
  for (let row = 0; row < x.length; row++) {
    const value = x[row] as number;
    for (let i = starts[row] as number; i < (starts[row + 1] as number); i++) {
      const item = items[i] as number;
      y[item] = (y[item] as number) + (weights[i] as number) * value;
    }
  }
}

function squareOf(column: Float64Array): number {
  let sum = 0;
  for (const value of column) sum += value * value;
  return sum;
}

/** What is left of a column by rounding alone: the others say all of it already. */
const NOTHING = 1e-16;

/** Makes columns perpendicular to each other and of length 1 (modified Gram and Schmidt), or zero. */
function perpendicular(columns: readonly Float64Array[]): void {
  columns.forEach((column, n) => {
    const whole = squareOf(column);
    for (const before of columns.slice(0, n)) {
      let along = 0;
      for (let i = 0; i < column.length; i++) along += (column[i] as number) * (before[i] as number);
      for (let i = 0; i < column.length; i++) column[i] = (column[i] as number) - along * (before[i] as number);
    }
    const left = squareOf(column);
    const scale = left <= whole * NOTHING ? 0 : 1 / Math.sqrt(left);
    for (let i = 0; i < column.length; i++) column[i] = (column[i] as number) * scale;
  });
}

interface LowRank {
  /** Columns of `A V` and of `V`: their product is the nearest to A that so few directions allow. */
  readonly left: readonly Float64Array[];
  readonly right: readonly Float64Array[];
}

/** By subspace iteration: each round turns the directions further towards those that A stretches most. */
export function lowRank(matrix: Lists, rank: number): LowRank {
  const size = matrix.starts.length - 1;
  const right = Array.from({ length: Math.min(rank, size) }, (_none, n) =>
    Float64Array.from(normals(size, 1, seedOf(SEED, n))),
  );
  const work = new Float64Array(size);
  for (let round = 0; round < ROUNDS; round++) {
    for (const column of right) {
      times(matrix, column, work);
      timesTurned(matrix, work, column);
    }
    perpendicular(right);
  }
  const left = right.map((column) => {
    const image = new Float64Array(size);
    times(matrix, column, image);
    return image;
  });
  return { left, right };
}

/** Rows of a product at a time: what of it is held in memory at once. */
const ROWS = 256;

/** The largest of each row of the product, an item never beside itself unless `self`. */
function listsOf({ left, right }: LowRank, keep: number, self: boolean): Lists {
  const size = right[0]?.length ?? 0;
  const starts = new Int32Array(size + 1);
  const kept: { items: Int32Array; weights: Float32Array }[] = [];
  const flat = new Float32Array(right.length * size);
  right.forEach((column, n) => flat.set(column, n * size));
  const columns = tf.tensor2d(flat, [right.length, size]);
  for (let from = 0; from < size; from += ROWS) {
    const rows = Math.min(ROWS, size - from);
    const part = new Float32Array(rows * left.length);
    left.forEach((column, n) => {
      for (let row = 0; row < rows; row++) part[row * left.length + n] = column[from + row] as number;
    });
    const values = tf.tidy(() => tf.matMul(tf.tensor2d(part, [rows, left.length]), columns).dataSync<"float32">());
    for (let row = 0; row < rows; row++) {
      const scores = values.subarray(row * size, (row + 1) * size);
      if (!self) scores[from + row] = 0;
      const best = largestOf(scores, Math.min(keep, size)).filter((item) => (scores[item] as number) > 0);
      kept.push({ items: best, weights: Float32Array.from(best, (item) => scores[item] as number) });
      starts[from + row + 1] = (starts[from + row] as number) + best.length;
    }
  }
  columns.dispose();
  const total = starts[size] as number;
  const lists = { starts, items: new Int32Array(total), weights: new Float32Array(total) };
  kept.forEach((row, item) => {
    lists.items.set(row.items, starts[item]);
    lists.weights.set(row.weights, starts[item]);
  });
  return lists;
}

/** @param transition how far what came before counts, and how little is proved by what was seen seldom */
export function smoothLists(
  counted: Counted,
  settings: SmoothSettings,
  { back, shrink, self }: Pick<TransitionSettings, "back" | "shrink"> & { readonly self: boolean },
): Lists {
  const { decay, power, rank, keep } = settings;
  const matrix = neighbours(
    counted,
    {
      after: fading(WINDOW, decay),
      before: fading(WINDOW, decay, back),
      ofPower: power,
      toPower: power,
      shrink,
      keep: DENSE,
    },
    self,
  );
  return listsOf(lowRank(matrix, rank), keep, self);
}
