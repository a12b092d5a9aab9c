/** From baskets to the lists that are served, and to how they are weighed. Runs in a thread of its own. */
import type { Basket } from "../../models/recommendation/recommendation.contract";
import { popularity } from "./baseline";
import { learnLists } from "./learn-lists";
import { judgedOf, ranksOf, type Score } from "./metrics";
import type { Lists } from "./neighbours";
import type { LearntLists } from "./recommender";
import { countsOf, occurrencesOf, sequencesOf, spanOfList, type Sequences } from "./sequences";
import { leaveOneOut } from "./split";
import { chooseTransition, transition, TRANSITION, transitionLists, type TransitionSettings } from "./transition";

export interface ListsOrder {
  readonly do: "lists";
  /** Oldest first. */
  readonly baskets: readonly Basket[];
  readonly settings: TransitionSettings;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface ChooseOrder {
  readonly do: "choose";
  readonly baskets: readonly Basket[];
  /** Those in use. */
  readonly settings: TransitionSettings;
  readonly timeMs: number;
}

export interface Learnt extends LearntLists {
  /** What is bought most now, most first. */
  readonly trending: readonly string[];
}

export type Chosen =
  | { readonly skipped: string }
  | {
      readonly settings: TransitionSettings;
      readonly cases: number;
      readonly hitRate: { readonly own: number; readonly popularity: number; readonly inUse: number };
    };

/** Of each so many are served. */
const SERVED = 50;
const TRENDING_MAX = 500;
const HALF_LIFE_MS = 3 * 86_400_000;
/** Fewer cases judge nothing. */
const CASES_MIN = 5;
const FIRST = 10;

interface Numbered {
  readonly sequences: Sequences;
  readonly names: readonly string[];
}

/** One sequence per customer, in the order of time; of somebody nobody knows, one per basket. */
export function numbered(baskets: readonly Basket[]): Numbered {
  const names = [...new Set(baskets.flatMap(({ productIds }) => productIds))].sort();
  const numbers = new Map(names.map((name, number) => [name, number]));
  const taken = new Map<string, number[]>();
  baskets.forEach(({ who, productIds }, n) => {
    const key = who === null ? `#${n}` : `c${who}`;
    const list = taken.get(key) ?? [];
    taken.set(key, list);
    for (const name of productIds) list.push(numbers.get(name) as number);
  });
  return { names, sequences: sequencesOf([...taken.values()].map(spanOfList)) };
}

function shortened({ starts, items, weights }: Lists): Lists {
  const count = starts.length - 1;
  const cut = new Int32Array(count + 1);
  const from = (n: number): number => starts[n] as number;
  for (let n = 0; n < count; n++) cut[n + 1] = (cut[n] as number) + Math.min(SERVED, from(n + 1) - from(n));
  const kept = { starts: cut, items: new Int32Array(cut[count] ?? 0), weights: new Float32Array(cut[count] ?? 0) };
  for (let n = 0; n < count; n++) {
    const to = from(n) + (cut[n + 1] as number) - (cut[n] as number);
    kept.items.set(items.subarray(from(n), to), cut[n]);
    kept.weights.set(weights.subarray(from(n), to), cut[n]);
  }
  return kept;
}

function trendingOf(baskets: readonly Basket[], now: number): readonly string[] {
  const worth = new Map<string, number>();
  for (const { at, productIds } of baskets) {
    const part = 2 ** ((at - now) / HALF_LIFE_MS);
    for (const name of productIds) worth.set(name, (worth.get(name) ?? 0) + part);
  }
  const sorted = [...worth].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return sorted.slice(0, TRENDING_MAX).map(([name]) => name);
}

export function listsOf({ baskets, settings, now }: ListsOrder): Learnt {
  const { sequences, names } = numbered(baskets);
  const { next, similar, together, ...learnt } = learnLists(sequences, names, settings);
  return {
    ...learnt,
    ...{ next: shortened(next), similar: shortened(similar), together: shortened(together) },
    trending: trendingOf(baskets, now),
  };
}

function chosenOf({ baskets, settings, timeMs }: ChooseOrder): Chosen {
  const { sequences, names } = numbered(baskets);
  const itemCount = names.length;
  const counted = (of: Sequences) => ({
    sequences: of,
    occurrences: occurrencesOf(of, itemCount),
    counts: countsOf(of, itemCount),
  });
  const long =
    baskets.length > 0 && sequences.starts.some((start, n) => (sequences.starts[n + 1] ?? start) - start >= 3);
  if (!long) return { skipped: "Nobody has bought three things yet: there is nothing to judge by." };
  const { train, validation, whole, test } = leaveOneOut(sequences, itemCount);
  const cases = test.targets.length;
  if (cases < CASES_MIN)
    return { skipped: `Only ${cases} customers have bought three things; ${CASES_MIN} are needed.` };
  const judging = { itemCount, repeats: true, first: FIRST };
  const until = performance.now() + timeMs;
  const around = { judging, inTime: () => performance.now() < until, told: () => undefined };
  const { settings: own } = chooseTransition(counted(train), validation, around);
  const all = counted(whole);
  const rate = (score: Score): number => judgedOf(ranksOf(score, test, judging), FIRST).hitRate;
  const weighed = (by: TransitionSettings): number => rate(transition(transitionLists(all, by, true), by));
  return {
    settings: own,
    cases,
    hitRate: { own: weighed(own), popularity: rate(popularity(all)), inUse: weighed(settings) },
  };
}

export const run = (order: ListsOrder | ChooseOrder): Promise<Learnt | Chosen> =>
  Promise.resolve(order.do === "lists" ? listsOf(order) : chosenOf(order));

export const FIRST_SETTINGS = TRANSITION;
