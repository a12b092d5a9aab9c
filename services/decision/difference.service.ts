/** How far a decision that was taken again is from what was recorded. */
import type { Taken } from "../../models/decision/decision.data.contract";

/** NaN differs from nothing but a number; two zeros of different signs do not differ. */
const apart = (a: number, b: number): number => {
  if (Object.is(a, b)) return 0;
  const gap = Math.abs(a - b);
  return Number.isNaN(gap) ? Infinity : gap;
};

/** The greatest difference of any number; Infinity where they do not speak of the same things, or decide otherwise. */
export function differenceOf(recorded: Taken, replayed: Taken): number {
  if (recorded.verdict !== replayed.verdict) return Infinity;
  const again = new Map(replayed.contributions.map(({ name, value }) => [name, value]));
  if (again.size !== recorded.contributions.length) return Infinity;
  const parts = recorded.contributions.map(({ name, value }) => apart(value, again.get(name) ?? NaN));
  return Math.max(0, apart(recorded.score, replayed.score), apart(recorded.residual, replayed.residual), ...parts);
}
