/** One tree, grown leaf by leaf where the loss falls most (LightGBM's order), on binned columns. */
import type { Bounds } from "./bins";
import {
  bestCut,
  histogramOf,
  lessThan,
  valueOf,
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

export interface GrowData {
  readonly columns: readonly Uint8Array[];
  readonly bounds: readonly Bounds[];
  readonly gradients: Gradients;
}

interface Leaf {
  readonly node: number;
  readonly rows: Int32Array;
  readonly histogram: Histogram;
  readonly sums: Bounded;
  readonly cut: Cut | null;
}

interface Growing {
  readonly features: number[];
  readonly thresholds: number[];
  readonly lefts: number[];
  readonly rights: number[];
  readonly values: number[];
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

export function growTree(data: GrowData, rows: Int32Array, features: Int32Array, options: GrowOptions): Tree {
  const { columns, bounds, gradients } = data;
  const tree: Growing = { features: [], thresholds: [], lefts: [], rights: [], values: [] };
  const place = (value: number): number => {
    tree.features.push(-1);
    tree.thresholds.push(0);
    tree.lefts.push(-1);
    tree.rights.push(-1);
    return tree.values.push(value) - 1;
  };
  const leafFor = (ofRows: Int32Array, sums: Bounded, histogram: Histogram): Leaf => ({
    node: place(valueOf(sums, sums, options.lambda)),
    rows: ofRows,
    histogram,
    sums,
    cut: bestCut(histogram, features, sums, options),
  });
  const split = (leaf: Leaf, cut: Cut): Leaf[] => {
    const [left, right] = parted(leaf.rows, columns[cut.feature] as Uint8Array, cut.bin);
    const [leftSums, rightSums] = boundsOfSides(leaf.sums, cut, options);
    const small = histogramOf(columns, features, left.length < right.length ? left : right, gradients);
    const large = lessThan(leaf.histogram, small);
    const children = [
      leafFor(left, leftSums, left.length < right.length ? small : large),
      leafFor(right, rightSums, left.length < right.length ? large : small),
    ];
    tree.features[leaf.node] = cut.feature;
    tree.thresholds[leaf.node] = bounds[cut.feature]?.[cut.bin] ?? Infinity;
    tree.lefts[leaf.node] = children[0]?.node ?? -1;
    tree.rights[leaf.node] = children[1]?.node ?? -1;
    return children;
  };

  const leaves = [leafFor(rows, sumsOf(rows, gradients), histogramOf(columns, features, rows, gradients))];
  while (leaves.length < options.leavesMax) {
    const gains = leaves.map(({ cut }) => cut?.gain ?? 0);
    const at = gains.indexOf(Math.max(...gains));
    const leaf = leaves[at];
    if (!leaf?.cut || leaf.cut.gain <= options.gainMin) break;
    leaves.splice(at, 1, ...split(leaf, leaf.cut));
  }
  return tree;
}
