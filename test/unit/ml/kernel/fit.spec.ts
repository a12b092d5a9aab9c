import { mkdtemp, rm, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { readCheckpoint, writeCheckpoint } from "../../../../ml/kernel/checkpoint";
import { fitLearner, type Learner, type Standing } from "../../../../ml/kernel/fit";

const LIMITS = { epochsMax: 100, patience: 3, timeMs: 1_000 };

/** Its weight is the sum of the epochs it has seen; the measures are given. */
function counting(measures: readonly number[]): Learner & { weight: number } {
  let epochNow = 0;
  return {
    weight: 0,
    epoch(epoch) {
      epochNow = epoch;
      this.weight += epoch;
      return Promise.resolve(1 / epoch);
    },
    measure: () => Promise.resolve(measures[epochNow - 1] ?? 0),
    save() {
      return new Float32Array([this.weight]);
    },
    load(saved) {
      this.weight = saved[0] ?? Number.NaN;
    },
  };
}

const clockOf = (stepMs: number): (() => number) => {
  let now = 0;
  return () => (now += stepMs);
};

describe("a training", () => {
  it("ends when it gets no better, with the best weights", async () => {
    const learner = counting([0.1, 0.4, 0.3, 0.3, 0.2]);
    const fitted = await fitLearner(learner, LIMITS, { clock: clockOf(1) });
    expect(fitted).toEqual({ epochs: 5, bestEpoch: 2, bestMeasure: 0.4, ended: "patience" });
    expect(learner.weight).toBe(1 + 2);
  });

  it("begins no epoch that would end after its time", async () => {
    const rising = Array.from({ length: 100 }, (_none, i) => i);
    const fitted = await fitLearner(counting(rising), LIMITS, { clock: clockOf(50) });
    expect(fitted.ended).toBe("time");
    expect(fitted.epochs).toBeLessThan(8);
    expect(await fitLearner(counting(rising), { ...LIMITS, epochsMax: 2 }, { clock: clockOf(1) })).toMatchObject({
      ended: "epochs",
      epochs: 2,
    });
  });

  it("that was interrupted after any epoch ends as if it had not been", async () => {
    const measures = [0.1, 0.2, 0.5, 0.4, 0.6, 0.1, 0.1, 0.1];
    const kept: Standing[] = [];
    const whole = counting(measures);
    const expected = await fitLearner(whole, LIMITS, {
      clock: clockOf(1),
      keep: (standing) => Promise.resolve(void kept.push(standing)),
    });
    expect(kept).toHaveLength(8);
    for (const resume of kept) {
      const again = counting(measures);
      expect(await fitLearner(again, LIMITS, { clock: clockOf(1), resume })).toEqual(expected);
      expect(again.weight).toBe(whole.weight);
    }
  });

  it("whose loss is no number is a fault, not a model", async () => {
    const lost = { ...counting([]), epoch: () => Promise.resolve(Number.NaN) };
    await expect(fitLearner(lost, LIMITS, { clock: clockOf(1) })).rejects.toThrow("The loss of epoch 1 is NaN");
  });
});

describe("a checkpoint", () => {
  let folder: string;
  beforeAll(async () => (folder = await mkdtemp(path.join(tmpdir(), "stoa-fit-"))));
  afterAll(() => rm(folder, { recursive: true }));

  it("is read as it was written, and a damaged one is refused", async () => {
    const file = path.join(folder, "net.checkpoint");
    expect(await readCheckpoint(file)).toBeNull();
    const standing = {
      epoch: 7,
      bestEpoch: 5,
      bestMeasure: 0.25,
      now: new Float32Array([1, -2.5]),
      best: new Float32Array([3, 4]),
    };
    await writeCheckpoint(file, standing);
    expect(await readCheckpoint(file)).toEqual(standing);
    await truncate(file, 515);
    await expect(readCheckpoint(file)).rejects.toThrow("is damaged. Remove it");
  });
});
