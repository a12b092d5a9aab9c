/**
 * Whether an arm is better, asked as often as anybody likes. A fixed-horizon test that is looked at again and again
 * finds a difference where there is none; the mixture sequential probability ratio test does not: its p-value holds at
 * every moment (Johari, Koomen, Pekelis, Walsh: "Peeking at A/B Tests", KDD 2017; Robbins 1970). With difference d of
 * two means, variance V of it and a normal mixture of variance τ² the likelihood ratio is
 * Λ = √(V / (V + τ²)) · exp(d² τ² / (2 V (V + τ²))), and the p-value 1 / Λ. Pure.
 */

/** Of an arm: how many took part, and the sums of a figure and of its square over them. */
export interface Sample {
  readonly participants: number;
  readonly sum: number;
  readonly squares: number;
}

export interface Verdict {
  /** Mean of the arm less mean of the control. */
  readonly difference: number;
  /** Holds at every look: when it falls to the level, the test may be ended. */
  readonly pValue: number;
  /** Around the difference, at the level; holds at every look. */
  readonly low: number;
  readonly high: number;
}

/** Standard deviation of the differences that are looked for, in standard deviations of the figure. */
export const MIXTURE = 0.15;
/** With fewer participants in an arm the normal approximation does not hold. */
export const PARTICIPANTS_MIN = 100;
export const LEVEL = 0.05;

const meanOf = ({ participants, sum }: Sample): number => sum / participants;

/** Of those who did something, or did not: what is summed is 1 and 0. */
export const countOf = (participants: number, successes: number): Sample => ({
  participants,
  sum: successes,
  squares: successes,
});

/** Of the figure, over both arms; a little more, for what has not been seen yet: never 0. */
function varianceOf(a: Sample, b: Sample): number {
  const n = a.participants + b.participants;
  const mean = (a.sum + b.sum) / n;
  const spread = Math.max(0, (a.squares + b.squares) / n - mean ** 2);
  return spread + (spread + mean ** 2) / n || 1 / n;
}

export function compared(control: Sample, arm: Sample, level = LEVEL): Verdict {
  const few = Math.min(control.participants, arm.participants) < PARTICIPANTS_MIN;
  const [participants, all] = [control.participants, arm.participants];
  const difference = participants === 0 || all === 0 ? 0 : meanOf(arm) - meanOf(control);
  const spread = participants + all === 0 ? 1 : varianceOf(control, arm);
  const mixture = MIXTURE ** 2 * spread;
  const variance = spread * (1 / Math.max(1, participants) + 1 / Math.max(1, all));
  const total = variance + mixture;
  const logRatio = 0.5 * Math.log(variance / total) + (difference ** 2 * mixture) / (2 * variance * total);
  const half = Math.sqrt(((2 * variance * total) / mixture) * (0.5 * Math.log(total / variance) - Math.log(level)));
  return {
    difference,
    pValue: few ? 1 : Math.min(1, Math.exp(-logRatio)),
    low: difference - half,
    high: difference + half,
  };
}

/** ln Γ, by Lanczos' approximation with g = 7: to fifteen digits for x ≥ 0.5. */
const LANCZOS = [
  676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

function logGamma(x: number): number {
  const at = x - 1;
  const series = LANCZOS.reduce((sum, term, i) => sum + term / (at + i + 1), 0.99999999999980993);
  const t = at + LANCZOS.length - 0.5;
  return 0.5 * Math.log(2 * Math.PI) + (at + 0.5) * Math.log(t) - t + Math.log(series);
}

const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b);

/** How sure a preference is thought to be before anything is seen: the larger, the smaller are those looked for. */
const PRIOR = 10;

/**
 * The p-value of "neither is preferred", of so many who preferred each: it holds at every look, exactly, for the
 * likelihood ratio against a beta mixture is a martingale where both are as good (Ville's inequality).
 */
export function preferencePValue(a: number, b: number): number {
  const logRatio = logBeta(a + PRIOR, b + PRIOR) - logBeta(PRIOR, PRIOR) + (a + b) * Math.LN2;
  return Math.min(1, Math.exp(-logRatio));
}
