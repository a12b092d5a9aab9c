/** Features cut into at most 255 bins, by quantiles of what training has seen: trees then work on bytes. */

export interface Matrix {
  readonly count: number;
  readonly width: number;
  /** `count × width`, row by row. */
  readonly values: Float32Array;
}

export const BINS_MAX = 255;
/** Quantiles are taken of at most so many rows. */
const SAMPLE_MAX = 50_000;

/** Upper bounds of the bins of a feature, ascending: bin b holds `bounds[b-1] < x ≤ bounds[b]`; the last is open. */
export type Bounds = readonly number[];

function boundsOf(sorted: Float32Array, binsMax: number): number[] {
  const distinct = sorted.filter((x, i) => i === 0 || x !== sorted[i - 1]);
  const middle = (i: number): number => ((distinct[i] as number) + (distinct[i + 1] as number)) / 2;
  if (distinct.length <= binsMax) return Array.from({ length: distinct.length - 1 }, (_, i) => middle(i));
  const bounds: number[] = [];
  for (let b = 1; b < binsMax; b++) {
    const at = sorted[Math.floor((b * sorted.length) / binsMax)] as number;
    if (bounds.length === 0 || at > (bounds[bounds.length - 1] as number)) bounds.push(at);
  }
  return bounds;
}

export function boundsFor({ count, width, values }: Matrix, binsMax = BINS_MAX): Bounds[] {
  const step = Math.max(1, Math.ceil(count / SAMPLE_MAX));
  const sampled = Math.ceil(count / step);
  return Array.from({ length: width }, (_, f) => {
    const column = new Float32Array(sampled);
    for (let i = 0; i < sampled; i++) column[i] = values[i * step * width + f] as number;
    return boundsOf(column.sort(), binsMax);
  });
}

/** The first bin whose upper bound is not below x. */
export function binOf(bounds: Bounds, x: number): number {
  let [low, high] = [0, bounds.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (x <= (bounds[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** One column of bytes per feature. */
export function binned({ count, width, values }: Matrix, bounds: readonly Bounds[]): Uint8Array[] {
  return bounds.map((ofFeature, f) => {
    const column = new Uint8Array(count);
    for (let i = 0; i < count; i++) column[i] = binOf(ofFeature, values[i * width + f] as number);
    return column;
  });
}
