/**
 * A ranker's trees as flat arrays, and the place of what was taken among the candidates of its case. The place is the
 * one that scoring every candidate gives, and is reached sooner: a candidate that is certainly above or certainly below
 * the taken one, whatever the trees that were not asked yet say, is not asked about any further.
 */
import type { Candidates } from "./candidates";
import { linearScore } from "./linear";
import type { Ranker } from "./ranker";

export interface Forest {
  readonly linear: Ranker["linear"];
  /** Where each tree begins among all nodes. */
  readonly roots: Int32Array;
  /** The feature that a node asks for; -1 for a leaf. */
  readonly features: Int32Array;
  readonly thresholds: Float64Array;
  readonly lefts: Int32Array;
  readonly rights: Int32Array;
  readonly values: Float64Array;
  /** The least and the most that the trees from this one on can say together; one more than there are trees. */
  readonly least: Float64Array;
  readonly most: Float64Array;
}

/** The least and the most of each tree's leaves, summed from the end. */
function ends({ trees }: Ranker, better: (...values: number[]) => number): Float64Array {
  const sums = new Float64Array(trees.length + 1);
  for (let t = trees.length - 1; t >= 0; t--) {
    const { features = [], values = [] } = trees[t] ?? {};
    sums[t] = (sums[t + 1] as number) + better(...values.filter((_value, node) => (features[node] as number) < 0));
  }
  return sums;
}

export function forestOf(ranker: Ranker): Forest {
  const { linear, trees } = ranker;
  const roots = new Int32Array(trees.length + 1);
  trees.forEach(({ features }, t) => (roots[t + 1] = (roots[t] as number) + features.length));
  const nodes = trees.flatMap((tree, t) =>
    tree.features.map((feature, n) => {
      const [root, threshold] = [roots[t] as number, tree.thresholds[n] as number];
      const children = [tree.lefts[n] as number, tree.rights[n] as number].map((child) => root + child);
      return { feature, threshold, left: children[0] as number, right: children[1] as number };
    }),
  );
  return {
    linear,
    roots: roots.subarray(0, trees.length),
    features: Int32Array.from(nodes, ({ feature }) => feature),
    thresholds: Float64Array.from(nodes, ({ threshold }) => threshold),
    lefts: Int32Array.from(nodes, ({ left }) => left),
    rights: Int32Array.from(nodes, ({ right }) => right),
    values: Float64Array.from(trees.flatMap(({ values }) => [...values])),
    least: ends(ranker, Math.min),
    most: ends(ranker, Math.max),
  };
}

/** What the trees from `from` to `to` say of a row, added to `score` one by one: a sum depends on its order. */
function asked(
  forest: Forest,
  row: Float32Array,
  at: number,
  part: { score: number; from: number; to: number },
): number {
  const { roots, features, thresholds, lefts, rights, values } = forest;
  let { score } = part;
  for (let t = part.from; t < part.to; t++) {
    let node = roots[t] as number;
    for (let feature = features[node] as number; feature >= 0; feature = features[node] as number) {
      const isLeft = (row[at + feature] as number) <= (thresholds[node] as number);
      node = (isLeft ? lefts[node] : rights[node]) as number;
    }
    score += values[node] as number;
  }
  return score;
}

/** Trees that are asked before it is looked at again whether that decides. */
const GROUP = 20;
/** Scores that are nearer than this may be one and the same once they are rounded: both are asked to the end. */
const NEAR = 1e-5;
/** As scores are kept: equal ones count against the taken one. */
const worth = (score: number): number => Math.fround(Math.exp(score));

/** Whether the candidate whose row begins at `at` is at least as good as one with the score `own`. */
function isAbove(forest: Forest, row: Float32Array, at: number, own: number): boolean {
  const { least, most, linear } = forest;
  const trees = forest.roots.length;
  let score = linearScore(linear, row, at);
  for (let from = 0; ; from += GROUP) {
    if (score + (most[Math.min(from, trees)] as number) < own - NEAR) return false;
    if (score + (least[Math.min(from, trees)] as number) > own + NEAR) return true;
    if (from >= trees) return worth(score) >= worth(own);
    score = asked(forest, row, at, { score, from, to: Math.min(trees, from + GROUP) });
  }
}

/** @returns the place among the candidates, from 1; of equal ones the last */
export function placeAmong(forest: Forest, { items, features }: Candidates, width: number, target: number): number {
  const own = items.indexOf(target);
  if (own < 0) throw new Error("Only what is among the candidates has a place there");
  const at = own * width;
  const score = linearScore(forest.linear, features, at);
  const ownScore = asked(forest, features, at, { score, from: 0, to: forest.roots.length });
  let place = 1;
  for (let i = 0; i < items.length; i++) if (i !== own && isAbove(forest, features, i * width, ownScore)) place += 1;
  return place;
}
