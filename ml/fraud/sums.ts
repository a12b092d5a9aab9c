/** Counts, sums and means of what those did who are the same, over a day, a week and a month. */
import type { Attempt, NewAttempt } from "./checkout-features";
import { SECONDS_A_DAY } from "./transactions";

const WINDOWS = [1, 7, 30].map((days) => days * SECONDS_A_DAY);

/** Of the last so many seconds. */
export const lately = (attempts: readonly Attempt[], { seconds }: NewAttempt, within: number): readonly Attempt[] =>
  attempts.filter((one) => one.seconds > seconds - within);

/** Each window after the other. */
export interface Sums {
  readonly counts: readonly number[];
  readonly sums: readonly number[];
  readonly means: readonly number[];
}

/** The attempt itself is not among them. */
export function sumsOf(attempts: readonly Attempt[], now: NewAttempt): Sums {
  const [counts, sums] = [WINDOWS.map(() => 0), WINDOWS.map(() => 0)];
  for (const { seconds, amount } of attempts) {
    WINDOWS.forEach((within, w) => {
      if (seconds <= now.seconds - within) return;
      counts[w] = (counts[w] ?? 0) + 1;
      sums[w] = (sums[w] ?? 0) + amount;
    });
  }
  return { counts, sums, means: sums.map((sum, w) => (counts[w] === 0 ? 0 : sum / (counts[w] ?? 1))) };
}
