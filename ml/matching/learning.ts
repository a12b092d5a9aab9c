/** Learns from what people said of pairs of products. In a thread of its own; seeded. */
import { contested, lackingEither, type Outcome } from "../kernel/contest";
import { f1Of } from "../kernel/metrics";
import { FIRST_MATCHING } from "./first";
import { matchOf, trainMatching, type MatchModel } from "./model";
import type { Pair } from "./pairs";

export interface LearnOrder {
  /** Oldest first. */
  readonly pairs: readonly Pair[];
  readonly seed: number;
  /** The model in use; left out: what ships. */
  readonly champion?: MatchModel;
}

export type Learnt = Outcome<MatchModel>;

const EACH_MIN = { teaching: 30, judging: 10 };

const judge = (model: MatchModel, pairs: readonly Pair[]): number =>
  f1Of(
    pairs.map(({ label }) => label),
    pairs.map((pair) => (matchOf(model, pair).same ? 1 : 0)),
    1,
  ).f1;

export const run = ({ pairs, seed, champion }: LearnOrder): Promise<Learnt> =>
  Promise.resolve(
    contested<Pair, MatchModel>({
      ...{ lessons: pairs, measure: "F1", judge },
      lacking: lackingEither(({ label }) => label === 1, EACH_MIN, "pairs"),
      train: (teaching) => trainMatching(teaching, seed),
      first: (_teaching, judging) => judge(FIRST_MATCHING, judging),
      ...(champion && { champion }),
    }),
  );
