/**
 * What comes next as a weighted sum over what somebody took, with weights that know of each other: where two things
 * always come together, both at once say no more than one. For each item a small ridge regression over those of its
 * neighbours that count most (a sparse linear method): the whole matrix of a large catalogue could not be inverted.
 */
import type { Counted, Lists } from "./neighbours";
import { addTo, emptySums, type Sums, sumsOf } from "./neighbours";
import { largest } from "./top";

export interface SlimSettings {
  /** What a step further between two items leaves of their count. */
  readonly decay: number;
  /** What a pair counts backwards. */
  readonly back: number;
  /** Ridge: how much weights are held down. */
  readonly ridge: number;
  /** Inputs per item. */
  readonly inputs: number;
  /** Weights are divided by this power of how often the item occurs that they speak for. */
  readonly toPower: number;
}

/** What holds on sparse files; decay and direction are those that were chosen for transitions. */
export const SLIM: Omit<SlimSettings, "decay" | "back"> = { ridge: 30, inputs: 60, toPower: 0.15 };

const WINDOW = 20;

interface Steps {
  readonly before: number;
  readonly after: number;
  readonly decay: number;
}

/** What stands around each occurrence of `item`, faded by the steps between. */
function addAround(sums: Sums, item: number, { sequences, occurrences }: Counted, steps: Steps): void {
  const { starts, items } = sequences;
  for (let o = occurrences.starts[item] as number; o < (occurrences.starts[item + 1] as number); o++) {
    const at = occurrences.positions[o] as number;
    const n = occurrences.sequenceAt[at] as number;
    const from = Math.max(starts[n] as number, at - WINDOW);
    const to = Math.min(starts[n + 1] as number, at + WINDOW + 1);
    for (let i = from; i < at; i++) addTo(sums, items[i] as number, steps.before * steps.decay ** (at - i));
    for (let i = at + 1; i < to; i++) addTo(sums, items[i] as number, steps.after * steps.decay ** (i - at));
  }
}

/** Rows of the Gram matrix of all items, sparse and sorted by item. */
function gramOf(counted: Counted, settings: SlimSettings): Lists {
  const itemCount = counted.counts.length;
  const sums = sumsOf(itemCount);
  const starts = new Int32Array(itemCount + 1);
  const rows: Int32Array[] = [];
  const values: Float32Array[] = [];
  for (let item = 0; item < itemCount; item++) {
    addAround(sums, item, counted, { before: 1, after: 1, decay: settings.decay });
    addTo(sums, item, counted.counts[item] as number);
    const row = sums.touched.slice(0, sums.count).sort();
    rows.push(row);
    values.push(Float32Array.from(row, (other) => sums.values[other] as number));
    starts[item + 1] = (starts[item] as number) + row.length;
    emptySums(sums);
  }
  const all = {
    starts,
    items: new Int32Array(starts[itemCount] as number),
    weights: new Float32Array(starts[itemCount] as number),
  };
  rows.forEach((row, item) => all.items.set(row, starts[item]));
  values.forEach((row, item) => all.weights.set(row, starts[item]));
  return all;
}

/** The lower triangle whose product with itself is `a` (n × n, symmetric and positive), in its place. */
function factor(a: Float64Array, n: number): void {
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let sum = a[i * n + j] as number;
      for (let k = 0; k < j; k++) sum -= (a[i * n + k] as number) * (a[j * n + k] as number);
      a[i * n + j] = i === j ? Math.sqrt(Math.max(sum, 1e-9)) : sum / (a[j * n + j] as number);
    }
  }
}

/** Solves `a x = b` for a symmetric positive `a` (n × n), both in their places, by Cholesky. */
export function solve(a: Float64Array, b: Float64Array, n: number): Float64Array {
  factor(a, n);
  for (let i = 0; i < n; i++) {
    let sum = b[i] as number;
    for (let k = 0; k < i; k++) sum -= (a[i * n + k] as number) * (b[k] as number);
    b[i] = sum / (a[i * n + i] as number);
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i] as number;
    for (let k = i + 1; k < n; k++) sum -= (a[k * n + i] as number) * (b[k] as number);
    b[i] = sum / (a[i * n + i] as number);
  }
  return b;
}

function subMatrix(gram: Lists, inputs: Int32Array, places: Int32Array, ridge: number): Float64Array {
  const n = inputs.length;
  const a = new Float64Array(n * n);
  inputs.forEach((input, place) => (places[input] = place + 1));
  inputs.forEach((input, i) => {
    for (let k = gram.starts[input] as number; k < (gram.starts[input + 1] as number); k++) {
      const place = places[gram.items[k] as number] as number;
      if (place > 0) a[i * n + place - 1] = gram.weights[k] as number;
    }
    a[i * n + i] = (a[i * n + i] as number) + ridge;
  });
  for (const input of inputs) places[input] = 0;
  return a;
}

/** For each item the items that speak for (or against) it as the next one. */
export function slimLists(counted: Counted, settings: SlimSettings, told: (fraction: number) => void): Lists {
  const itemCount = counted.counts.length;
  const gram = gramOf(counted, settings);
  const sums = sumsOf(itemCount);
  const places = new Int32Array(itemCount);
  const inputsOf: Int32Array[] = [];
  const weightsOf: Float64Array[] = [];
  for (let item = 0; item < itemCount; item++) {
    addAround(sums, item, counted, { before: 1, after: settings.back, decay: settings.decay });
    sums.values[item] = 0;
    const inputs = largest(sums, settings.inputs);
    const b = Float64Array.from(inputs, (input) => sums.values[input] as number);
    emptySums(sums);
    inputsOf.push(inputs);
    const scale = ((counted.counts[item] as number) + 1) ** -settings.toPower;
    weightsOf.push(solve(subMatrix(gram, inputs, places, settings.ridge), b, inputs.length).map((x) => x * scale));
    if (item % 256 === 0) told(item / itemCount);
  }
  return turned(inputsOf, weightsOf, itemCount);
}

/** From "what speaks for an item" to "what an item speaks for". */
function turned(inputsOf: readonly Int32Array[], weightsOf: readonly Float64Array[], itemCount: number): Lists {
  const starts = new Int32Array(itemCount + 1);
  for (const inputs of inputsOf) for (const input of inputs) starts[input + 1] = (starts[input + 1] as number) + 1;
  for (let i = 0; i < itemCount; i++) starts[i + 1] = (starts[i + 1] as number) + (starts[i] as number);
  const next = starts.slice(0, itemCount);
  const total = starts[itemCount] as number;
  const lists = { starts, items: new Int32Array(total), weights: new Float32Array(total) };
  inputsOf.forEach((inputs, item) =>
    inputs.forEach((input, i) => {
      const at = next[input] as number;
      lists.items[at] = item;
      lists.weights[at] = weightsOf[item]?.[i] as number;
      next[input] = at + 1;
    }),
  );
  return lists;
}
