/**
 * Decayed co-occurrence with transition: what came soon after something counts more than what came late, what came
 * before counts less, and of a visitor's history the last step counts most. How much is chosen on validation.
 */
import { HISTORY_MAX } from "./baseline";
import { type Judged, judgedOf, type Judging, ranksOf, type Score } from "./metrics";
import { addNeighbours, type Counted, fading, neighbours, type Lists } from "./neighbours";
import type { Cases } from "./sequences";

export interface TransitionSettings {
  /** What a step further between two items leaves of a pair's count. */
  readonly decay: number;
  /** What a pair counts backwards. */
  readonly back: number;
  readonly ofPower: number;
  readonly toPower: number;
  readonly shrink: number;
  /** What a step back in the visitor's history leaves. */
  readonly fade: number;
}

export const TRANSITION: TransitionSettings = {
  decay: 0.8,
  back: 0.4,
  ofPower: 0.5,
  toPower: 0.3,
  shrink: 1,
  fade: 0.8,
};

const WINDOW = 30;
const KEEP = 200;

export const transitionLists = (counted: Counted, settings: TransitionSettings, self: boolean): Lists =>
  neighbours(
    counted,
    {
      after: fading(WINDOW, settings.decay),
      before: fading(WINDOW, settings.decay, settings.back),
      ofPower: settings.ofPower,
      toPower: settings.toPower,
      shrink: settings.shrink,
      keep: KEEP,
    },
    self,
  );

export function transition(lists: Lists, { fade }: TransitionSettings): Score {
  const fades = fading(HISTORY_MAX, fade);
  return (prefix, sums) => addNeighbours(sums, lists, prefix, fades);
}

const CHOICES: { readonly [K in keyof TransitionSettings]: readonly number[] } = {
  fade: [0.4, 0.6, 0.8, 0.9, 1],
  decay: [0.4, 0.6, 0.8, 0.9, 1],
  back: [0, 0.2, 0.4, 0.7, 1],
  toPower: [0, 0.15, 0.3, 0.5, 0.7],
  ofPower: [0.2, 0.5, 0.8, 1],
  shrink: [0, 1, 5],
};

const worthOf = ({ hitRate, ndcg, mrr }: Judged): number => hitRate + ndcg + mrr;

export interface Tried {
  readonly settings: TransitionSettings;
  readonly judged: Judged;
}

/** Each setting with each of its other values, in the order in which they matter. */
const trials = ({ settings }: Tried): [keyof TransitionSettings, number][] =>
  (Object.keys(CHOICES) as (keyof TransitionSettings)[]).flatMap((name) =>
    CHOICES[name]
      .filter((value) => value !== settings[name])
      .map((value): [keyof TransitionSettings, number] => [name, value]),
  );

/** One setting after the other, each the best with the others as they are, until no time is left. */
export function chooseTransition(
  counted: Counted,
  cases: Cases,
  around: { readonly judging: Judging; readonly inTime: () => boolean; readonly told: (fraction: number) => void },
): Tried {
  const { judging, inTime, told } = around;
  const judge = (settings: TransitionSettings): Judged => {
    const lists = transitionLists(counted, settings, judging.repeats);
    return judgedOf(ranksOf(transition(lists, settings), cases, judging), judging.first);
  };
  let best: Tried = { settings: TRANSITION, judged: judge(TRANSITION) };
  const planned = trials(best);
  for (const [i, [name, value]] of planned.entries()) {
    if (!inTime()) break;
    if (best.settings[name] === value) continue;
    const settings = { ...best.settings, [name]: value };
    const judged = judge(settings);
    if (worthOf(judged) > worthOf(best.judged)) best = { settings, judged };
    told((i + 1) / planned.length);
  }
  return best;
}
