/**
 * What was taken by those who took the same: sequences that share items with the prefix, the rare and the late ones
 * counting most, propose what they hold, the more so the nearer it stands after the last thing they share.
 */
import type { Score } from "./metrics";
import { addTo, type Counted, emptySums, type Sums, sumsOf } from "./neighbours";
import type { Span } from "./sequences";
import { largest } from "./top";

const LOOK_BACK = 10;
const FADE = 0.8;
const SEQUENCES = 100;
/** Of an item that many took, the newest occurrences are looked at. */
const OCCURRENCES_MAX = 500;
const STEPS = 15;

export function similarSequences(counted: Counted): Score {
  const { sequences, occurrences, counts } = counted;
  const total = sequences.starts.length - 1;
  let similar: Sums | null = null;
  const lastShared = new Int32Array(total);
  const idf = Float32Array.from(counts, (count) => Math.log(1 + total / (count + 1)));

  const find = ({ items, from, to }: Span, found: Sums): void => {
    for (let at = to - 1, fade = 1; at >= Math.max(from, to - LOOK_BACK); at--, fade *= FADE) {
      const item = items[at] as number;
      const end = occurrences.starts[item + 1] as number;
      const begin = Math.max(occurrences.starts[item] as number, end - OCCURRENCES_MAX);
      for (let o = begin; o < end; o++) {
        const position = occurrences.positions[o] as number;
        const n = occurrences.sequenceAt[position] as number;
        // the first that is met is the latest of the prefix
        if (found.marks[n] === 0) lastShared[n] = position;
        addTo(found, n, fade * (idf[item] as number));
      }
    }
  };

  const propose = (n: number, weight: number, sums: Sums): void => {
    const shared = lastShared[n] as number;
    const start = Math.max(sequences.starts[n] as number, shared - STEPS);
    const end = Math.min(sequences.starts[n + 1] as number, shared + STEPS + 1);
    const length = Math.sqrt((sequences.starts[n + 1] as number) - (sequences.starts[n] as number));
    for (let i = start; i < end; i++) {
      if (i === shared) continue;
      const item = sequences.items[i] as number;
      const near = 1 / (1 + Math.abs(i - shared));
      addTo(sums, item, (weight / length) * near * (idf[item] as number));
    }
  };

  return (prefix, sums) => {
    similar ??= sumsOf(total);
    find(prefix, similar);
    for (const n of largest(similar, SEQUENCES)) propose(n, (similar.values[n] as number) ** 2, sums);
    emptySums(similar);
  };
}
