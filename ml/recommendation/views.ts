/**
 * The views on "what comes next" that are blended: each is cheap, each knows something that the others do not. A view
 * gives sums by item; what is asked of all of them for one case is features of the candidates.
 */
import type { Score } from "./metrics";
import {
  addNeighbours,
  addTo,
  type Counted,
  emptySums,
  fading,
  type Lists,
  neighbours,
  type Sums,
  sumsOf,
} from "./neighbours";
import { slimLists, SLIM } from "./slim";
import { SMOOTH, SMOOTHED_MAX, smoothLists } from "./smooth";
import { similarSequences } from "./similar-sequences";
import { largest, largestOf } from "./top";
import { transition, transitionLists, type TransitionSettings } from "./transition";

export interface View {
  readonly name: string;
  readonly score: Score;
  /** How many of its best become candidates. */
  readonly take: number;
}

const NEAR: readonly [steps: number, decay: number] = [3, 0.5];

/** What follows directly, and only that: no scale, so that it is a count which can be trusted or not. */
function follows(counted: Counted, self: boolean): Lists {
  const after = fading(NEAR[0], NEAR[1]);
  const before = new Float32Array(0);
  return neighbours(counted, { after, before, ofPower: 0, toPower: 0, shrink: 1, keep: 100 }, self);
}

function together(counted: Counted): Lists {
  const all = fading(100, 1);
  return neighbours(counted, { after: all, before: all, ofPower: 0.5, toPower: 0.5, shrink: 2, keep: 150 }, false);
}

const WALK_FIRST = 30;

/** Two steps away: what follows what follows. Finds what never met in one sequence. */
function walk(lists: Lists, fade: number): Score {
  let between: Sums | null = null;
  const fades = fading(5, fade);
  return (prefix, sums) => {
    between ??= sumsOf(sums.values.length);
    addNeighbours(between, lists, prefix, fades);
    for (const item of largest(between, WALK_FIRST)) addScaled(sums, lists, item, between.values[item] as number);
    emptySums(between);
  };
}

function addScaled(sums: Sums, lists: Lists, item: number, times: number): void {
  const end = lists.starts[item + 1] as number;
  for (let i = lists.starts[item] as number; i < end; i++) {
    addTo(sums, lists.items[i] as number, times * (lists.weights[i] as number));
  }
}

/** Of the last item alone. */
const lastOnly =
  (lists: Lists): Score =>
  (prefix, sums) =>
    addNeighbours(sums, lists, prefix, fading(1, 1));

const POPULAR = 100;

/** What is taken most, for those of whom nothing better is known. */
function popular({ counts }: Counted): Score {
  const best = largestOf(Float32Array.from(counts), Math.min(POPULAR, counts.length));
  return (_prefix, sums) => {
    for (const item of best) addTo(sums, item, counts[item] as number);
  };
}

export interface ViewSettings {
  readonly transition: TransitionSettings;
  readonly repeats: boolean;
}

/** What was learnt for the views: plain arrays, that can be handed to another thread. */
export interface LearntViews {
  readonly next: Lists;
  readonly followers: Lists;
  readonly cosine: Lists;
  readonly slim: Lists;
  /** Null for a catalogue that is too large for it. */
  readonly smooth: Lists | null;
}

export function learnViews(counted: Counted, { transition: settings, repeats: self }: ViewSettings): LearntViews {
  const { back, shrink, decay } = settings;
  return {
    next: transitionLists(counted, settings, self),
    followers: follows(counted, self),
    cosine: together(counted),
    slim: slimLists(counted, { ...SLIM, decay, back }, () => undefined),
    smooth: counted.counts.length > SMOOTHED_MAX ? null : smoothLists(counted, SMOOTH, { back, shrink, self }),
  };
}

export function viewsOf(counted: Counted, learnt: LearntViews, settings: TransitionSettings): View[] {
  const { next, followers, cosine, slim, smooth } = learnt;
  return [
    { name: "transition", score: transition(next, settings), take: 60 },
    { name: "last", score: lastOnly(next), take: 20 },
    { name: "follows", score: transition(followers, { ...settings, fade: 0.5 }), take: 20 },
    { name: "together", score: transition(cosine, { ...settings, fade: 0.9 }), take: 30 },
    { name: "slim", score: transition(slim, settings), take: 30 },
    ...(smooth === null ? [] : [{ name: "smooth", score: transition(smooth, settings), take: 60 }]),
    { name: "walk", score: walk(next, settings.fade), take: 40 },
    { name: "alike", score: similarSequences(counted), take: 30 },
    { name: "popular", score: popular(counted), take: 15 },
  ];
}
