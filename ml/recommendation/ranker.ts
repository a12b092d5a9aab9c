/**
 * Orders candidates: a weighted sum of what the views say, and boosted trees for what a sum misses, both learnt on the
 * validation cases so that the item which was taken is the likeliest of its list (softmax over each list). Lists
 * without the taken item teach nothing.
 */
import { type Bounds, binned, boundsFor } from "../kernel/trees/bins";
import { growTree } from "../kernel/trees/grow";
import { leafOf, type Tree } from "../kernel/trees/tree";
import { chance, permutation } from "../kernel/random";
import { fitLinear, type Linear, LINEAR, linearScore } from "./linear";

export interface Lessons {
  readonly width: number;
  /** Where each list begins; one more than there are lists. */
  readonly starts: Int32Array;
  readonly features: Float32Array;
  /** Features that may be added up: the more of one, the likelier. */
  readonly linear: readonly number[];
  /** The row of the taken item, per list. */
  readonly taken: Int32Array;
}

export interface RankerSettings {
  readonly treesMax: number;
  readonly rate: number;
  readonly leaves: number;
  readonly patience: number;
  readonly seed: number;
}

export const RANKER: RankerSettings = { treesMax: 300, rate: 0.05, leaves: 8, patience: 25, seed: 1 };

export interface Ranker {
  readonly linear: Linear;
  readonly trees: readonly Tree[];
}

export const scoreRow = ({ linear, trees }: Ranker, features: Float32Array, at: number): number => {
  let score = linearScore(linear, features, at);
  for (const tree of trees) score += tree.values[leafOf(tree, features, at)] as number;
  return score;
};

interface Slopes {
  readonly gradients: Float64Array;
  readonly curvatures: Float64Array;
}

/** Gradients of the log-likelihood of the taken one; returns the mean loss of these lists. */
function softmaxSlopes(lessons: Lessons, lists: Int32Array, scores: Float64Array, slopes: Slopes): number {
  let loss = 0;
  for (const list of lists) {
    const from = lessons.starts[list] as number;
    const to = lessons.starts[list + 1] as number;
    let top = Number.NEGATIVE_INFINITY;
    for (let row = from; row < to; row++) top = Math.max(top, scores[row] as number);
    let sum = 0;
    for (let row = from; row < to; row++) sum += Math.exp((scores[row] as number) - top);
    const taken = lessons.taken[list] as number;
    for (let row = from; row < to; row++) {
      const p = Math.exp((scores[row] as number) - top) / sum;
      slopes.gradients[row] = p - (row === taken ? 1 : 0);
      slopes.curvatures[row] = p * (1 - p) + 1e-6;
    }
    loss += top + Math.log(sum) - (scores[taken] as number);
  }
  return loss / Math.max(1, lists.length);
}

const HELD_SHARE = 0.15;
const ROW_SHARE = 0.5;
const FEATURE_SHARE = 0.6;

const rowsOf = (lessons: Lessons, lists: Int32Array): Int32Array =>
  Int32Array.from(
    [...lists].flatMap((list) =>
      Array.from(
        { length: (lessons.starts[list + 1] as number) - (lessons.starts[list] as number) },
        (_none, i) => (lessons.starts[list] as number) + i,
      ),
    ),
  );

export interface Growing {
  readonly inTime: () => boolean;
  readonly told: (fraction: number) => void;
}

export function growRanker(lessons: Lessons, settings: RankerSettings, { inTime, told }: Growing): Ranker {
  const lists = lessons.taken.length;
  const rows = lessons.starts[lists] as number;
  const matrix = { count: rows, width: lessons.width, values: lessons.features };
  const bounds: Bounds[] = boundsFor(matrix);
  const columns = binned(matrix, bounds);
  const order = permutation(lists, settings.seed);
  const held = order.subarray(0, Math.floor(lists * HELD_SHARE));
  const learnt = order.subarray(held.length);
  const linear = fitLinear(lessons, learnt, LINEAR);
  const scores = Float64Array.from({ length: rows }, (_none, row) =>
    linearScore(linear, lessons.features, row * lessons.width),
  );
  const slopes: Slopes = { gradients: new Float64Array(rows), curvatures: new Float64Array(rows) };
  const random = chance(settings.seed);
  const learntRows = rowsOf(lessons, learnt);
  const trees: Tree[] = [];
  let best = { loss: softmaxSlopes(lessons, held, scores, slopes), trees: 0 };
  while (trees.length < settings.treesMax && inTime()) {
    softmaxSlopes(lessons, learnt, scores, slopes);
    const some = learntRows.filter((row) => (slopes.gradients[row] as number) < 0 || random.next() < ROW_SHARE);
    const features = Int32Array.from({ length: lessons.width }, (_none, f) => f).filter(
      () => random.next() < FEATURE_SHARE,
    );
    const grown = growTree({ columns, bounds, gradients: slopes }, some, features, {
      leavesMax: settings.leaves,
      lambda: 5,
      curvatureMin: 2,
      gainMin: 0,
      monotone: [],
    });
    const tree = { ...grown, values: grown.values.map((value) => value * settings.rate) };
    trees.push(tree);
    for (let row = 0; row < rows; row++) {
      const leaf = leafOf(tree, lessons.features, row * lessons.width);
      scores[row] = (scores[row] as number) + (tree.values[leaf] as number);
    }
    const loss = softmaxSlopes(lessons, held, scores, slopes);
    if (loss < best.loss) best = { loss, trees: trees.length };
    if (trees.length - best.trees >= settings.patience) break;
    told(trees.length / settings.treesMax);
  }
  return { linear, trees: trees.slice(0, best.trees) };
}
