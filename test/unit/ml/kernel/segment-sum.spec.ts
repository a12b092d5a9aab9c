import * as tf from "@tensorflow/tfjs-core";
import { useBackend } from "../../../../ml/kernel/backends";
import { sumBySegment } from "../../../../ml/kernel/segment-sum";

describe("the sum by segment", () => {
  it("adds up the rows of each segment, and leaves out those of no segment", () => {
    const sums = sumBySegment(new Float32Array([1, 2, 10, 20, 100, 200, 7, 7]), new Int32Array([2, 0, 2, 9]), 3);
    expect([...sums]).toEqual([10, 20, 0, 0, 101, 202]);
  });

  it("gives wasm the gradient of an embedding, and frees what it made", async () => {
    expect(await useBackend(["wasm"])).toBe("wasm");
    const table = tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]);
    const picked = tf.tensor1d([2, 0, 2], "int32");
    const before = tf.memory().numTensors;
    const gradient = tf.tidy(() => tf.grad((x) => tf.sum(tf.square(tf.gather(x, picked))))(table));
    expect([...gradient.dataSync()]).toEqual([2, 4, 0, 0, 20, 24]);
    gradient.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe("the backend of a process", () => {
  it("is one: another one is refused, not taken in silence", async () => {
    await useBackend(["wasm"]);
    expect(await useBackend()).toBe("wasm");
    await expect(useBackend(["cpu"])).rejects.toThrow("This process computes with wasm; cpu needs a process");
  });
});
