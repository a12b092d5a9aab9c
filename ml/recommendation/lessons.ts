/** Lists of candidates with the one that was taken: what the ranker learns from, bounded in memory. */
import type { Proposer } from "./candidates";
import { addTo } from "./neighbours";
import { type Lessons, type Ranker, scoreRow } from "./ranker";
import { type Cases, countOf, spanOf } from "./sequences";
import type { Score } from "./metrics";

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
    const { items, features } = proposer.propose(spanOf(cases.prefixes, n), n);
    const place = items.indexOf(cases.targets[n] as number);
    if (n % 500 === 0) told(n / all);
    if (place < 0) continue;
    lists.push(features);
    taken.push(rows + place);
    rows += items.length;
    starts.push(rows);
  }
  const features = new Float32Array(rows * proposer.width);
  lists.forEach((list, i) => features.set(list, (starts[i] as number) * proposer.width));
  const { width, linear } = proposer;
  return { width, linear, starts: Int32Array.from(starts), features, taken: Int32Array.from(taken) };
}

/** What the ranker makes of all views. */
export function blended(proposer: Proposer, ranker: Ranker): Score {
  return (prefix, sums, caseNumber) => {
    const { items, features } = proposer.propose(prefix, caseNumber);
    items.forEach((item, i) => addTo(sums, item, Math.exp(scoreRow(ranker, features, i * proposer.width))));
  };
}
