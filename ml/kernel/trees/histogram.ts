/** Sums of gradients and curvatures per feature and bin, and the best cut that they show. */
import type { Bounds } from "./bins";

/** Where the bins of each feature begin; the last entry is how many there are of all features. */
export type Layout = Int32Array;

export function layoutOf(bounds: readonly Bounds[]): Layout {
  const layout = new Int32Array(bounds.length + 1);
  bounds.forEach((ofFeature, f) => (layout[f + 1] = (layout[f] as number) + ofFeature.length + 1));
  return layout;
}

export interface Histogram {
  readonly gradients: Float64Array;
  readonly curvatures: Float64Array;
}

export interface Gradients {
  readonly gradients: Float64Array;
  readonly curvatures: Float64Array;
}

export interface Binned {
  readonly columns: readonly Uint8Array[];
  readonly layout: Layout;
  readonly gradients: Gradients;
}

/** @param features those that this tree may ask for */
export function histogramOf(
  { columns, layout, gradients: of }: Binned,
  features: Int32Array,
  rows: Int32Array,
): Histogram {
  const size = layout[columns.length] as number;
  const { gradients, curvatures } = of;
  const sums = new Float64Array(size);
  const weights = new Float64Array(size);
  for (const feature of features) {
    const column = columns[feature] as Uint8Array;
    const base = layout[feature] as number;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] as number;
      const at = base + (column[row] as number);
      sums[at] = (sums[at] as number) + (gradients[row] as number);
      weights[at] = (weights[at] as number) + (curvatures[row] as number);
    }
  }
  return { gradients: sums, curvatures: weights };
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(a.length);
  for (let i = 0; i < out.length; i++) out[i] = (a[i] as number) - (b[i] as number);
  return out;
}

/** A parent's less one child's is the other child's: half the work. */
export const lessThan = (parent: Histogram, child: Histogram): Histogram => ({
  gradients: difference(parent.gradients, child.gradients),
  curvatures: difference(parent.curvatures, child.curvatures),
});

export interface CutOptions {
  /** Shrinks what leaves say (L2). */
  readonly lambda: number;
  /** The least curvature on each side. */
  readonly curvatureMin: number;
  /** Per feature: 1 if more must never lower the score, -1 if never raise it, 0 otherwise. */
  readonly monotone: ArrayLike<number>;
}

export interface Side {
  readonly gradient: number;
  readonly curvature: number;
}

/** What a node may say: its own and its parents' cuts on monotone features bound it. */
export interface Bounded extends Side {
  readonly low: number;
  readonly high: number;
}

export interface Cut {
  readonly feature: number;
  readonly bin: number;
  readonly gain: number;
  readonly left: Side;
  readonly right: Side;
}

export const valueOf = ({ gradient, curvature }: Side, { low, high }: Bounded, lambda: number): number =>
  Math.min(high, Math.max(low, -gradient / (curvature + lambda)));

/** How much the loss falls when a node says `value`. */
const worth = ({ gradient, curvature }: Side, value: number, lambda: number): number =>
  -(gradient * value + ((curvature + lambda) * value * value) / 2);

/** A cut under consideration, changed in place: there are thousands for each tree. */
class Candidate {
  bin = -1;
  feature = -1;
  gain = 0;
  gradient = 0;
  curvature = 0;

  /** Takes the cut if it gains more, and breaks no direction. */
  weigh(feature: number, bin: number, left: Side, judge: (left: Side, feature: number) => number): void {
    const gain = judge(left, feature);
    if (gain <= this.gain) return;
    this.bin = bin;
    this.feature = feature;
    this.gain = gain;
    this.gradient = left.gradient;
    this.curvature = left.curvature;
  }
}

interface Among {
  readonly histogram: Histogram;
  readonly layout: Layout;
  readonly features: Int32Array;
}

/** What a cut gains; nothing if it breaks the direction of its feature. */
function judgeOf(node: Bounded, { lambda, monotone }: CutOptions): (left: Side, feature: number) => number {
  const alone = worth(node, valueOf(node, node, lambda), lambda);
  return (left, feature) => {
    const right = { gradient: node.gradient - left.gradient, curvature: node.curvature - left.curvature };
    const [low, high] = [valueOf(left, node, lambda), valueOf(right, node, lambda)];
    if ((monotone[feature] ?? 0) * (high - low) < 0) return 0;
    return worth(left, low, lambda) + worth(right, high, lambda) - alone;
  };
}

/** The best cut that leaves enough on both sides, or null. */
export function bestCut({ histogram, layout, features }: Among, node: Bounded, options: CutOptions): Cut | null {
  const best = new Candidate();
  const judge = judgeOf(node, options);
  const most = node.curvature - options.curvatureMin;
  for (const feature of features) {
    const base = layout[feature] as number;
    const left = { gradient: 0, curvature: 0 };
    for (let at = base; at < (layout[feature + 1] as number); at++) {
      const weight = histogram.curvatures[at] as number;
      left.gradient += histogram.gradients[at] as number;
      left.curvature += weight;
      if (left.curvature > most) break;
      if (weight > 0 && left.curvature >= options.curvatureMin) best.weigh(feature, at - base, left, judge);
    }
  }
  if (best.feature < 0) return null;
  const { feature, bin, gain, gradient, curvature } = best;
  const right = { gradient: node.gradient - gradient, curvature: node.curvature - curvature };
  return { feature, bin, gain, left: { gradient, curvature }, right };
}
