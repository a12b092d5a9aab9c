/**
 * How good an order of all items is, judged by the one that was taken: nothing is sampled, and of items with equal
 * scores the taken one comes last, so that a model which cannot decide gains nothing by it.
 */
import { addTo, emptySums, type Sums, sumsOf } from "./neighbours";
import { type Cases, countOf, type Span, spanOf } from "./sequences";

/** Gives each item that it knows something about a score above zero; all others have zero. */
export type Score = (prefix: Span, sums: Sums, caseNumber: number) => void;

export interface Judged {
  /** Share of cases whose item is among the first (HR@k, which is P@k where one item is right). */
  readonly hitRate: number;
  readonly ndcg: number;
  /** Mean of 1 / rank within the first. */
  readonly mrr: number;
}

/** From 1; `itemCount` where nothing is known of the target. */
export function rankOf(target: number, sums: Sums, itemCount: number): number {
  const own = sums.values[target] as number;
  if (sums.marks[target] === 0 || own <= 0) return itemCount;
  let rank = 1;
  for (let i = 0; i < sums.count; i++) {
    const item = sums.touched[i] as number;
    if (item !== target && (sums.values[item] as number) >= own) rank += 1;
  }
  return rank;
}

/** What somebody had is not proposed again, where people do not come back to what they had. */
export function dropSeen(sums: Sums, { items, from, to }: Span): void {
  for (let at = from; at < to; at++) sums.values[items[at] as number] = 0;
}

export interface Judging {
  readonly itemCount: number;
  /** Whether what the prefix holds may come again. */
  readonly repeats: boolean;
  readonly first: number;
}

export function ranksOf(score: Score, cases: Cases, { itemCount, repeats }: Judging): Int32Array {
  const sums = sumsOf(itemCount);
  return cases.targets.map((target, n) => {
    const prefix = spanOf(cases.prefixes, n);
    score(prefix, sums, n);
    if (!repeats) dropSeen(sums, prefix);
    const rank = rankOf(target, sums, itemCount);
    emptySums(sums);
    return rank;
  });
}

export function judgedOf(ranks: Int32Array, first: number): Judged {
  let hits = 0;
  let gain = 0;
  let reciprocal = 0;
  for (const rank of ranks) {
    if (rank > first) continue;
    hits += 1;
    gain += 1 / Math.log2(rank + 1);
    reciprocal += 1 / rank;
  }
  const { length } = ranks;
  return length === 0
    ? { hitRate: 0, ndcg: 0, mrr: 0 }
    : { hitRate: hits / length, ndcg: gain / length, mrr: reciprocal / length };
}

/** Cases to look at while choosing: evenly taken, so that the choice does not depend on the order of the file. */
export function someOf(cases: Cases, max: number): Cases {
  const all = countOf(cases.prefixes);
  if (all <= max) return cases;
  const chosen = Int32Array.from({ length: max }, (_none, i) => Math.floor((i * all) / max));
  const spans = Array.from(chosen, (n) => spanOf(cases.prefixes, n));
  const starts = new Int32Array(max + 1);
  spans.forEach(({ from, to }, i) => (starts[i + 1] = (starts[i] as number) + to - from));
  const items = new Int32Array(starts[max] as number);
  spans.forEach((span, i) => items.set(span.items.subarray(span.from, span.to), starts[i]));
  return { prefixes: { starts, items }, targets: chosen.map((n) => cases.targets[n] as number) };
}

/** The same score for everybody. */
export function constant(values: Float32Array): Score {
  return (_prefix, sums) => {
    for (let item = 0; item < values.length; item++) addTo(sums, item, values[item] as number);
  };
}

/** As `ranksOf` tells of `constant`, without looking at every item for every case. */
export function constantRanks(values: Float32Array, cases: Cases, { itemCount, repeats }: Judging): Int32Array {
  const ascending = Float32Array.from(values).sort();
  const atLeast = (own: number): number => {
    let [low, high] = [0, ascending.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((ascending[middle] as number) < own) low = middle + 1;
      else high = middle;
    }
    return ascending.length - low;
  };
  const ranks = Int32Array.from(values, (value) => (value > 0 ? atLeast(value) : itemCount));
  return cases.targets.map((target, n) => {
    const { items, from, to } = spanOf(cases.prefixes, n);
    const own = values[target] as number;
    const seen = new Set(repeats ? [] : items.subarray(from, to));
    if (seen.has(target) || own <= 0) return itemCount;
    let above = 0;
    for (const item of seen) if ((values[item] as number) >= own) above += 1;
    return (ranks[target] as number) - above;
  });
}
