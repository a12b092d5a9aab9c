/** Chance with a seed, so that a run can be repeated, and what is asked of it: folds, and a test of differences. */
import { mulberry } from "../../../models/kernel/mulberry";
import { mean } from "./metrics";

export type Random = () => number;

export function shuffled<T>(values: readonly T[], random: Random): T[] {
  const all = [...values];
  for (let at = all.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [all[at], all[other]] = [all[other] as T, all[at] as T];
  }
  return all;
}

/** Every value is in exactly one of the folds. */
export function foldsOf<T>(values: readonly T[], count: number, random: Random): T[][] {
  const all = shuffled(values, random);
  return Array.from({ length: count }, (_, fold) => all.filter((_value, at) => at % count === fold));
}

const ROUNDS = 20_000;

/**
 * The paired randomisation test: how often differences at least as large come about when which of both is which is
 * thrown anew for every query. Two-sided p.
 */
export function pairedP(ours: readonly number[], theirs: readonly number[], random: Random = mulberry(1)): number {
  const differences = ours.map((value, at) => value - (theirs[at] ?? 0));
  const seen = Math.abs(mean(differences)) - 1e-12;
  let asLarge = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const thrown = differences.reduce((sum, difference) => sum + (random() < 0.5 ? difference : -difference), 0);
    if (Math.abs(thrown / differences.length) >= seen) asLarge += 1;
  }
  return (asLarge + 1) / (ROUNDS + 1);
}
