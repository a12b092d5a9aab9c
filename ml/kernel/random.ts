/** Chance with a seed: whoever trains twice with one seed gets the same model, on every machine. */
import { mulberry } from "../../models/kernel/mulberry";

export { seedOf } from "../../models/kernel/mulberry";

export interface Chance {
  /** From 0 up to, but not including, 1. */
  readonly next: () => number;
  /** A whole number from 0 up to, but not including, `below`. */
  readonly below: (below: number) => number;
  /** Of mean 0 and variance 1. */
  readonly normal: () => number;
}

/** Its period is more than any training here draws. */
export function chance(seed: number): Chance {
  const next = mulberry(seed);
  return {
    next,
    below: (below) => Math.floor(next() * below),
    // Box and Muller; 1 - next() is never 0
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  };
}

/** The whole numbers from 0 to `length` - 1 in an order by chance. */
export function permutation(length: number, seed: number): Int32Array {
  const order = Int32Array.from({ length }, (_none, i) => i);
  const { below } = chance(seed);
  for (let i = length - 1; i > 0; i--) {
    const other = below(i + 1);
    const kept = order[i] as number;
    order[i] = order[other] as number;
    order[other] = kept;
  }
  return order;
}

/** Normal numbers times `deviation`: how weights begin. */
export function normals(length: number, deviation: number, seed: number): Float32Array {
  const { normal } = chance(seed);
  return Float32Array.from({ length }, () => normal() * deviation);
}
