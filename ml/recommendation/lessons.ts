/** Lists of candidates with the one that was taken: what the ranker learns from, bounded in memory. */
import type { Proposer } from "./candidates";
import { forestOf, placeAmong } from "./forest";
import type { Lessons, Ranker } from "./ranker";
import { type Cases, countOf, spanOf } from "./sequences";

/** Rows of all lists together: 30 features each, they take less than 250 MB. */
const ROWS_MAX = 2_000_000;

/** So many cases are looked at even where the time is over: without lessons nothing can be blended. */
const CASES_MIN = 3_000;

export interface Gathering {
  readonly inTime: () => boolean;
  readonly told: (fraction: number) => void;
}

export function lessonsOf(proposer: Proposer, cases: Cases, { inTime, told }: Gathering): Lessons {
  const lists: Float32Array[] = [];
  const starts = [0];
  const taken: number[] = [];
  let rows = 0;
  const all = countOf(cases.prefixes);
  for (let n = 0; n < all && rows < ROWS_MAX && (n < CASES_MIN || inTime()); n++) {
    const target = cases.targets[n] as number;
    const candidates = proposer.propose(spanOf(cases.prefixes, n), n, target);
    if (n % 500 === 0) told(n / all);
    if (candidates === null) continue;
    const { items, features } = candidates;
    lists.push(features);
    taken.push(rows + items.indexOf(target));
    rows += items.length;
    starts.push(rows);
  }
  const features = new Float32Array(rows * proposer.width);
  lists.forEach((list, i) => features.set(list, (starts[i] as number) * proposer.width));
  const { width, linear } = proposer;
  return { width, linear, starts: Int32Array.from(starts), features, taken: Int32Array.from(taken) };
}

/** The place of what was taken in what the ranker makes of all views; the last one where no view proposes it. */
export function blendedRanks(proposer: Proposer, ranker: Ranker, cases: Cases, itemCount: number): Int32Array {
  const forest = forestOf(ranker);
  return cases.targets.map((target, n) => {
    const candidates = proposer.propose(spanOf(cases.prefixes, n), n, target);
    return candidates === null ? itemCount : placeAmong(forest, candidates, proposer.width, target);
  });
}
