/**
 * Gradient-boosted trees for a yes or no: each tree answers what the ones before it got wrong. Scores are log-odds.
 * Seeded: the same data, options and seed give the same trees.
 */
import { chance, type Chance } from "../random";
import { binned, boundsFor, type Matrix } from "./bins";
import { growTree, type GrowOptions } from "./grow";
import { contribute, leafOf, type Tree } from "./tree";

export interface BoostOptions extends Omit<GrowOptions, "monotone"> {
  readonly trees: number;
  /** How much of each tree is believed. */
  readonly rate: number;
  /** The share of rows that each tree sees, and of features. */
  readonly rowShare: number;
  readonly featureShare: number;
  readonly monotone?: ArrayLike<number>;
  readonly seed: number;
  /** Called after each tree with what was grown so far; true ends it (early stopping). */
  readonly onTree?: (grown: Boosted) => boolean;
}

export interface Boosted {
  readonly base: number;
  /** Their values have the rate in them. */
  readonly trees: readonly Tree[];
}

export const BOOST_DEFAULTS: BoostOptions = {
  trees: 200,
  rate: 0.05,
  leavesMax: 16,
  lambda: 1,
  curvatureMin: 1,
  gainMin: 0,
  rowShare: 0.8,
  featureShare: 0.8,
  seed: 1,
};

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

function chosen(random: Chance, count: number, share: number): Int32Array {
  if (share >= 1) return Int32Array.from({ length: count }, (_, i) => i);
  const taken: number[] = [];
  for (let i = 0; i < count; i++) if (random.next() < share) taken.push(i);
  return taken.length > 0 ? Int32Array.from(taken) : Int32Array.of(random.below(count));
}

/** @param weights of the rows; all count alike without them */
export function boost(
  data: Matrix,
  labels: ArrayLike<number>,
  options: Partial<BoostOptions> = {},
  weights?: ArrayLike<number>,
): Boosted {
  const settings = { ...BOOST_DEFAULTS, ...options };
  const { count, width } = data;
  const random = chance(settings.seed);
  const bounds = boundsFor(data);
  const columns = binned(data, bounds);
  const weightOf = (i: number): number => weights?.[i] ?? 1;
  const base = priorOf(labels, weightOf, count);
  const scores = new Float64Array(count).fill(base);
  const gradients = { gradients: new Float64Array(count), curvatures: new Float64Array(count) };
  const grow = { ...settings, monotone: settings.monotone ?? [] };
  const trees: Tree[] = [];
  for (let t = 0; t < settings.trees; t++) {
    for (let i = 0; i < count; i++) {
      const p = sigmoid(scores[i] as number);
      gradients.gradients[i] = (p - (labels[i] as number)) * weightOf(i);
      gradients.curvatures[i] = p * (1 - p) * weightOf(i);
    }
    const rows = chosen(random, count, settings.rowShare);
    const features = chosen(random, width, settings.featureShare);
    const grown = growTree({ columns, bounds, gradients }, rows, features, grow);
    const tree = { ...grown, values: grown.values.map((value) => value * settings.rate) };
    trees.push(tree);
    for (let i = 0; i < count; i++) {
      scores[i] = (scores[i] as number) + (tree.values[leafOf(tree, data.values, i * width)] as number);
    }
    if (settings.onTree?.({ base, trees })) break;
  }
  return { base, trees };
}

function priorOf(labels: ArrayLike<number>, weightOf: (i: number) => number, count: number): number {
  let [positive, all] = [0.5, 1];
  for (let i = 0; i < count; i++) {
    positive += weightOf(i) * (labels[i] as number);
    all += weightOf(i);
  }
  return Math.log(positive / (all - positive));
}

/** Several that were grown from different dice, as one that says their mean. */
export function averaged(several: readonly Boosted[]): Boosted {
  const share = 1 / several.length;
  const thin = (tree: Tree): Tree => ({ ...tree, values: tree.values.map((value) => value * share) });
  return {
    base: several.reduce((sum, { base }) => sum + base * share, 0),
    trees: several.flatMap(({ trees }) => trees.map(thin)),
  };
}

/** Log-odds of a row that begins at `at`. */
export function scoreOf({ base, trees }: Boosted, row: ArrayLike<number>, at = 0): number {
  let score = base;
  for (const tree of trees) score += tree.values[leafOf(tree, row, at)] as number;
  return score;
}

export interface Explained {
  /** What is said of anything at all; with the contributions it sums to the score. */
  readonly bias: number;
  /** Per feature. */
  readonly contributions: Float64Array;
}

export function explainBoosted({ base, trees }: Boosted, row: ArrayLike<number>, width: number): Explained {
  const contributions = new Float64Array(width);
  let bias = base;
  for (const tree of trees) {
    bias += tree.values[0] as number;
    contribute(tree, row, contributions);
  }
  return { bias, contributions };
}
