/**
 * Trains every model on a file and judges it under a published protocol: full ranking over all items, nothing sampled,
 * ties against the model, item numbers by chance. What is chosen is chosen on validation; when it is chosen, models
 * are fitted again on all that is older than what is judged, as a mall would.
 */
import { useBackend } from "../kernel/backends";
import { itemNeighbours } from "./baseline";
import { itemFactsOf } from "./item-facts";
import { answersOf, judgedByTwo, proposerOf, type Seen } from "./judge";
import { lessonsOf } from "./lessons";
import { constantRanks, type Judging, judgedOf, ranksOf, type Score, someOf } from "./metrics";
import type { Counted } from "./neighbours";
import { NET_KINDS, type NetKind } from "./net-parts";
import type { LearntNet } from "./net-scores";
import { type Files, type Read, readProtocol } from "./protocol";
import { growRanker, RANKER, type Ranker } from "./ranker";
import type { Line } from "./report";
import { countsOf, occurrencesOf, type Sequences } from "./sequences";
import { type FittedNet, type NetOrder, trainAtLast, trainForChoice } from "./train";
import { chooseTransition, transition, type TransitionSettings } from "./transition";
import { learnViews } from "./views";

export interface Around {
  readonly clock: () => number;
  /** Seconds of processor time that this process has used, all its threads together. */
  readonly processor: () => number;
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
  readonly order: Omit<NetOrder, "kind">;
}

function runOf(read: Read, around: Around, seed: number): Run {
  const { problem, repeats, first } = read;
  const begun = around.clock();
  const inTime = (share: number) => () => around.clock() - begun < share * around.trainingMs;
  const order = { problem, repeats, first, seed, timeMs: around.trainingMs * NET_SHARE, told: around.say };
  return { ...read, ...around, judging: { itemCount: problem.itemCount, repeats, first }, inTime, order };
}

const seenOf = ({ repeats }: Run, counted: Counted, settings: TransitionSettings): Seen => ({
  ...{ counted, settings },
  views: learnViews(counted, { transition: settings, repeats }),
  facts: itemFactsOf(counted),
});

function choose(run: Run, train: Counted): TransitionSettings {
  const { settings } = chooseTransition(train, someOf(run.problem.validation, CHOOSING_CASES), {
    judging: run.judging,
    inTime: run.inTime(CHOOSING_SHARE),
    told: (fraction) => run.progress("choosing transitions", fraction),
  });
  run.say(`transitions: ${JSON.stringify(settings)}`);
  return settings;
}

function learnToRank(run: Run, train: Counted, settings: TransitionSettings, fitted: readonly FittedNet[]): Ranker {
  const cases = someOf(run.problem.validation, LESSON_CASES);
  const nets = fitted.map(({ net }) => net);
  const answers = answersOf(nets, cases, run.repeats, (fraction) => run.progress("asking the nets", fraction));
  const proposes = proposerOf(seenOf(run, train, settings), answers, run.judging);
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
  const choosing = Promise.all(NET_KINDS.map((kind) => trainForChoice({ ...run.order, kind })));
  const train = countedOf(problem.train, problem.itemCount);
  const settings = choose(run, train);
  const fitted = await choosing;
  fitted.forEach(
    ({
      bestEpoch,
      ended,
      backend,
      net: {
        settings: { kind },
      },
    }) => run.say(`${kind}: best after ${bestEpoch} epochs, ended by ${ended}, ${backend}`),
  );
  // they learn once more, with what they were chosen on, while this thread gathers and grows
  const last = fitted.map(({ bestEpoch, net }) =>
    trainAtLast({ ...run.order, kind: net.settings.kind }, Math.max(1, bestEpoch)),
  );
  const ranker = learnToRank(run, train, settings, fitted);
  const whole = countedOf(problem.whole, problem.itemCount);
  const seen = seenOf(run, whole, settings);
  const simple = simpleOf(run, seen);
  const again = await Promise.all(last);
  const nets = fitted.map((first, n) => atLast(run, first, again[n] as FittedNet));
  const [trained, used] = [around.clock(), around.processor()];
  run.say(`learnt with ${Math.round(used)} s of processor time`);
  const lines = await judged(run, { ranker, nets, seen, simple });
  const spent = Math.round(around.processor() - used);
  run.say(`judged in ${Math.round((around.clock() - trained) / 1_000)} s, with ${spent} s of processor time`);
  return lines;
}

/** Of the last net's epochs, so many must be done: a net that stopped early would say something else than the first. */
const EPOCHS_SHARE = 0.8;

function atLast(run: Run, fitted: FittedNet, last: FittedNet): LearntNet {
  if (last.epochs >= fitted.bestEpoch * EPOCHS_SHARE) return last.net;
  const { kind } = fitted.net.settings;
  run.say(`${kind}: there was no time to learn from the validation items as well; it is judged without them`);
  return fitted.net;
}

type Ranks = () => Int32Array;

/** What needs no net, learnt: from the simplest on. */
function simpleOf(
  { problem, judging }: Run,
  { counted, views, settings }: Seen,
): readonly (readonly [string, Ranks])[] {
  const alike = itemNeighbours(counted);
  const ranks = (score: Score): Int32Array => ranksOf(score, problem.test, judging);
  return [
    ["popularity", () => constantRanks(Float32Array.from(counted.counts), problem.test, judging)],
    ["item-knn", () => ranks(alike)],
    ["knn-transition", () => ranks(transition(views.next, settings))],
  ];
}

interface Learnt {
  readonly ranker: Ranker;
  readonly nets: readonly LearntNet[];
  readonly seen: Seen;
  readonly simple: ReturnType<typeof simpleOf>;
}

const NET_NAMES: Readonly<Record<NetKind, string>> = { attention: "self-attention", towers: "two-tower" };

/** Of the cases that both threads share: this one has the simple models to itself. */
const OWN_SHARE = 0.46;

async function judged(run: Run, { simple, ...learnt }: Learnt): Promise<Line[]> {
  const { problem, judging, first } = run;
  const lineOf = (name: string, ranks: Int32Array): Line => ({ name, judged: judgedOf(ranks, first) });
  const lines: Line[] = [];
  const beside = (): void => {
    for (const [i, [name, ranks]] of simple.entries()) {
      run.progress(`judging ${name}`, i / simple.length);
      lines.push(lineOf(name, ranks()));
    }
  };
  const order = { ...learnt, cases: problem.test, judging };
  const told = (fraction: number): void => run.progress("judging nets and blend", fraction);
  const { nets, blended } = await judgedByTwo(order, OWN_SHARE, beside, told);
  const ofNets = nets.map((ranks, n) => lineOf(NET_NAMES[NET_KINDS[n] as NetKind], ranks));
  return [...lines, ...ofNets, lineOf("blended", blended)];
}
