import * as tf from "@tensorflow/tfjs-core";
import { useBackend } from "../../../../ml/kernel/backends";
import { fitLearner } from "../../../../ml/kernel/fit";
import { modelHash } from "../../../../ml/kernel/hash";
import { firstIsRight, product } from "../../../../ml/kernel/products";
import { learner, type NetData } from "../../../../ml/recommendation/net-learner";
import { NET_KINDS } from "../../../../ml/recommendation/net-parts";
import { growRanker, RANKER, scoreRow } from "../../../../ml/recommendation/ranker";
import { sequencesOf, spanOfList } from "../../../../ml/recommendation/sequences";

const lists = Array.from({ length: 10 }, (_none, n) => [0, 1, 2, 3].map((i) => (n * 7 + i * 3 + n * i) % 20));
const rows = sequencesOf(lists.map(spanOfList));

const rowsData: NetData = {
  settings: { kind: "attention", itemCount: 20, width: 16, blocks: 1, length: 6, dropout: 0 },
  sequences: rows,
  validation: {
    prefixes: sequencesOf(lists.map((list) => spanOfList(list.slice(0, 3)))),
    targets: Int32Array.from(lists, (list) => list[3] as number),
  },
  repeats: true,
  sampled: 40,
  rate: 0.03,
  first: 1,
};

const LIMITS = { epochsMax: 120, patience: 25, timeMs: 60_000 };
const around = { clock: () => 0 };

/** Slopes by small steps, which know nothing of how gradients are computed. */
function bySteps(f: (x: Float32Array) => number, at: Float32Array): number[] {
  const step = 1e-2;
  return Array.from(at, (_value, i) => {
    const moved = (by: number) => at.map((value, j) => (i === j ? value + by : value));
    return (f(moved(step)) - f(moved(-step))) / (2 * step);
  });
}

beforeAll(() => useBackend(["wasm"]));

describe("gradients", () => {
  it("of the product and of the softmax loss are the slopes", () => {
    const [left, right] = [new Float32Array([0.3, -0.2, 0.8, 0.1, 0.5, -0.7]), new Float32Array([0.4, 0.9, -0.6, 0.2])];
    const b = tf.tensor2d(right, [2, 2]);
    const loss = (a: tf.Tensor): tf.Scalar => firstIsRight(product(tf.reshape<tf.Rank.R2>(a, [3, 2]), b));
    const gradient = tf.grad(loss)(tf.tensor1d(left)).dataSync();
    const slopes = bySteps((x) => loss(tf.tensor1d(x)).dataSync()[0] as number, left);
    slopes.forEach((slope, i) => expect(gradient[i]).toBeCloseTo(slope, 3));
    const ofRight = tf.grad((x: tf.Tensor) => firstIsRight(product(tf.tensor2d(left, [3, 2]), tf.reshape(x, [2, 2]))));
    const rightSlopes = bySteps(
      (x) => firstIsRight(product(tf.tensor2d(left, [3, 2]), tf.tensor2d(x, [2, 2]))).dataSync()[0] as number,
      right,
    );
    const rightGradient = ofRight(tf.tensor1d(right)).dataSync();
    rightSlopes.forEach((slope, i) => expect(rightGradient[i]).toBeCloseTo(slope, 3));
  });
});

describe.each(NET_KINDS)("a net of %s", (kind) => {
  const data: NetData = { ...rowsData, settings: { ...rowsData.settings, kind } };

  it("learns ten rows by heart, and frees what it used", async () => {
    const net = await learner(data, 1);
    const before = tf.memory().numTensors;
    const { bestMeasure } = await fitLearner(net, LIMITS, around);
    expect(bestMeasure).toBe(3); // hit rate, NDCG and MRR at 1: each row's next item stands first
    expect(tf.memory().numTensors).toBe(before);
  });

  it("is the same bit by bit with the same seed, and another one with another", async () => {
    const hashOf = async (seed: number): Promise<string> => {
      const net = await learner({ ...data, settings: { ...data.settings, dropout: 0.3 } }, seed);
      await fitLearner(net, { ...LIMITS, epochsMax: 2 }, around);
      return modelHash(data.settings, net.save());
    };
    const first = await hashOf(1);
    expect(await hashOf(1)).toBe(first);
    expect(await hashOf(2)).not.toBe(first);
  });
});

describe("the ranker", () => {
  it("learns which feature tells the taken one, and leaves the others alone", () => {
    const [count, size, width] = [300, 8, 3];
    const features = Float32Array.from({ length: count * size * width }, (_none, i) => (i * 7_919) % 101);
    const starts = Int32Array.from({ length: count + 1 }, (_none, i) => i * size);
    const taken = Int32Array.from({ length: count }, (_none, list) => {
      const values = Array.from({ length: size }, (_row, i) => features[(list * size + i) * width + 1] as number);
      return list * size + values.indexOf(Math.max(...values));
    });
    const ranker = growRanker({ width, starts, features, linear: [0, 1, 2], taken }, RANKER, {
      inTime: () => true,
      told: () => undefined,
    });
    const right = taken.filter((row, list) => {
      const scores = Array.from({ length: size }, (_row, i) => scoreRow(ranker, features, (list * size + i) * width));
      return scores.indexOf(Math.max(...scores)) === row - list * size;
    });
    expect(right.length / count).toBeGreaterThan(0.9);
  });
});
