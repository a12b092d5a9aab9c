/**
 * Answers what to show, from lists that were learnt and from what the visitor did up to this moment: plain arrays, no
 * tensors, no waiting. A newly learnt model takes the place of the old one between two requests.
 */
import { addNeighbours, emptySums, fading, type Lists, type Sums, sumsOf } from "./neighbours";
import { spanOfList } from "./sequences";
import { largest } from "./top";
import type { Visitors } from "./visitors";

export const KINDS = [
  "for-you",
  "similar",
  "bought-together",
  "trending",
  "recently-viewed",
  "complete-the-cart",
] as const;
export type Kind = (typeof KINDS)[number];

/** What was learnt, over numbers; `names` says whose. */
export interface LearntLists {
  readonly hash: string;
  readonly names: readonly string[];
  /** What comes next. */
  readonly next: Lists;
  /** What is taken by the same people. */
  readonly similar: Lists;
  /** What is bought in one go. */
  readonly together: Lists;
}

export interface Ask {
  readonly kind: Kind;
  readonly visitor: string;
  /** What the page shows, or what lies in the cart. */
  readonly items?: readonly string[];
  readonly limit: number;
  /** In stock, in this channel and section, within the price. */
  readonly allowed?: (item: string) => boolean;
  /** For diversity: of one group no more than `perGroup` are shown. */
  readonly groupOf?: (item: string) => string;
  readonly perGroup?: number;
  /** Whether what the visitor bought may be shown again. */
  readonly boughtToo?: boolean;
}

export interface Shown {
  readonly item: string;
  readonly score: number;
  /** The thing that speaks most for it ("because you viewed …"), and its part of the score; null for trending. */
  readonly because: { readonly item: string; readonly score: number } | null;
}

export interface Recommender {
  readonly ask: (ask: Ask) => Shown[];
  readonly replace: (learnt: LearntLists) => void;
  readonly hash: () => string;
}

const FADE = fading(20, 0.8);
const ALIKE = fading(50, 1);
/** So many are looked at for one that is shown: filters leave out the rest. */
const SURPLUS = 20;
const TRENDING_FRESH_MS = 1_000;

interface Model extends LearntLists {
  readonly numbers: ReadonlyMap<string, number>;
  readonly sums: Sums;
}

const modelOf = (learnt: LearntLists): Model => ({
  ...learnt,
  numbers: new Map(learnt.names.map((name, number) => [name, number])),
  sums: sumsOf(learnt.names.length),
});

interface Source {
  readonly lists: Lists;
  readonly fade: Float32Array;
  readonly from: readonly string[];
}

/** What one item says for another. */
function saidBy(lists: Lists, of: number, to: number): number {
  const end = lists.starts[of + 1] as number;
  for (let i = lists.starts[of] as number; i < end; i++) if (lists.items[i] === to) return lists.weights[i] as number;
  return 0;
}

function reasonOf(model: Model, { lists, fade, from }: Source, shown: string): Shown["because"] {
  const item = model.numbers.get(shown);
  if (item === undefined) return null;
  let best: Shown["because"] = null;
  from.forEach((name, i) => {
    const number = model.numbers.get(name);
    const score = number === undefined ? 0 : saidBy(lists, number, item) * (fade[from.length - 1 - i] ?? 0);
    if (score > (best?.score ?? 0)) best = { item: name, score };
  });
  return best;
}

function fromLists(model: Model, source: Source, count: number): Shown[] {
  const known = source.from.flatMap((name) => model.numbers.get(name) ?? []);
  addNeighbours(model.sums, source.lists, spanOfList(known), source.fade);
  const shown = [...largest(model.sums, count)].map((item) => ({
    item: model.names[item] as string,
    score: model.sums.values[item] as number,
    because: null,
  }));
  emptySums(model.sums);
  return shown;
}

/** Whether one more of its group may be shown; counts it if so. */
function groupTakes({ groupOf, perGroup }: Ask, groups: Map<string, number>, item: string): boolean {
  if (groupOf === undefined || perGroup === undefined) return true;
  const group = groupOf(item);
  const before = groups.get(group) ?? 0;
  if (before >= perGroup) return false;
  groups.set(group, before + 1);
  return true;
}

/** The best that may be shown, each once, no more than so many of one group. */
function chosen(shown: readonly Shown[], ask: Ask, hidden: ReadonlySet<string>): Shown[] {
  const groups = new Map<string, number>();
  const names = new Set<string>(hidden);
  const taken: Shown[] = [];
  const fits = (item: string): boolean => !names.has(item) && (ask.allowed?.(item) ?? true);
  for (const one of shown) {
    if (taken.length >= ask.limit) break;
    if (!fits(one.item) || !groupTakes(ask, groups, one.item)) continue;
    names.add(one.item);
    taken.push(one);
  }
  return taken;
}

/** @param clock milliseconds; what is trending is sorted anew once a second at most */
export function createRecommender(learnt: LearntLists, visitors: Visitors, clock: () => number): Recommender {
  let model = modelOf(learnt);
  let trending: { at: number; shown: Shown[] } | null = null;
  const trendingNow = (): Shown[] => {
    if (trending !== null && clock() - trending.at < TRENDING_FRESH_MS) return trending.shown;
    const numbers = [...visitors.trending()].sort((a, b) => b[1] - a[1]).slice(0, 1_000);
    trending = { at: clock(), shown: numbers.map(([item, score]) => ({ item, score, because: null })) };
    return trending.shown;
  };
  const sourceOf = ({ kind, visitor, items = [] }: Ask): Source | null => {
    const history = visitors.historyOf(visitor);
    if (kind === "for-you") return { lists: model.next, fade: FADE, from: history };
    if (kind === "similar") return { lists: model.similar, fade: ALIKE, from: items };
    if (kind === "trending" || kind === "recently-viewed") return null;
    return { lists: model.together, fade: ALIKE, from: items };
  };
  const proposals = (ask: Ask): Shown[] => {
    const source = sourceOf(ask);
    if (source !== null) {
      const learned = fromLists(model, source, ask.limit * SURPLUS);
      // who is new, or looks at something new, is shown what others take right now
      return ask.kind === "for-you" ? [...learned, ...trendingNow()] : learned;
    }
    if (ask.kind === "trending") return trendingNow();
    return [...visitors.historyOf(ask.visitor)]
      .reverse()
      .map((item, i) => ({ item, score: 1 / (i + 1), because: null }));
  };
  return {
    ask: (ask) => {
      const seen = ask.kind === "for-you" ? visitors.historyOf(ask.visitor) : (ask.items ?? []);
      const bought = ask.boughtToo === true ? [] : visitors.boughtBy(ask.visitor);
      const shown = chosen(proposals(ask), ask, new Set([...seen, ...bought]));
      const source = sourceOf(ask);
      // looked for only now: of hundreds that were proposed a few are shown
      return source === null ? shown : shown.map((one) => ({ ...one, because: reasonOf(model, source, one.item) }));
    },
    replace: (next) => {
      model = modelOf(next);
    },
    hash: () => model.hash,
  };
}
