/**
 * Trains every model on a file and judges it under a published protocol: full ranking over all items, nothing sampled,
 * ties against the model, item numbers by chance. What is chosen is chosen on validation; when it is chosen, models
 * are fitted again on all that is older than what is judged, as a mall would.
 */
import { itemNeighbours, popularity } from "./baseline";
import { type Judging, judgedOf, ranksOf, type Score, someOf } from "./metrics";
import type { Counted } from "./neighbours";
import { type Files, readProtocol } from "./protocol";
import type { Line } from "./report";
import { countsOf, occurrencesOf, type Sequences } from "./sequences";
import { chooseTransition, transition, transitionLists } from "./transition";

export interface Around {
  readonly clock: () => number;
  /** A sentence for people. */
  readonly say: (sentence: string) => void;
  /** How far a stage is, from 0 to 1. */
  readonly progress: (stage: string, fraction: number) => void;
  /** For all training; it ends in time with what it has by then. */
  readonly trainingMs: number;
}

const CHOOSING_SHARE = 0.08;
const CHOOSING_CASES = 4_000;

export const countedOf = (sequences: Sequences, itemCount: number): Counted => ({
  sequences,
  occurrences: occurrencesOf(sequences, itemCount),
  counts: countsOf(sequences, itemCount),
});

/** @returns a line per model, in the order from the simplest to the best */
export async function evaluate(files: Files, around: Around): Promise<Line[]> {
  const { problem, told, repeats, first } = await readProtocol(files);
  around.say(told);
  around.say(
    `Ranked among all ${problem.itemCount} items, ties against the model; ` +
      (repeats ? "what somebody had may come again." : "nobody takes a thing twice here, so what one had is left out."),
  );
  const judging: Judging = { itemCount: problem.itemCount, repeats, first };
  const whole = countedOf(problem.whole, problem.itemCount);
  const begun = around.clock();
  const { settings } = chooseTransition(
    countedOf(problem.train, problem.itemCount),
    someOf(problem.validation, CHOOSING_CASES),
    {
      judging,
      inTime: () => around.clock() - begun < around.trainingMs * CHOOSING_SHARE,
      told: (fraction) => around.progress("choosing transitions", fraction),
    },
  );
  const models: [string, Score][] = [
    ["popularity", popularity(whole)],
    ["item-knn", itemNeighbours(whole)],
    ["knn-transition", transition(transitionLists(whole, settings, repeats), settings)],
  ];
  return models.map(([name, score]) => ({ name, judged: judgedOf(ranksOf(score, problem.test, judging), first) }));
}
