/** What is known of an item by itself: how often it is taken, how late, and when. Learnt from the sequences alone. */
import type { Counted } from "./neighbours";
import { countOf, spanOf } from "./sequences";

export interface ItemFacts {
  readonly popularity: Float32Array;
  /** Mean place within its sequences, 0 the first and 1 the last; drawn to the middle where little is known. */
  readonly lateness: Float32Array;
  /** Share of its occurrences that were the newest thing somebody took. */
  readonly newest: Float32Array;
  /** A time that nobody wrote down: such that what comes later in sequences has the later one. */
  readonly time: Float32Array;
}

const PRIOR = 4;
const ROUNDS = 60;

/** Least squares over all steps: the later of two should be one unit after the earlier; solved by relaxation. */
function timesOf({ sequences, counts }: Counted): Float32Array {
  const time = new Float32Array(counts.length);
  const sums = new Float32Array(counts.length);
  const weights = new Float32Array(counts.length);
  const add = (item: number, value: number): void => {
    sums[item] = (sums[item] as number) + value;
    weights[item] = (weights[item] as number) + 1;
  };
  for (let round = 0; round < ROUNDS; round++) {
    sums.fill(0);
    weights.fill(0.5);
    for (let n = 0; n < countOf(sequences); n++) {
      const { items, from, to } = spanOf(sequences, n);
      for (let at = from + 1; at < to; at++) {
        const earlier = items[at - 1] as number;
        const later = items[at] as number;
        add(later, (time[earlier] as number) + 1);
        add(earlier, (time[later] as number) - 1);
      }
    }
    for (let item = 0; item < time.length; item++) time[item] = (sums[item] as number) / (weights[item] as number);
  }
  return time;
}

export function itemFactsOf(counted: Counted): ItemFacts {
  const { sequences, counts } = counted;
  const late = new Float32Array(counts.length).fill(PRIOR / 2);
  const ends = new Float32Array(counts.length);
  for (let n = 0; n < countOf(sequences); n++) {
    const { items, from, to } = spanOf(sequences, n);
    for (let at = from; at < to; at++) {
      const item = items[at] as number;
      late[item] = (late[item] as number) + (to - from === 1 ? 0.5 : (at - from) / (to - from - 1));
    }
    if (to > from) ends[items[to - 1] as number] = (ends[items[to - 1] as number] as number) + 1;
  }
  const share = countOf(sequences) / Math.max(1, sequences.items.length);
  return {
    popularity: Float32Array.from(counts, (count) => Math.log1p(count)),
    lateness: late.map((sum, item) => sum / ((counts[item] as number) + PRIOR)),
    newest: ends.map((sum, item) => (sum + PRIOR * share) / ((counts[item] as number) + PRIOR)),
    time: timesOf(counted),
  };
}
