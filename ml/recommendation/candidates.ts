/** The candidates of a case, the best of each view, and for each of them what every view says: one row of features. */
import type { ItemFacts } from "./item-facts";
import { dropSeen } from "./metrics";
import { addTo, emptySums, type Sums, sumsOf } from "./neighbours";
import type { Span } from "./sequences";
import { largest } from "./top";
import type { View } from "./views";

/** Per view: the sum, the logarithm of its share of the case's best one, and one over the root of the place. */
const PER_VIEW = 3;

export interface Candidates {
  readonly items: Int32Array;
  /** A row of `width` features per candidate. */
  readonly features: Float32Array;
}

export interface Proposer {
  readonly width: number;
  readonly names: readonly string[];
  /** Which of the features may be added up. */
  readonly linear: readonly number[];
  /** @param only null is the answer where this item is not among them: their features are not put together then */
  readonly propose: (prefix: Span, caseNumber: number, only: number) => Candidates | null;
}

export interface Proposing {
  readonly views: readonly View[];
  readonly facts: ItemFacts;
  readonly itemCount: number;
  readonly repeats: boolean;
}

/** A share below this is none: its logarithm has an end. */
const SHARE_MIN = 0.01;

const ITEM_NAMES = ["popularity", "lateness", "newest", "time", "later", "length", "seen", "last-popularity"];
/** Those of them that speak for an item by themselves. */
const ITEM_LINEAR: readonly string[] = ["popularity", "lateness", "newest", "later", "seen"];

interface Work extends Proposing {
  /** What each view says of the case at hand. */
  readonly said: readonly Sums[];
  readonly chosen: Sums;
  readonly width: number;
}

function gather(work: Work, prefix: Span, caseNumber: number): { items: Int32Array; tops: Int32Array[] } {
  const { views, said, chosen, repeats } = work;
  const tops = views.map(({ score, take }, v) => {
    const sums = said[v] as Sums;
    score(prefix, sums, caseNumber);
    if (!repeats) dropSeen(sums, prefix);
    return largest(sums, take);
  });
  for (const top of tops) for (const item of top) addTo(chosen, item, 1);
  const items = chosen.touched.slice(0, chosen.count);
  emptySums(chosen);
  return { items, tops };
}

function fillView({ said, width }: Work, v: number, top: Int32Array, { items, features }: Candidates): void {
  const { values } = said[v] as Sums;
  const best = top.length === 0 ? 1 : (values[top[0] as number] as number);
  const places = new Map<number, number>();
  top.forEach((item, place) => places.set(item, place));
  items.forEach((item, i) => {
    const at = i * width + v * PER_VIEW;
    const value = values[item] as number;
    const place = places.get(item);
    features[at] = value;
    features[at + 1] = Math.log(SHARE_MIN + Math.max(0, value / best));
    features[at + 2] = place === undefined ? 0 : (place + 1) ** -0.5;
  });
}

function fillItems({ facts, views, width }: Work, { items: history, from, to }: Span, candidates: Candidates): void {
  const last = history[to - 1] as number;
  const seen = new Map<number, number>();
  for (let at = from; at < to; at++) seen.set(history[at] as number, 1 / (to - at));
  candidates.items.forEach((item, i) => {
    const time = facts.time[item] as number;
    const row = [
      facts.popularity[item] as number,
      facts.lateness[item] as number,
      facts.newest[item] as number,
      time,
      time - (facts.time[last] as number),
      to - from,
      seen.get(item) ?? 0,
      facts.popularity[last] as number,
    ];
    candidates.features.set(row, i * width + views.length * PER_VIEW);
  });
}

export function proposer(proposing: Proposing): Proposer {
  const { views, itemCount } = proposing;
  const width = views.length * PER_VIEW + ITEM_NAMES.length;
  const names = [...views.flatMap(({ name }) => [name, `${name}/best`, `${name}/place`]), ...ITEM_NAMES];
  const speaks = (name: string): boolean => name.includes("/") || ITEM_LINEAR.includes(name);
  const said = views.map(() => sumsOf(itemCount));
  const work: Work = { ...proposing, said, chosen: sumsOf(itemCount), width };
  return {
    width,
    names,
    linear: names.flatMap((name, feature) => (speaks(name) ? [feature] : [])),
    propose: (prefix, caseNumber, only) => {
      const { items, tops } = gather(work, prefix, caseNumber);
      const candidates = items.includes(only) ? { items, features: new Float32Array(items.length * width) } : null;
      if (candidates !== null) {
        tops.forEach((top, v) => fillView(work, v, top, candidates));
        fillItems(work, prefix, candidates);
      }
      said.forEach(emptySums);
      return candidates;
    },
  };
}
