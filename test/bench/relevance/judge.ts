/** Asks a ranker for every judged query, and says how good the answers were. */
import type { Ratings } from "./chorus";
import { pairedP } from "./chance";
import { condensed, isTelling, judged, mean, ndcg, reciprocalRank } from "./metrics";
import type { Ranker } from "./rankers";

/** The answers, by query. */
export type Run = ReadonlyMap<string, readonly string[]>;

export interface Figures {
  readonly ndcg: number;
  readonly judged: number;
  readonly condensed: number;
  readonly mrr: number;
  /** The share of queries without a single hit. */
  readonly zero: number;
  /** Against the baseline, over queries; null for the baseline itself. */
  readonly p: number | null;
}

export async function runOf(ranker: Ranker, ratings: Ratings): Promise<Run> {
  const run = new Map<string, readonly string[]>();
  for (const q of ratings.keys()) run.set(q, await ranker(q));
  return run;
}

/** nDCG@10 of each query that has one. */
export const perQuery = (run: Run, ratings: Ratings): number[] =>
  [...ratings].filter(([, grades]) => isTelling(grades)).map(([q, grades]) => ndcg(run.get(q) ?? [], grades));

const rounded = (value: number): number => Number(value.toFixed(4));

export function figuresOf(run: Run, ratings: Ratings, baseline: Run | null): Figures {
  const all = [...ratings].map(([q, grades]) => ({ ids: run.get(q) ?? [], grades }));
  const telling = all.filter(({ grades }) => isTelling(grades));
  const figures = perQuery(run, ratings);
  return {
    ndcg: rounded(mean(figures)),
    judged: rounded(mean(all.map(({ ids, grades }) => judged(ids, grades)))),
    condensed: rounded(mean(telling.map(({ ids, grades }) => condensed(ids, grades)))),
    mrr: rounded(mean(telling.map(({ ids, grades }) => reciprocalRank(ids, grades)))),
    zero: rounded(mean(all.map(({ ids }) => (ids.length === 0 ? 1 : 0)))),
    p: baseline === null ? null : rounded(pairedP(figures, perQuery(baseline, ratings))),
  };
}

/** `stoa, as served     nDCG@10 0.853  judged@10 0.812  …` */
export function lineOf(name: string, { ndcg, judged, condensed, mrr, zero, p }: Figures): string {
  const parts = [`nDCG@10 ${ndcg.toFixed(3)}`, `judged@10 ${judged.toFixed(3)}`, `condensed ${condensed.toFixed(3)}`];
  const test = p === null ? "(baseline)" : `p ${p.toFixed(4)}`;
  return [name.padEnd(34), ...parts, `MRR ${mrr.toFixed(3)}`, `zero ${(100 * zero).toFixed(1)} %`, test].join("  ");
}
