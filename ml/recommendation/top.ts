/** The largest of many sums, without sorting all of them: a heap whose root is the least of those kept. */
import type { Sums } from "./neighbours";

interface Kept {
  readonly items: Int32Array;
  readonly values: Float32Array;
  size: number;
}

const less = ({ items, values }: Kept, a: number, b: number): boolean => {
  const difference = (values[a] as number) - (values[b] as number);
  // of equal ones the smaller number is kept: the outcome does not depend on the order of what is looked at
  return difference !== 0 ? difference < 0 : (items[a] as number) > (items[b] as number);
};

function swap({ items, values }: Kept, a: number, b: number): void {
  const item = items[a] as number;
  const value = values[a] as number;
  items[a] = items[b] as number;
  values[a] = values[b] as number;
  items[b] = item;
  values[b] = value;
}

function up(kept: Kept): void {
  let at = kept.size - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!less(kept, at, parent)) return;
    swap(kept, at, parent);
    at = parent;
  }
}

function down(kept: Kept): void {
  let at = 0;
  for (;;) {
    const left = 2 * at + 1;
    if (left >= kept.size) return;
    const right = left + 1;
    const least = right < kept.size && less(kept, right, left) ? right : left;
    if (!less(kept, least, at)) return;
    swap(kept, at, least);
    at = least;
  }
}

function offer(kept: Kept, item: number, value: number): void {
  if (kept.size < kept.items.length) {
    kept.items[kept.size] = item;
    kept.values[kept.size] = value;
    kept.size += 1;
    up(kept);
    return;
  }
  const least = kept.values[0] as number;
  if (value < least || (value === least && item > (kept.items[0] as number))) return;
  kept.items[0] = item;
  kept.values[0] = value;
  down(kept);
}

/** Best first; takes the heap apart. */
function sorted(kept: Kept): Int32Array {
  const best = new Int32Array(kept.size);
  for (let place = kept.size - 1; place >= 0; place--) {
    best[place] = kept.items[0] as number;
    kept.size -= 1;
    swap(kept, 0, kept.size);
    down(kept);
  }
  return best;
}

/** The items with the largest sums above zero, best first; of equal ones the one with the smaller number. */
export function largest(sums: Sums, count: number): Int32Array {
  const kept: Kept = { items: new Int32Array(count), values: new Float32Array(count), size: 0 };
  if (count === 0) return kept.items;
  for (let i = 0; i < sums.count; i++) {
    const item = sums.touched[i] as number;
    const value = sums.values[item] as number;
    if (value > 0) offer(kept, item, value);
  }
  return sorted(kept);
}

const SAMPLES = 512;
/** Of fewer scores than this it does not pay to look for a border first. */
const BORDERED_MIN = 16 * SAMPLES;

/** A score that some more than `count` are likely above, by some of them: those below need not be looked at closely. */
function borderOf(scores: Float32Array, count: number): number {
  if (scores.length < BORDERED_MIN) return Number.NEGATIVE_INFINITY;
  const step = Math.floor(scores.length / SAMPLES);
  const some = Float32Array.from({ length: SAMPLES }, (_none, i) => scores[i * step] as number).sort();
  const above = Math.ceil((2 * count * SAMPLES) / scores.length) + 4;
  return some[SAMPLES - above] ?? Number.NEGATIVE_INFINITY;
}

/** Items above the border, by number. */
function aboveOf(scores: Float32Array, border: number): Int32Array {
  const above = new Int32Array(scores.length);
  let found = 0;
  for (let item = 0; item < scores.length; item++) {
    if ((scores[item] as number) > border) {
      above[found] = item;
      found += 1;
    }
  }
  return above.subarray(0, found);
}

/** The same of a score for every item. */
export function largestOf(scores: Float32Array, count: number): Int32Array {
  const kept: Kept = { items: new Int32Array(count), values: new Float32Array(count), size: 0 };
  if (count === 0) return kept.items;
  const above = aboveOf(scores, borderOf(scores, count));
  const items = above.length < count ? Int32Array.from(scores, (_score, item) => item) : above;
  for (let i = 0; i < items.length; i++) offer(kept, items[i] as number, scores[items[i] as number] as number);
  return sorted(kept);
}
