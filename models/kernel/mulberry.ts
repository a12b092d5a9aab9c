/**
 * Numbers by chance that a seed repeats on every machine: Mulberry32 (T. Ettinger, public domain), one addition and
 * three mixing steps per number, with a period of 2^32.
 */

/** Each call gives a number from 0 up to, but not including, 1. */
export function mulberry(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A seed for the `n`-th part of what a seed gives: parts can be made one by one, in any order. */
export const seedOf = (seed: number, n: number): number =>
  (Math.imul(seed, 0x9e3779b1) ^ Math.imul(n + 1, 0x85ebca6b)) >>> 0;
