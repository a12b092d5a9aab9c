/** A small seeded generator of pseudo-random numbers: the same seed gives the same market on every machine. */

export interface Random {
  /** From 0 up to, but not including, 1. */
  next(): number;
  /** A whole number from `min` to `max`, both included. */
  whole(min: number, max: number): number;
  pick<T>(from: readonly T[]): T;
  /** `count` different ones (all, where there are fewer), in the order of the list. */
  some<T>(from: readonly T[], count: number): T[];
  chance(probability: number): boolean;
}

/** A seed for the `n`-th part of what a seed gives: parts can be made one by one, in any order. */
export const seedOf = (seed: number, n: number): number =>
  (Math.imul(seed, 0x9e3779b1) ^ Math.imul(n + 1, 0x85ebca6b)) >>> 0;

/** Mulberry32: one addition and three mixing steps per number, with a period of 2^32. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const whole = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  return {
    next,
    whole,
    pick: <T>(from: readonly T[]): T => {
      if (from.length === 0) throw new RangeError("nothing to pick from");
      return from[whole(0, from.length - 1)] as T;
    },
    some<T>(from: readonly T[], count: number): T[] {
      // one pass: each is taken with the chance that the rest of the list leaves it
      let wanted = Math.min(count, from.length);
      return from.filter((_one, i) => {
        const taken = next() * (from.length - i) < wanted;
        if (taken) wanted -= 1;
        return taken;
      });
    },
    chance: (probability) => next() < probability,
  };
}
