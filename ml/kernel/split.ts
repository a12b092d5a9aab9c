/** Cuts rows into those that are learnt from and those that judge, by chance with a seed. */
import { permutation } from "./random";

export interface Cut {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

export function cutByChance(count: number, testShare: number, seed: number): Cut {
  const order = permutation(count, seed);
  const tests = Math.round(count * testShare);
  return { test: order.slice(0, tests).sort(), train: order.slice(tests).sort() };
}

/** Each row is in exactly one test. */
export function folds(count: number, parts: number, seed: number): Cut[] {
  const order = permutation(count, seed);
  return Array.from({ length: parts }, (_, part) => ({
    test: order.filter((_row, i) => i % parts === part).sort(),
    train: order.filter((_row, i) => i % parts !== part).sort(),
  }));
}

export const pick = <T>(items: readonly T[], rows: Int32Array): T[] => [...rows].map((row) => items[row] as T);
