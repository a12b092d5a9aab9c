/**
 * Trains every model on a file and judges it under a published protocol: full ranking over all items, nothing sampled,
 * ties against the model, item numbers by chance. What is chosen is chosen on validation; when it is chosen, models
 * are fitted again on all that is older than what is judged, as a mall would.
 */
import { useBackend } from "../kernel/backends";
import { itemNeighbours, popularity } from "./baseline";
import { type Proposer, proposer } from "./candidates";
import { type ItemFacts, itemFactsOf } from "./item-facts";
import { blended, lessonsOf } from "./lessons";
import { type Judged, type Judging, judgedOf, ranksOf, type Score, someOf } from "./metrics";
import type { Counted } from "./neighbours";
import { type Asked, askNet, type Net } from "./net-scores";
import { type Files, type Read, readProtocol } from "./protocol";
import { growRanker, RANKER, type Ranker } from "./ranker";
import type { Line } from "./report";
import { type Cases, countsOf, occurrencesOf, type Sequences } from "./sequences";
import { type FittedNet, type NetOrder, trainAtLast, trainForChoice } from "./train";
import { chooseTransition, transition, transitionLists, type TransitionSettings } from "./transition";
import { type View, viewsOf } from "./views";

export interface Around {
  readonly clock: () => number;
  /** A sentence for people. */
  readonly say: (sentence: string) => void;
  /** How far a stage is, from 0 to 1. */
  readonly progress: (stage: string, fraction: number) => void;
  /** For all training; it ends in time with what it has by then. */
  readonly trainingMs: number;
}

/** Shares of the training's time. Two nets, one after the other, beside all else. */
const CHOOSING_SHARE = 0.1;
const NET_SHARE = 0.42;
const LESSONS_SHARE = 0.62;
const RANKER_SHARE = 0.85;
const CHOOSING_CASES = 4_000;
const LESSON_CASES = 30_000;

export const countedOf = (sequences: Sequences, itemCount: number): Counted => ({
  sequences,
  occurrences: occurrencesOf(sequences, itemCount),
  counts: countsOf(sequences, itemCount),
});

interface Run extends Read, Around {
  readonly judging: Judging;
  readonly inTime: (share: number) => () => boolean;
  readonly order: NetOrder;
}

function runOf(read: Read, around: Around, seed: number): Run {
  const { problem, repeats, first } = read;
  const begun = around.clock();
  const inTime = (share: number) => () => around.clock() - begun < share * around.trainingMs;
  const order = { problem, repeats, first, seed, timeMs: around.trainingMs * NET_SHARE, told: around.say };
  return { ...read, ...around, judging: { itemCount: problem.itemCount, repeats, first }, inTime, order };
}

/** The views without the net, and what is known of items: learnt from `counted` alone. */
interface Seen {
  readonly views: readonly View[];
  readonly facts: ItemFacts;
}

const seenOf = ({ repeats }: Run, counted: Counted, settings: TransitionSettings): Seen => ({
  views: viewsOf(counted, { transition: settings, repeats }),
  facts: itemFactsOf(counted),
});

const proposerOf = ({ problem, repeats }: Run, { views, facts }: Seen, { score }: Asked): Proposer =>
  proposer({ views: [...views, { name: "net", score, take: 60 }], facts, itemCount: problem.itemCount, repeats });

const asked = (run: Run, net: Net, cases: Cases): Asked =>
  askNet(net, cases, run.repeats, (fraction) => run.progress("asking the net", fraction));

function choose(run: Run, train: Counted): TransitionSettings {
  const { settings } = chooseTransition(train, someOf(run.problem.validation, CHOOSING_CASES), {
    judging: run.judging,
    inTime: run.inTime(CHOOSING_SHARE),
    told: (fraction) => run.progress("choosing transitions", fraction),
  });
  run.say(`transitions: ${JSON.stringify(settings)}`);
  return settings;
}

function learnToRank(run: Run, train: Counted, settings: TransitionSettings, fitted: FittedNet): Ranker {
  const cases = someOf(run.problem.validation, LESSON_CASES);
  const proposes = proposerOf(run, seenOf(run, train, settings), asked(run, fitted.net(), cases));
  const lessons = lessonsOf(proposes, cases, {
    inTime: run.inTime(LESSONS_SHARE),
    told: (fraction) => run.progress("gathering candidates", fraction),
  });
  const lists = lessons.taken.length;
  run.say(`${lists} of ${cases.targets.length} lists of candidates hold the item that was taken`);
  const ranker = growRanker(lessons, RANKER, {
    inTime: run.inTime(RANKER_SHARE),
    told: (fraction) => run.progress("growing trees", fraction),
  });
  run.say(`${ranker.trees.length} trees`);
  return ranker;
}

async function judged(run: Run, models: readonly (readonly [string, () => Int32Array])[]): Promise<Line[]> {
  const lines: Line[] = [];
  for (const [i, [name, ranks]] of models.entries()) {
    run.progress(`judging ${name}`, i / models.length);
    lines.push({ name, judged: judgedOf(ranks(), run.first) satisfies Judged });
    // lets what was told be written
    await Promise.resolve();
  }
  return lines;
}

/** @returns a line per model, in the order from the simplest to the best */
export async function evaluate(files: Files, around: Around): Promise<Line[]> {
  const read = await readProtocol(files);
  const run = runOf(read, around, files.seed);
  const { problem, repeats } = read;
  run.say(read.told);
  run.say(
    `Ranked among all ${problem.itemCount} items, ties against the model; ` +
      (repeats ? "what somebody had may come again." : "nobody takes a thing twice here, so what one had is left out."),
  );
  await useBackend();
  const choosing = trainForChoice(run.order);
  const train = countedOf(problem.train, problem.itemCount);
  const settings = choose(run, train);
  const fitted = await choosing;
  run.say(`net: best after ${fitted.bestEpoch} epochs, ended by ${fitted.ended}, ${fitted.backend}`);
  // the second net learns while this thread gathers and grows
  const last = trainAtLast(run.order, Math.max(1, fitted.bestEpoch));
  const ranker = learnToRank(run, train, settings, fitted);
  const whole = countedOf(problem.whole, problem.itemCount);
  const seen = seenOf(run, whole, settings);
  const net = atLast(run, fitted, await last);
  const trained = around.clock();
  const lines = await judged(run, modelsOf(run, whole, { settings, ranker, net, seen }));
  run.say(`judged in ${Math.round((around.clock() - trained) / 1_000)} s`);
  return lines;
}

/** Of the last net's epochs, so many must be done: a net that stopped early would say something else than the first. */
const EPOCHS_SHARE = 0.8;

function atLast(run: Run, fitted: FittedNet, last: FittedNet): Net {
  if (last.epochs >= fitted.bestEpoch * EPOCHS_SHARE) return last.net();
  run.say("net: there was no time to learn from the validation items as well; it is judged without them");
  return fitted.net();
}

interface Learnt {
  readonly settings: TransitionSettings;
  readonly ranker: Ranker;
  readonly net: Net;
  readonly seen: Seen;
}

function modelsOf(run: Run, whole: Counted, { settings, ranker, net, seen }: Learnt) {
  const { problem, repeats, judging } = run;
  const ranks = (score: Score): Int32Array => ranksOf(score, problem.test, judging);
  const answers = asked(run, net, problem.test);
  return [
    ["popularity", () => ranks(popularity(whole))],
    ["item-knn", () => ranks(itemNeighbours(whole))],
    ["knn-transition", () => ranks(transition(transitionLists(whole, settings, repeats), settings))],
    ["self-attention", () => answers.ranks],
    ["blended", () => ranks(blended(proposerOf(run, seen, answers), ranker))],
  ] as const;
}
