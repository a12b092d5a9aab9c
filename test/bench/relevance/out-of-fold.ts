/** What the weights would be worth on queries that they were not learnt on: 5 folds, 20 times thrown anew. */
import type { Client, estypes } from "@elastic/elasticsearch";
import { textQuery } from "../../../indexers/product/products.text.query";
import { TEXT_WEIGHTS, type TextWeights } from "../../../indexers/product/products.weights.query";
import { mulberry } from "../../../models/kernel/mulberry";
import type { Ratings } from "./chorus";
import { foldsOf } from "./chance";
import { candidates, learn, ranked, type Candidates, type Weights } from "./learn";
import { isTelling, mean, ndcg } from "./metrics";
import type { Vectors } from "./vectors";

const FOLDS = 5;
const REPEATS = 20;
const BAGS = 3;
const FOUND = 200;
/** Fewer with all words than this, and the mall goes on with some of them (products.relaxing.query.ts). */
const FEW = 10;

/** All but the article number and the head of what lacks words, of which the judged queries tell nothing, or little. */
const UNLEARNT: readonly (keyof TextWeights)[] = ["code", "head"];
const SIGNS = (Object.keys(TEXT_WEIGHTS) as (keyof TextWeights)[]).filter((sign) => !UNLEARNT.includes(sign));
/** What learning begins with: no more is known of a sign than that it speaks for a product. */
const START: TextWeights = {
  ...{
    wide: 1,
    best: 0.5,
    attributes: 2,
    title: 4,
    phrase: 2,
    kind: 2,
    main: 8,
    brand: 0.5,
    all: 5,
    head: 8,
    code: 3,
    neutral: 0.1,
  },
};

const ones = Object.fromEntries(SIGNS.map((sign) => [sign, 1])) as unknown as TextWeights;

async function found(client: Client, index: string, q: string, partial: boolean) {
  const query = textQuery(q, "en", { partial, named: true, weights: ones });
  const request: estypes.SearchRequest = { index, query: { bool: { must: [query] } }, size: FOUND, _source: false };
  const { hits } = await client.search(request, { querystring: { include_named_queries_score: true } });
  return hits.hits.map(({ _id, matched_queries: given }) => {
    const scores = (given ?? {}) as unknown as Readonly<Record<string, number>>;
    return { id: _id ?? "", signs: SIGNS.map((sign) => scores[sign] ?? 0) };
  });
}

/** What the mall would choose from, with what each sign gives. */
export async function candidatesOf(client: Client, index: string, ratings: Ratings): Promise<Map<string, Candidates>> {
  const all = new Map<string, Candidates>();
  for (const [q, grades] of ratings) {
    const strict = await found(client, index, q, false);
    all.set(q, candidates(strict.length < FEW ? await found(client, index, q, true) : strict, grades));
  }
  return all;
}

/** The weight of a sign beside those that are served, when learning begins. */
const MORE = 4;

/** How close each product lies to the question, as a sign more; and, as products with no other sign, the closest. */
export function withVectors(
  byQuery: ReadonlyMap<string, Candidates>,
  { closeness, closest }: Vectors,
  beyond: number,
): Map<string, Candidates> {
  const none = SIGNS.map(() => 0);
  const one = (q: string, { ids, signs, grades }: Candidates): [string, Candidates] => {
    const found = ids.map((id, at) => ({ id, signs: signs[at] ?? none }));
    const others = closest(q, beyond).filter((id) => !ids.includes(id));
    const all = [...found, ...others.map((id) => ({ id, signs: none }))];
    return [
      q,
      candidates(
        all.map(({ id, signs }) => ({ id, signs: [...signs, Math.max(0, closeness(q, id))] })),
        grades,
      ),
    ];
  };
  return new Map([...byQuery].map(([q, found]) => one(q, found)));
}

const listed = (weights: TextWeights, more: readonly string[]): Weights => [
  ...SIGNS.map((sign) => weights[sign]),
  ...more.map(() => MORE),
];
const named = (weights: Weights, more: readonly string[]): Record<string, number> =>
  Object.fromEntries([...SIGNS, ...more].map((sign, at) => [sign, Number((weights[at] ?? 0).toFixed(3))]));

export interface OutOfFold {
  readonly mean: number;
  readonly deviation: number;
  /** Learnt on all queries and measured on the same. */
  readonly inSample: number;
  readonly weights: Record<string, number>;
}

function once(all: readonly Candidates[], from: Weights, repeat: number): number {
  const folds = foldsOf(all, FOLDS, mulberry(repeat + 1));
  const figures = folds.flatMap((held, fold) => {
    const rest = all.filter((one) => !held.includes(one));
    const weights = learn(rest, { from, bags: BAGS, seed: repeat * FOLDS + fold + 1 });
    return held.map((one) => ndcg(ranked(one, weights), one.grades));
  });
  return mean(figures);
}

/**
 * Learns anew for every fold, from the same beginning, and never sees a query that it is measured on.
 * @param more names of the signs that candidates have beside those that are served
 */
export function outOfFold(byQuery: ReadonlyMap<string, Candidates>, more: readonly string[] = []): OutOfFold {
  const from = listed(START, more);
  const all = [...byQuery.values()].filter(({ grades }) => isTelling(grades));
  const figures = Array.from({ length: REPEATS }, (_, repeat) => once(all, from, repeat));
  const weights = learn(all, { from, bags: 5 * BAGS, seed: 7 });
  const middle = mean(figures);
  return {
    mean: middle,
    deviation: Math.sqrt(mean(figures.map((figure) => (figure - middle) ** 2))),
    inSample: mean(all.map((one) => ndcg(ranked(one, weights), one.grades))),
    weights: named(weights, more),
  };
}
