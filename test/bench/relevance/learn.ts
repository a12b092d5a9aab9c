/**
 * Learns the weights of few signs from graded products: coordinate ascent on the figure itself, each weight in turn
 * tried larger and smaller, averaged over several resamplings of the queries, which keeps one query from deciding. Half
 * of what is climbed is nDCG, half the condensed one: what was never judged is not known to be bad.
 */
import { mulberry } from "../../../models/kernel/mulberry";
import { shuffled, type Random } from "./chance";
import { condensed, isTelling, mean, ndcg, type Grades } from "./metrics";

/** The products found for a query, by id, with what each sign gave them, unweighted. */
export interface Candidates {
  readonly ids: readonly string[];
  /** One row per product, one column per sign. */
  readonly signs: readonly (readonly number[])[];
  readonly grades: Grades;
  /** Places in the list: of all, and of those that were judged. */
  readonly all: readonly number[];
  readonly graded: readonly number[];
}

export type Weights = readonly number[];

export interface Given {
  readonly id: string;
  readonly signs: readonly number[];
}

export function candidates(found: readonly Given[], grades: Grades): Candidates {
  const byId = [...found].sort((a, b) => (a.id < b.id ? -1 : 1));
  const ids = byId.map(({ id }) => id);
  const all = [...ids.keys()];
  const graded = all.filter((at) => grades.has(ids[at] ?? ""));
  return { ids, signs: byId.map(({ signs }) => signs), grades, all, graded };
}

const SHOWN = 10;

const scoresOf = ({ signs }: Candidates, weights: Weights): number[] =>
  signs.map((row) => row.reduce((sum, given, at) => sum + given * (weights[at] ?? 0), 0));

/** The first ten as the mall sorts them: by score, equals by id, in which order they come. */
function first({ ids }: Candidates, scores: readonly number[], among: readonly number[]): string[] {
  const top: number[] = [];
  for (const at of among) {
    const score = scores[at] ?? 0;
    if (top.length === SHOWN && score <= (scores[top[SHOWN - 1] ?? 0] ?? 0)) continue;
    const place = top.findIndex((other) => (scores[other] ?? 0) < score);
    top.splice(place < 0 ? top.length : place, 0, at);
    top.length = Math.min(top.length, SHOWN);
  }
  return top.map((at) => ids[at] ?? "");
}

export const ranked = (one: Candidates, weights: Weights): string[] => first(one, scoresOf(one, weights), one.all);

function worth(one: Candidates, weights: Weights): number {
  const scores = scoresOf(one, weights);
  return (ndcg(first(one, scores, one.all), one.grades) + condensed(first(one, scores, one.graded), one.grades)) / 2;
}

const value = (all: readonly Candidates[], weights: Weights): number => mean(all.map((one) => worth(one, weights)));

const STEPS = [0, 0.5, 0.75, 1.33, 2];
const ROUNDS = 2;
const LEAST = 1e-4;

const stepped = (weights: Weights, at: number, step: number): Weights =>
  weights.map((weight, other) => (other === at ? weight * step : weight));

function climbed(all: readonly Candidates[], from: Weights, random: Random): Weights {
  let best = { weights: from, value: value(all, from) };
  const places = Array.from({ length: ROUNDS }, () => shuffled([...from.keys()], random)).flat();
  for (const at of places) {
    const tried = STEPS.map((step) => stepped(best.weights, at, step));
    for (const weights of tried) {
      const found = value(all, weights);
      if (found > best.value + LEAST) best = { weights, value: found };
    }
  }
  return best.weights;
}

/** Scaled so that the first weight stays what it was: only proportions make an order. */
function scaled(weights: Weights, from: Weights): Weights {
  const factor = (from[0] ?? 1) / Math.max(weights[0] ?? 1, 0.05);
  return weights.map((weight) => weight * factor);
}

const resampled = <T>(all: readonly T[], random: Random): T[] =>
  all.map(() => all[Math.floor(random() * all.length)] as T);

export interface Training {
  readonly from: Weights;
  /** Resamplings that are averaged. */
  readonly bags: number;
  readonly seed: number;
}

export function learn(all: readonly Candidates[], { from, bags, seed }: Training): Weights {
  const telling = all.filter(({ grades }) => isTelling(grades));
  const random = mulberry(seed);
  const learnt = Array.from({ length: bags }, () => scaled(climbed(resampled(telling, random), from, random), from));
  return from.map((_, at) => mean(learnt.map((weights) => weights[at] ?? 0)));
}
