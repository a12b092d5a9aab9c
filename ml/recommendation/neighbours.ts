/**
 * What is taken with or after an item: for each item the list of its neighbours with weights, from counts of how often
 * one came so many steps after the other. With all steps alike it is the plain item-to-item neighbourhood; with steps
 * that fade and go one way it tells what comes next.
 */
import { type Occurrences, type Sequences, type Span } from "./sequences";
import { largest } from "./top";

/** Neighbours of each item, best first. */
export interface Lists {
  readonly starts: Int32Array;
  readonly items: Int32Array;
  readonly weights: Float32Array;
}

export interface Weighing {
  /** What a pair counts whose later one came 1, 2, … steps after the earlier one. */
  readonly after: Float32Array;
  /** The same for what came before. */
  readonly before: Float32Array;
  /** Counts are divided by these powers of how often both items occur: 0.5 and 0.5 is the cosine. */
  readonly ofPower: number;
  readonly toPower: number;
  /** Added to how often each occurs: what was seen seldom proves little. */
  readonly shrink: number;
  readonly keep: number;
  /** What a sequence counts, by its number; all alike where it is not given. */
  readonly sequenceWeights?: Float32Array;
}

/** `first`, and each further one `decay` times the one before. */
export const fading = (length: number, decay: number, first = 1): Float32Array =>
  Float32Array.from({ length }, (_none, i) => first * decay ** i);

/** Sums by item that are cheap to empty. */
export interface Sums {
  readonly values: Float32Array;
  readonly touched: Int32Array;
  readonly marks: Uint8Array;
  count: number;
}

export const sumsOf = (itemCount: number): Sums => ({
  values: new Float32Array(itemCount),
  touched: new Int32Array(itemCount),
  marks: new Uint8Array(itemCount),
  count: 0,
});

export function emptySums(sums: Sums): void {
  for (let i = 0; i < sums.count; i++) {
    const item = sums.touched[i] as number;
    sums.values[item] = 0;
    sums.marks[item] = 0;
  }
  sums.count = 0;
}

export function addTo(sums: Sums, item: number, value: number): void {
  if (sums.marks[item] === 0) {
    sums.marks[item] = 1;
    sums.touched[sums.count] = item;
    sums.count += 1;
  }
  sums.values[item] = (sums.values[item] as number) + value;
}

export interface Counted {
  readonly sequences: Sequences;
  readonly occurrences: Occurrences;
  readonly counts: Int32Array;
}

/** Adds what came after and before each occurrence of `item`. */
function addAround(sums: Sums, item: number, { sequences, occurrences }: Counted, weighing: Weighing): void {
  const { starts, items } = sequences;
  const { after, before, sequenceWeights } = weighing;
  const last = occurrences.starts[item + 1] as number;
  for (let o = occurrences.starts[item] as number; o < last; o++) {
    const at = occurrences.positions[o] as number;
    const n = occurrences.sequenceAt[at] as number;
    const times = sequenceWeights === undefined ? 1 : (sequenceWeights[n] as number);
    const to = Math.min(starts[n + 1] as number, at + 1 + after.length);
    for (let i = at + 1; i < to; i++) addTo(sums, items[i] as number, times * (after[i - at - 1] as number));
    const from = Math.max(starts[n] as number, at - before.length);
    for (let i = from; i < at; i++) addTo(sums, items[i] as number, times * (before[at - i - 1] as number));
  }
}

/** @param self whether an item may be its own neighbour: where people come back to what they had */
export function neighbours(counted: Counted, weighing: Weighing, self: boolean): Lists {
  const { counts } = counted;
  const { ofPower, toPower, shrink, keep } = weighing;
  const itemCount = counts.length;
  const ofScale = Float32Array.from(counts, (count) => (count + shrink) ** -ofPower);
  const toScale = Float32Array.from(counts, (count) => (count + shrink) ** -toPower);
  const sums = sumsOf(itemCount);
  const starts = new Int32Array(itemCount + 1);
  const rows: { items: Int32Array; weights: Float32Array }[] = [];
  for (let item = 0; item < itemCount; item++) {
    addAround(sums, item, counted, weighing);
    if (!self) sums.values[item] = 0;
    for (let i = 0; i < sums.count; i++) {
      const other = sums.touched[i] as number;
      sums.values[other] = (sums.values[other] as number) * (ofScale[item] as number) * (toScale[other] as number);
    }
    const best = largest(sums, keep);
    rows.push({ items: best, weights: Float32Array.from(best, (other) => sums.values[other] as number) });
    starts[item + 1] = (starts[item] as number) + best.length;
    emptySums(sums);
  }
  return joined(starts, rows);
}

function joined(starts: Int32Array, rows: readonly { items: Int32Array; weights: Float32Array }[]): Lists {
  const total = starts[starts.length - 1] as number;
  const lists = { starts, items: new Int32Array(total), weights: new Float32Array(total) };
  rows.forEach((row, item) => {
    lists.items.set(row.items, starts[item]);
    lists.weights.set(row.weights, starts[item]);
  });
  return lists;
}

/** Adds the neighbours of the last items of a prefix. @param fade what the last one counts, the one before, … */
export function addNeighbours(sums: Sums, lists: Lists, { items, from, to }: Span, fade: Float32Array): void {
  const first = Math.max(from, to - fade.length);
  for (let at = to - 1; at >= first; at--) {
    const times = fade[to - 1 - at] as number;
    const item = items[at] as number;
    const end = lists.starts[item + 1] as number;
    for (let i = lists.starts[item] as number; i < end; i++) {
      addTo(sums, lists.items[i] as number, times * (lists.weights[i] as number));
    }
  }
}
