/** Exact arithmetic of amounts: a product may exceed what a number holds exactly, so it is reckoned in bigints. */

/** `amount × part / whole`, rounded half up. All ≥ 0, whole > 0. */
export function portion(amount: number, part: number, whole: number): number {
  const doubled = 2n * BigInt(amount) * BigInt(part) + BigInt(whole);
  return Number(doubled / (2n * BigInt(whole)));
}

/** `amount × part / whole`, rounded down. */
export const portionDown = (amount: number, part: number, whole: number): number =>
  Number((BigInt(amount) * BigInt(part)) / BigInt(whole));

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/**
 * Shares `whole` out by weight, by largest remainder; ties go to the earlier one. The shares make the whole, and where
 * it is not more than all weights together, no share is more than its weight. Without any weight nothing is shared out.
 * @param weights whole numbers ≥ 0
 */
export function shareOut(whole: number, weights: readonly number[]): number[] {
  const sum = BigInt(sumOf(weights));
  if (sum === 0n) return weights.map(() => 0);
  const exact = weights.map((weight) => BigInt(whole) * BigInt(weight));
  const shares = exact.map((value) => Number(value / sum));
  const byRemainder = exact.map((value, i) => ({ i, rest: value % sum }));
  byRemainder.sort((a, b) => (a.rest === b.rest ? a.i - b.i : a.rest < b.rest ? 1 : -1));
  for (const { i } of byRemainder.slice(0, whole - sumOf(shares))) shares[i] = (shares[i] ?? 0) + 1;
  return shares;
}
