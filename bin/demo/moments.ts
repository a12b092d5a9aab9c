/** Moments within the year that the demo market tells of. Pure. */
import type { Random } from "./random";

export const DAY_MS = 86_400_000;
export const YEAR_MS = 365 * DAY_MS;

/** A moment between two, in the working hours of the mall's own land, as people change things. */
export function momentBetween(random: Random, fromMs: number, untilMs: number): number {
  const at = fromMs + random.next() * (untilMs - fromMs);
  const day = Math.floor(at / DAY_MS) * DAY_MS;
  const working = day + (7 + random.next() * 11) * 3_600_000;
  return Math.floor(working > fromMs && working < untilMs ? working : at);
}

/** `count` moments, the earlier ones first. */
export const momentsBetween = (random: Random, count: number, [fromMs, untilMs]: readonly [number, number]): number[] =>
  Array.from({ length: count }, () => momentBetween(random, fromMs, untilMs)).sort((a, b) => a - b);

export const iso = (ms: number): string => new Date(ms).toISOString();
