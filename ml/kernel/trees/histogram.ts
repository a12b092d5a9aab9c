/** Sums of gradients and curvatures per feature and bin, and the best cut that they show. */

export const STRIDE = 256;

export interface Histogram {
  readonly gradients: Float64Array;
  readonly curvatures: Float64Array;
}

export interface Gradients {
  readonly gradients: Float64Array;
  readonly curvatures: Float64Array;
}

/** @param features those that this tree may ask for */
export function histogramOf(
  columns: readonly Uint8Array[],
  features: Int32Array,
  rows: Int32Array,
  { gradients, curvatures }: Gradients,
): Histogram {
  const sums = new Float64Array(columns.length * STRIDE);
  const weights = new Float64Array(columns.length * STRIDE);
  for (const feature of features) {
    const column = columns[feature] as Uint8Array;
    const base = feature * STRIDE;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] as number;
      const at = base + (column[row] as number);
      sums[at] = (sums[at] as number) + (gradients[row] as number);
      weights[at] = (weights[at] as number) + (curvatures[row] as number);
    }
  }
  return { gradients: sums, curvatures: weights };
}

/** A parent's less one child's is the other child's: half the work. */
export function lessThan(parent: Histogram, child: Histogram): Histogram {
  return {
    gradients: parent.gradients.map((sum, i) => sum - (child.gradients[i] as number)),
    curvatures: parent.curvatures.map((sum, i) => sum - (child.curvatures[i] as number)),
  };
}

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

/** Every cut of a feature that leaves enough on both sides, from the lowest bin up. */
function* cutsOf(histogram: Histogram, feature: number, node: Bounded, curvatureMin: number) {
  let [gradient, curvature] = [0, 0];
  for (let bin = 0; bin < STRIDE - 1; bin++) {
    const weight = histogram.curvatures[feature * STRIDE + bin] as number;
    if (weight === 0) continue;
    gradient += histogram.gradients[feature * STRIDE + bin] as number;
    curvature += weight;
    if (node.curvature - curvature < curvatureMin) return;
    if (curvature >= curvatureMin) yield { bin, gradient, curvature };
  }
}

function bestOfFeature(histogram: Histogram, feature: number, node: Bounded, options: CutOptions): Cut | null {
  const { lambda, curvatureMin, monotone } = options;
  const direction = monotone[feature] ?? 0;
  const alone = worth(node, valueOf(node, node, lambda), lambda);
  let best: Cut | null = null;
  for (const { bin, gradient, curvature } of cutsOf(histogram, feature, node, curvatureMin)) {
    const left = { gradient, curvature };
    const right = { gradient: node.gradient - gradient, curvature: node.curvature - curvature };
    const [low, high] = [valueOf(left, node, lambda), valueOf(right, node, lambda)];
    if (direction * (high - low) < 0) continue;
    const gain = worth(left, low, lambda) + worth(right, high, lambda) - alone;
    if (gain > (best?.gain ?? 0)) best = { feature, bin, gain, left, right };
  }
  return best;
}

export function bestCut(histogram: Histogram, features: Int32Array, node: Bounded, options: CutOptions): Cut | null {
  let best: Cut | null = null;
  for (const feature of features) {
    const cut = bestOfFeature(histogram, feature, node, options);
    if (cut && cut.gain > (best?.gain ?? 0)) best = cut;
  }
  return best;
}
