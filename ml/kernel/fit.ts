/**
 * The loop of a training. What is learnt, and how, is the learner's; when to stop, what to keep and how to go on after
 * an interruption is decided here, once for all models: the best weights by the measure on held-out data are kept, and
 * a training that was interrupted goes on with the epoch after the last whole one, with the same outcome as if it had
 * never been interrupted.
 */

export interface Learner {
  /** One pass over the examples; the chance in it depends on the seed and `epoch` alone. @returns the mean loss */
  epoch(epoch: number): Promise<number>;
  /** On data that is not learnt from; higher is better. */
  measure(): Promise<number>;
  /** Everything that the next epoch depends on: weights, and what the optimizer remembers. */
  save(): Float32Array;
  load(saved: Float32Array): void;
}

export interface Limits {
  readonly epochsMax: number;
  /** Epochs without a better measure after which it is enough. */
  readonly patience: number;
  /** No epoch is begun that would end after it, judged by the longest one so far. */
  readonly timeMs: number;
}

/** Where a training stands after a whole epoch. */
export interface Standing {
  /** Whole epochs so far. */
  readonly epoch: number;
  readonly bestEpoch: number;
  readonly bestMeasure: number;
  readonly now: Float32Array;
  readonly best: Float32Array;
}

export interface EpochTold {
  readonly epoch: number;
  readonly loss: number;
  readonly measure: number;
  readonly best: boolean;
  readonly elapsedMs: number;
}

export interface Around {
  readonly clock: () => number;
  readonly told?: (epoch: EpochTold) => void;
  /** Kept before the next epoch begins. */
  readonly keep?: (standing: Standing) => Promise<void>;
  readonly resume?: Standing | null;
}

export type Ended = "epochs" | "patience" | "time";

export interface Fitted {
  readonly epochs: number;
  readonly bestEpoch: number;
  readonly bestMeasure: number;
  readonly ended: Ended;
}

const started = (learner: Learner): Standing => {
  const now = learner.save();
  return { epoch: 0, bestEpoch: 0, bestMeasure: Number.NEGATIVE_INFINITY, now, best: now };
};

function endOf(standing: Standing, limits: Limits, time: { elapsed: number; longest: number }): Ended | null {
  if (standing.epoch >= limits.epochsMax) return "epochs";
  if (standing.epoch - standing.bestEpoch >= limits.patience) return "patience";
  return time.elapsed + time.longest > limits.timeMs ? "time" : null;
}

/** Trains until a limit is reached; the learner ends with its best weights. */
export async function fitLearner(learner: Learner, limits: Limits, around: Around): Promise<Fitted> {
  const begun = around.clock();
  let standing = around.resume ?? started(learner);
  learner.load(standing.now);
  let longest = 0;
  let ended = endOf(standing, limits, { elapsed: 0, longest });
  while (ended === null) {
    const at = around.clock();
    const epoch = standing.epoch + 1;
    const loss = await learner.epoch(epoch);
    if (!Number.isFinite(loss)) throw new Error(`The loss of epoch ${epoch} is ${loss}: learn more slowly.`);
    const measure = await learner.measure();
    const best = measure > standing.bestMeasure;
    const now = learner.save();
    standing = best ? { epoch, bestEpoch: epoch, bestMeasure: measure, now, best: now } : { ...standing, epoch, now };
    longest = Math.max(longest, around.clock() - at);
    around.told?.({ epoch, loss, measure, best, elapsedMs: around.clock() - begun });
    await around.keep?.(standing);
    ended = endOf(standing, limits, { elapsed: around.clock() - begun, longest });
  }
  learner.load(standing.best);
  const { epoch: epochs, bestEpoch, bestMeasure } = standing;
  return { epochs, bestEpoch, bestMeasure, ended };
}
