/** Chance with a seed: whoever trains twice with one seed gets the same model, on every machine. */

export interface Chance {
  /** From 0 up to, but not including, 1. */
  readonly next: () => number;
  /** A whole number from 0 up to, but not including, `below`. */
  readonly below: (below: number) => number;
  /** Of mean 0 and variance 1. */
  readonly normal: () => number;
}

/** A seed for the `n`-th part of what a seed gives: an epoch, a layer, a worker. */
export const seedOf = (seed: number, n: number): number =>
  (Math.imul(seed, 0x9e3779b1) ^ Math.imul(n + 1, 0x85ebca6b)) >>> 0;

/** Mulberry32; its period of 2^32 is more than any training here draws. */
export function chance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
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
