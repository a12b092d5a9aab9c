/** Chance from a seed: the same seed, the same choices. */
import { mulberry } from "../../../models/kernel/mulberry";

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
  const next = mulberry(seed);
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
