/** How well scores order and how well they are sized. Labels are 0 or 1; more is more suspicious. */

function byScore(scores: ArrayLike<number>): Int32Array {
  return Int32Array.from({ length: scores.length }, (_, i) => i).sort(
    (a, b) => (scores[b] as number) - (scores[a] as number),
  );
}

/** Walks the groups of equal scores from the highest down. */
function walkTies(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  see: (positives: number, negatives: number) => void,
): void {
  const order = byScore(scores);
  for (let i = 0; i < order.length;) {
    const score = scores[order[i] as number];
    let [positives, negatives] = [0, 0];
    for (; i < order.length && scores[order[i] as number] === score; i++) {
      if (labels[order[i] as number] === 1) positives += 1;
      else negatives += 1;
    }
    see(positives, negatives);
  }
}

/** Area under the ROC curve: how often a positive is above a negative, ties counted half. NaN without both. */
export function areaUnderRoc(labels: ArrayLike<number>, scores: ArrayLike<number>): number {
  let [above, area, below] = [0, 0, 0];
  walkTies(labels, scores, (positives, negatives) => {
    area += negatives * (above + positives / 2);
    above += positives;
    below += negatives;
  });
  return area / (above * below);
}

/** Average precision: Σ (recall step × precision), the step-wise area under the precision-recall curve. */
export function averagePrecision(labels: ArrayLike<number>, scores: ArrayLike<number>): number {
  let [hits, seen, sum] = [0, 0, 0];
  walkTies(labels, scores, (positives, negatives) => {
    hits += positives;
    seen += positives + negatives;
    sum += positives * (hits / seen);
  });
  return sum / hits;
}

export function logLoss(labels: ArrayLike<number>, probabilities: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < labels.length; i++) {
    const p = Math.min(1 - 1e-12, Math.max(1e-12, probabilities[i] as number));
    sum -= labels[i] === 1 ? Math.log(p) : Math.log(1 - p);
  }
  return sum / labels.length;
}

export interface F1 {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** How often `told` says `of`. */
const countOf = (said: ArrayLike<number>, of: number): number =>
  Array.from(said).reduce((sum, one) => sum + (one === of ? 1 : 0), 0);

/** Of one class against the rest. */
export function f1Of(truth: ArrayLike<number>, told: ArrayLike<number>, of: number): F1 {
  const [said, there] = [countOf(told, of), countOf(truth, of)];
  const hit = Array.from(told).reduce((sum, one, i) => sum + (one === of && truth[i] === of ? 1 : 0), 0);
  if (hit === 0) return { precision: 0, recall: 0, f1: 0 };
  return { precision: hit / said, recall: hit / there, f1: (2 * hit) / (said + there) };
}

export const macroF1 = (truth: ArrayLike<number>, told: ArrayLike<number>, classes: number): number =>
  Array.from({ length: classes }, (_, c) => f1Of(truth, told, c).f1).reduce((sum, f1) => sum + f1, 0) / classes;

export function accuracy(truth: ArrayLike<number>, told: ArrayLike<number>): number {
  let hit = 0;
  for (let i = 0; i < truth.length; i++) if (truth[i] === told[i]) hit += 1;
  return truth.length === 0 ? 0 : hit / truth.length;
}
