/** What learns, on data small enough to know the answer. */
import * as tf from "@tensorflow/tfjs-core";
import { useBackend } from "../../../../ml/kernel/backends";
import { calibrated, calibrationError, fitCalibration } from "../../../../ml/kernel/calibration";
import { fitLogistic, logisticParts, logisticScore } from "../../../../ml/kernel/logistic";
import { areaUnderRoc, averagePrecision, macroF1 } from "../../../../ml/kernel/metrics";
import { netLearner, netLoss } from "../../../../ml/kernel/net";
import { netScore } from "../../../../ml/kernel/net-score";
import { chance } from "../../../../ml/kernel/random";
import { averaged, boost, explainBoosted, scoreOf } from "../../../../ml/kernel/trees/boost";

/** Ten rows whose labels no line parts: the first feature says it only together with the second. */
const TEN = {
  data: {
    count: 10,
    width: 2,
    values: Float32Array.from([0, 0, 1, 1, 0, 1, 1, 0, 0.1, 0.2, 0.9, 0.8, 0.2, 0.9, 0.8, 0.1, 0.3, 0.1, 0.7, 0.9]),
  },
  labels: Uint8Array.of(0, 0, 1, 1, 0, 0, 1, 1, 0, 0),
};

const { next, normal } = chance(7);
const COUNT = 400;
const noisy = { count: COUNT, width: 3, values: Float32Array.from({ length: COUNT * 3 }, () => normal()) };
const truth = Uint8Array.from({ length: COUNT }, (_, i) =>
  next() < 1 / (1 + Math.exp(-2 * (noisy.values[i * 3] as number))) ? 1 : 0,
);

describe("figures", () => {
  it("are those of the definitions, ties included", () => {
    expect(areaUnderRoc([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])).toBe(0.75);
    expect(areaUnderRoc([0, 1, 0, 1], [1, 1, 1, 1])).toBe(0.5);
    expect(averagePrecision([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])).toBeCloseTo(0.8333, 4);
    expect(macroF1([0, 0, 1, 2], [0, 1, 1, 1], 3)).toBeCloseTo((2 / 3 + 0.5 + 0) / 3, 9);
  });
});

describe("boosted trees", () => {
  const options = { trees: 60, rate: 0.3, curvatureMin: 0.01, lambda: 0.1, rowShare: 1, featureShare: 1 };

  it("learn ten rows by heart", () => {
    const grown = boost(TEN.data, TEN.labels, options);
    const scores = [...TEN.labels.keys()].map((i) => scoreOf(grown, TEN.data.values, i * 2));
    expect(scores.map((score) => (score > 0 ? 1 : 0))).toEqual([...TEN.labels]);
  });

  it("say the same for the same seed, and explain themselves without a rest", () => {
    const grown = boost(noisy, truth, { trees: 20, seed: 3 });
    expect(boost(noisy, truth, { trees: 20, seed: 3 })).toEqual(grown);
    const row = noisy.values.slice(0, 3);
    const { bias, contributions } = explainBoosted(grown, row, 3);
    expect(contributions.reduce((sum, part) => sum + part, bias)).toBeCloseTo(scoreOf(grown, row), 9);
    const both = averaged([grown, boost(noisy, truth, { trees: 20, seed: 4 })]);
    expect(scoreOf(both, row)).not.toBe(scoreOf(grown, row));
  });

  it.each([1, -1])("never turn against the direction %i of a feature", (direction) => {
    const grown = boost(noisy, truth, { trees: 40, monotone: [direction, 0, 0], seed: 1 });
    const at = (x: number): number => scoreOf(grown, [x, 0.3, -0.2]);
    const steps = Array.from({ length: 60 }, (_, i) => at(-3 + i / 10));
    expect(steps.every((score, i) => i === 0 || direction * (score - (steps[i - 1] as number)) >= -1e-12)).toBe(true);
  });
});

describe("logistic regression", () => {
  it("finds the weights that made the labels, and explains itself", () => {
    const model = fitLogistic(noisy, truth, { penalty: 1, logarithmic: false });
    expect(model.weights[0]).toBeGreaterThan(1.4);
    expect(Math.abs(model.weights[1] as number)).toBeLessThan(0.4);
    const parts = logisticParts(model, noisy.values);
    expect(parts.reduce((sum, part) => sum + part, model.bias)).toBeCloseTo(logisticScore(model, noisy.values), 9);
  });

  it("calibrates: shouted scores come to mean what they say, in the same order", () => {
    const scores = Float64Array.from({ length: COUNT }, (_, i) => 10 * (noisy.values[i * 3] as number) + 4);
    const calibration = fitCalibration(scores, truth);
    const before = scores.map((score) => calibrated({ slope: 1, intercept: 0 }, score));
    const after = scores.map((score) => calibrated(calibration, score));
    expect(calibrationError(truth, after)).toBeLessThan(calibrationError(truth, before) / 2);
    expect(areaUnderRoc(truth, after)).toBeCloseTo(areaUnderRoc(truth, scores), 9);
  });
});

describe("a dense net", () => {
  const options = { hidden: [16], rate: 0.05, batch: 10, seed: 2, decay: 0 };
  beforeAll(async () => {
    await useBackend();
  });

  it("learns ten rows by heart, and its plain loops say what TensorFlow.js says", async () => {
    const learner = netLearner(TEN.data, TEN.labels, TEN, options);
    for (let epoch = 1; epoch <= 150; epoch++) await learner.epoch(epoch);
    const net = learner.net();
    const scores = [...TEN.labels.keys()].map((i) => netScore(net, TEN.data.values, i * 2));
    expect(scores.map((score) => (score > 0 ? 1 : 0))).toEqual([...TEN.labels]);
    const saved = learner.save();
    await learner.epoch(999);
    learner.load(saved);
    expect(learner.net()).toEqual(net);
  });

  it("has the gradients that differences show", () => {
    const variables: tf.Variable[] = [
      tf.variable(tf.tensor2d([0.3, -0.2, 0.5, 0.1, 0.4, -0.6], [2, 3])),
      tf.variable(tf.tensor1d([0.1, 0.2, -0.1])),
      tf.variable(tf.tensor2d([0.7, -0.5, 0.2], [3, 1])),
      tf.variable(tf.tensor1d([0.05])),
    ];
    const x = tf.tensor2d([0.5, -1, 1.5, 0.3], [2, 2]);
    const y = tf.tensor1d([1, 0]);
    const loss = (): number => netLoss(x, y, variables, 0.01).dataSync()[0] as number;
    const { grads } = tf.variableGrads(() => netLoss(x, y, variables, 0.01), variables);
    const step = 1e-2;
    for (const variable of variables) {
      const told = (grads[variable.name] as tf.Tensor).dataSync();
      const values = variable.dataSync().slice();
      values.forEach((value, i) => {
        const at = (moved: number): number => {
          variable.assign(
            tf.tensor(
              values.map((one, j) => (j === i ? moved : one)),
              variable.shape,
            ),
          );
          return loss();
        };
        const seen = (at(value + step) - at(value - step)) / (2 * step);
        expect(told[i]).toBeCloseTo(seen, 2);
        at(value);
      });
    }
  });
});
