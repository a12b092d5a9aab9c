/** Chance with a seed: the same seed gives the same market on every machine. */
import { mulberry } from "../../models/kernel/mulberry";

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

export function seeded(seed: number): Random {
  const next = mulberry(seed);
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
