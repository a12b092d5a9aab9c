/** Lists in use: what was learnt last and the one before, each asked as if the visitor were the only one. */
import type { Learnt } from "./learning";
import { createRecommender, type Recommender, type Shown } from "./recommender";
import { LEARNT_KINDS, type Asked, type Deeds } from "./served";
import { learnLists } from "./learn-lists";
import { sequencesOf } from "./sequences";

export interface ListsInUse {
  readonly hash: string;
  readonly trending: readonly string[];
  readonly items: number;
  /** Bytes of items and weights. */
  readonly bytes: number;
  ask(asked: Asked, bought: Deeds["bought"]): readonly Shown[];
  /** The score of each of these, 0 for what the lists do not propose. */
  scores(asked: Asked, shown: readonly string[]): readonly number[];
}

/** Before anything was learnt. */
export const NOTHING_LEARNT: Learnt = { ...learnLists(sequencesOf([]), []), trending: [] };

const bytesOf = ({ next, similar, together }: Learnt): number =>
  [next, similar, together].reduce((sum, list) => sum + list.items.byteLength + list.weights.byteLength, 0);

export function listsInUse(learnt: Learnt): ListsInUse {
  let [history, bought]: [readonly string[], ReadonlySet<string>] = [[], new Set()];
  const trending = new Map(learnt.trending.map((name, i) => [name, learnt.trending.length - i]));
  const visitors = {
    tell: () => undefined,
    historyOf: () => history,
    boughtBy: () => bought,
    trending: () => trending,
    size: () => 1,
  };
  const recommender: Recommender = createRecommender(learnt, visitors, () => 0);
  const ask: ListsInUse["ask"] = (asked, had) => {
    [history, bought] = [asked.history, had];
    const { kind, items, limit } = asked;
    return recommender.ask({ kind: LEARNT_KINDS[kind], visitor: "", items, limit });
  };
  return {
    hash: learnt.hash,
    trending: learnt.trending,
    items: learnt.names.length,
    bytes: bytesOf(learnt),
    ask,
    scores: (asked, shown) => {
      const found = new Map(ask(asked, new Set()).map(({ item, score }) => [item, score]));
      return shown.map((item) => found.get(item) ?? 0);
    },
  };
}
