/** What visitors took, one after the other: the items of all sequences in one array, so that millions fit in memory. */

export interface Sequences {
  /** Where each sequence begins in `items`; one more than there are sequences. */
  readonly starts: Int32Array;
  readonly items: Int32Array;
}

/** What somebody took so far, and what came next. */
export interface Cases {
  readonly prefixes: Sequences;
  readonly targets: Int32Array;
}

export const countOf = ({ starts }: Sequences): number => starts.length - 1;

/** The whole array and where one sequence lies in it. */
export interface Span {
  readonly items: Int32Array;
  readonly from: number;
  readonly to: number;
}

export const spanOf = ({ starts, items }: Sequences, n: number): Span => ({
  items,
  from: starts[n] as number,
  to: starts[n + 1] as number,
});

export const spanOfList = (list: ArrayLike<number>): Span => ({
  items: Int32Array.from(list),
  from: 0,
  to: list.length,
});

/** @param spans in the order in which they shall be numbered */
export function sequencesOf(spans: readonly Span[]): Sequences {
  const starts = new Int32Array(spans.length + 1);
  spans.forEach(({ from, to }, n) => (starts[n + 1] = (starts[n] as number) + to - from));
  const items = new Int32Array(starts[spans.length] as number);
  spans.forEach((span, n) => items.set(span.items.subarray(span.from, span.to), starts[n]));
  return { starts, items };
}

/** How often each item occurs. */
export function countsOf({ items }: Sequences, itemCount: number): Int32Array {
  const counts = new Int32Array(itemCount);
  for (const item of items) counts[item] = (counts[item] as number) + 1;
  return counts;
}

/** Of all steps, the share that leads to an item which the same sequence had before. */
export function repeatShareOf(sequences: Sequences): number {
  let steps = 0;
  let repeats = 0;
  for (let n = 0; n < countOf(sequences); n++) {
    const { items, from, to } = spanOf(sequences, n);
    steps += Math.max(0, to - from - 1);
    repeats += to - from - new Set(items.subarray(from, to)).size;
  }
  return steps === 0 ? 0 : repeats / steps;
}

/** Where each item occurs: positions in `items`, item by item. */
export interface Occurrences {
  readonly starts: Int32Array;
  readonly positions: Int32Array;
  /** The sequence that a position belongs to. */
  readonly sequenceAt: Int32Array;
}

export function occurrencesOf(sequences: Sequences, itemCount: number): Occurrences {
  const { items } = sequences;
  const counts = countsOf(sequences, itemCount);
  const starts = new Int32Array(itemCount + 1);
  for (let item = 0; item < itemCount; item++) starts[item + 1] = (starts[item] as number) + (counts[item] as number);
  const next = starts.slice(0, itemCount);
  const positions = new Int32Array(items.length);
  const sequenceAt = new Int32Array(items.length);
  for (let n = 0; n < countOf(sequences); n++) {
    const { from, to } = spanOf(sequences, n);
    for (let at = from; at < to; at++) {
      const item = items[at] as number;
      positions[next[item] as number] = at;
      next[item] = (next[item] as number) + 1;
      sequenceAt[at] = n;
    }
  }
  return { starts, positions, sequenceAt };
}
