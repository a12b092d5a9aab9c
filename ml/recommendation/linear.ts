/**
 * A weight for each thing that the views say, learnt so that the item which was taken is the likeliest of its list.
 * With as many weights as there are views little can be learnt by heart: it is what trees begin with, and all there is
 * where lessons are few.
 */
import type { Lessons } from "./ranker";

export interface LinearSettings {
  /** How much weights are held down, of features at deviation 1. */
  readonly ridge: number;
  readonly rounds: number;
  readonly rate: number;
  /** Rows that are learnt from: more make it slower and hardly better. */
  readonly rowsMax: number;
}

export const LINEAR: LinearSettings = { ridge: 0.001, rounds: 120, rate: 0.06, rowsMax: 800_000 };

/** Weights per feature of a row; zero for those that are none of its own. */
export type Linear = Float64Array;

export function linearScore(linear: Linear, features: Float32Array, at: number): number {
  let score = 0;
  for (let f = 0; f < linear.length; f++) score += (linear[f] as number) * (features[at + f] as number);
  return score;
}

interface Column {
  readonly feature: number;
  /** Of mean 0 and deviation 1. */
  readonly values: Float32Array;
  readonly deviation: number;
}

function columnOf(lessons: Lessons, feature: number, rows: Int32Array): Column {
  const values = Float32Array.from(rows, (row) => lessons.features[row * lessons.width + feature] as number);
  let [sum, squares] = [0, 0];
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / Math.max(1, values.length);
  const deviation = Math.sqrt(Math.max(1e-12, squares / Math.max(1, values.length) - mean * mean));
  return { feature, values: values.map((value) => (value - mean) / deviation), deviation };
}

interface Lists {
  /** Where each list begins among the rows that are learnt from. */
  readonly starts: readonly number[];
  readonly taken: readonly number[];
  readonly rows: Int32Array;
}

function listsOf(lessons: Lessons, lists: Int32Array, rowsMax: number): Lists {
  const [starts, taken, rows]: [number[], number[], number[]] = [[0], [], []];
  for (const list of lists) {
    const from = lessons.starts[list] as number;
    const to = lessons.starts[list + 1] as number;
    if (rows.length + to - from > rowsMax) break;
    taken.push(rows.length + (lessons.taken[list] as number) - from);
    for (let row = from; row < to; row++) rows.push(row);
    starts.push(rows.length);
  }
  return { starts, taken, rows: Int32Array.from(rows) };
}

/** Scores become the gradients of the log-likelihood of the taken ones. */
function slopes({ starts, taken }: Lists, scores: Float64Array): void {
  taken.forEach((right, list) => {
    const part = scores.subarray(starts[list], starts[list + 1]);
    let top = Number.NEGATIVE_INFINITY;
    for (const score of part) top = Math.max(top, score);
    let sum = 0;
    for (let i = 0; i < part.length; i++) sum += part[i] = Math.exp((part[i] as number) - top);
    for (let i = 0; i < part.length; i++) part[i] = (part[i] as number) / sum;
    scores[right] = (scores[right] as number) - 1;
  });
}

function addScaled(sums: Float64Array, { values }: Column, scale: number): void {
  for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] as number) + scale * (values[i] as number);
}

function product(a: Float64Array, { values }: Column): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (values[i] as number);
  return sum;
}

const [FIRST, SECOND] = [0.9, 0.98];

/**
 * All lists at once, by Adam: the same on every machine.
 * @param lists which of the lessons are learnt from; without any, the first view alone orders
 */
export function fitLinear(lessons: Lessons, lists: Int32Array, settings: LinearSettings): Linear {
  const linear = new Float64Array(lessons.width);
  const taught = listsOf(lessons, lists, settings.rowsMax);
  if (taught.taken.length === 0) {
    for (const feature of lessons.linear.slice(0, 1)) linear[feature] = 1;
    return linear;
  }
  const columns = lessons.linear.map((feature) => columnOf(lessons, feature, taught.rows));
  const [weights, means, squares] = [columns, columns, columns].map(({ length }) => new Float64Array(length)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const scores = new Float64Array(taught.rows.length);
  for (let round = 1; round <= settings.rounds; round++) {
    scores.fill(0);
    columns.forEach((column, c) => addScaled(scores, column, weights[c] as number));
    slopes(taught, scores);
    columns.forEach((column, c) => {
      const weight = weights[c] as number;
      const slope = product(scores, column) / Math.max(1, taught.taken.length) + settings.ridge * weight;
      means[c] = FIRST * (means[c] as number) + (1 - FIRST) * slope;
      squares[c] = SECOND * (squares[c] as number) + (1 - SECOND) * slope * slope;
      const step = means[c] / (1 - FIRST ** round);
      weights[c] = weight - (settings.rate * step) / (Math.sqrt(squares[c] / (1 - SECOND ** round)) + 1e-8);
    });
  }
  columns.forEach(({ feature, deviation }, c) => (linear[feature] = (weights[c] as number) / deviation));
  return linear;
}
