/** One tree, grown leaf by leaf where the loss falls most (LightGBM's order), on binned columns. */
import type { Bounds } from "./bins";
import {
  bestCut,
  histogramOf,
  layoutOf,
  lessThan,
  valueOf,
  type Binned,
  type Bounded,
  type Cut,
  type CutOptions,
  type Gradients,
  type Histogram,
} from "./histogram";
import type { Tree } from "./tree";

export interface GrowOptions extends CutOptions {
  readonly leavesMax: number;
  readonly gainMin: number;
}

export interface GrowData extends Omit<Binned, "layout"> {
  readonly bounds: readonly Bounds[];
}

interface Leaf {
  readonly node: number;
  readonly rows: Int32Array;
  readonly histogram: Histogram;
  readonly sums: Bounded;
  readonly cut: Cut | null;
}

function sumsOf(rows: Int32Array, { gradients, curvatures }: Gradients): Bounded {
  let [gradient, curvature] = [0, 0];
  for (const row of rows) {
    gradient += gradients[row] as number;
    curvature += curvatures[row] as number;
  }
  return { gradient, curvature, low: -Infinity, high: Infinity };
}

function parted(rows: Int32Array, column: Uint8Array, bin: number): readonly [Int32Array, Int32Array] {
  const left = rows.filter((row) => (column[row] as number) <= bin);
  const right = rows.filter((row) => (column[row] as number) > bin);
  return [left, right];
}

/** A cut on a monotone feature parts what its sides may say in the middle between them. */
function boundsOfSides(sums: Bounded, cut: Cut, options: GrowOptions): readonly [Bounded, Bounded] {
  const left = { ...cut.left, low: sums.low, high: sums.high };
  const right = { ...cut.right, low: sums.low, high: sums.high };
  const direction = options.monotone[cut.feature] ?? 0;
  if (direction === 0) return [left, right];
  const middle = (valueOf(left, sums, options.lambda) + valueOf(right, sums, options.lambda)) / 2;
  return direction > 0
    ? [
        { ...left, high: middle },
        { ...right, low: middle },
      ]
    : [
        { ...left, low: middle },
        { ...right, high: middle },
      ];
}

/** A tree under growth: every node is a leaf until it is cut. */
class Sapling {
  readonly features: number[] = [];
  readonly thresholds: number[] = [];
  readonly lefts: number[] = [];
  readonly rights: number[] = [];
  readonly values: number[] = [];

  place(value: number): number {
    this.features.push(-1);
    this.thresholds.push(0);
    this.lefts.push(-1);
    this.rights.push(-1);
    return this.values.push(value) - 1;
  }

  cut(node: number, { feature, threshold }: { feature: number; threshold: number }, sides: readonly number[]): void {
    this.features[node] = feature;
    this.thresholds[node] = threshold;
    [this.lefts[node] = -1, this.rights[node] = -1] = sides;
  }
}

const bestLeaf = (leaves: readonly Leaf[]): number => {
  const gains = leaves.map(({ cut }) => cut?.gain ?? 0);
  return gains.indexOf(Math.max(...gains));
};

export function growTree(data: GrowData, rows: Int32Array, features: Int32Array, options: GrowOptions): Tree {
  const { columns, bounds, gradients } = data;
  const layout = layoutOf(bounds);
  const laidOut: Binned = { columns, layout, gradients };
  const sapling = new Sapling();
  const leafFor = (ofRows: Int32Array, sums: Bounded, histogram: Histogram): Leaf => ({
    node: sapling.place(valueOf(sums, sums, options.lambda)),
    rows: ofRows,
    histogram,
    sums,
    cut: bestCut({ histogram, layout, features }, sums, options),
  });
  const split = (leaf: Leaf, { feature, bin, ...cut }: Cut): Leaf[] => {
    const [left, right] = parted(leaf.rows, columns[feature] as Uint8Array, bin);
    const [leftSums, rightSums] = boundsOfSides(leaf.sums, { feature, bin, ...cut }, options);
    const leftSmaller = left.length < right.length;
    const small = histogramOf(laidOut, features, leftSmaller ? left : right);
    const large = lessThan(leaf.histogram, small);
    const children = [
      leafFor(left, leftSums, leftSmaller ? small : large),
      leafFor(right, rightSums, leftSmaller ? large : small),
    ];
    const threshold = bounds[feature]?.[bin] ?? Infinity;
    sapling.cut(
      leaf.node,
      { feature, threshold },
      children.map(({ node }) => node),
    );
    return children;
  };

  const leaves = [leafFor(rows, sumsOf(rows, gradients), histogramOf(laidOut, features, rows))];
  while (leaves.length < options.leavesMax) {
    const at = bestLeaf(leaves);
    const leaf = leaves[at];
    if (!leaf?.cut || leaf.cut.gain <= options.gainMin) break;
    leaves.splice(at, 1, ...split(leaf, leaf.cut));
  }
  const { thresholds, lefts, rights, values } = sapling;
  return { features: sapling.features, thresholds, lefts, rights, values };
}
