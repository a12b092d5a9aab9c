/** Chance from a seed (mulberry32, public domain construction by T. Ettinger): the same seed, the same choices. */
export interface Chance {
  /** In [0, 1). */
  next(): number;
  /** A whole number in [0, below). */
  below(below: number): number;
  /** True in this share of all cases. */
  in(share: number): boolean;
  pick<T>(all: readonly T[]): T;
}

export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    below,
    in: (share) => next() < share,
    pick(all) {
      if (all.length === 0) throw new RangeError("There is nothing to pick from");
      return all[below(all.length)] as (typeof all)[number];
    },
  };
}
