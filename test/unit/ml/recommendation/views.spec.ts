import { useBackend } from "../../../../ml/kernel/backends";
import { chance } from "../../../../ml/kernel/random";
import { countedOf } from "../../../../ml/recommendation/evaluate";
import { fitLinear, LINEAR, linearScore } from "../../../../ml/recommendation/linear";
import type { Lists } from "../../../../ml/recommendation/neighbours";
import { sequencesOf, spanOfList } from "../../../../ml/recommendation/sequences";
import { SLIM, slimLists } from "../../../../ml/recommendation/slim";
import { lowRank, SMOOTH, smoothLists } from "../../../../ml/recommendation/smooth";

const weightOf = ({ starts, items, weights }: Lists, of: number, to: number): number => {
  const row = [...items.subarray(starts[of], starts[of + 1])].indexOf(to);
  return row < 0 ? 0 : (weights[(starts[of] as number) + row] as number);
};

describe("smoothed lists", () => {
  // 0 and 1 are both followed by 2 and 3 each, but 1 was never followed by 4; 5 and 6 are a world of their own
  const lists = [
    ...Array.from({ length: 6 }, () => [
      [0, 2],
      [0, 3],
      [0, 4],
      [1, 2],
      [1, 3],
    ]).flat(),
    [5, 6],
    [5, 6],
  ];
  const counted = countedOf(sequencesOf(lists.map(spanOfList)), 7);
  const around = { back: 0, shrink: 0, self: false };

  beforeAll(() => useBackend(["wasm"]));

  it("propose what never followed, of what behaves alike, and nothing of another world", () => {
    const rough = smoothLists(counted, { ...SMOOTH, rank: 2 }, around);
    expect(weightOf(rough, 1, 4)).toBeGreaterThan(0.1);
    expect(weightOf(rough, 1, 2)).toBeGreaterThan(weightOf(rough, 1, 4));
    expect(weightOf(rough, 1, 6)).toBeLessThan(1e-3);
  });

  it("are the transitions themselves with all directions, and the nearest to them with fewer", () => {
    const matrix = smoothLists(counted, { ...SMOOTH, rank: 7 }, around);
    expect(weightOf(matrix, 1, 4)).toBeLessThan(1e-6);
    const { left, right } = lowRank(matrix, 7);
    const entry = (row: number, item: number): number =>
      left.reduce((sum, column, n) => sum + (column[row] as number) * (right[n]?.[item] as number), 0);
    for (const row of [0, 1, 5])
      for (let to = 0; to < 7; to++) expect(entry(row, to)).toBeCloseTo(weightOf(matrix, row, to), 5);
  });
});

describe("the sparse linear method", () => {
  it("does not count twice what always comes together", () => {
    // 0 and 1 always together before 2; 3 alone before 4, as often
    const lists = Array.from({ length: 20 }, () => [
      [0, 1, 2],
      [3, 4],
    ]).flat();
    const slim = slimLists(
      countedOf(sequencesOf(lists.map(spanOfList)), 5),
      { ...SLIM, decay: 1, back: 0, ridge: 1 },
      () => undefined,
    );
    const both = weightOf(slim, 0, 2) + weightOf(slim, 1, 2);
    expect(both).toBeLessThan(weightOf(slim, 3, 4) * 1.2);
    expect(both).toBeGreaterThan(weightOf(slim, 3, 4) * 0.8);
  });
});

describe("the weighted sum", () => {
  it("learns which of the features that may be added up speaks for the taken one, and leaves the others alone", () => {
    const [count, size, width] = [200, 6, 3];
    const { next } = chance(1);
    const features = Float32Array.from({ length: count * size * width }, () => next() * 100);
    const value = (list: number, row: number): number => features[(list * size + row) * width + 1] as number;
    const taken = Int32Array.from({ length: count }, (_none, list) => {
      const values = Array.from({ length: size }, (_row, row) => value(list, row));
      return list * size + values.indexOf(Math.max(...values));
    });
    const starts = Int32Array.from({ length: count + 1 }, (_none, i) => i * size);
    const linear = fitLinear(
      { width, starts, features, taken, linear: [0, 1] },
      taken.map((_row, list) => list),
      LINEAR,
    );
    expect(Math.abs(linear[0] as number)).toBeLessThan((linear[1] as number) / 5);
    expect(linear[2]).toBe(0);
    expect(linearScore(linear, Float32Array.of(9, 1, 2, 3), 1)).toBeCloseTo(
      (linear[0] as number) + 2 * (linear[1] as number),
      9,
    );
  });

  it("is the first view's alone where there is nothing to learn from", () => {
    const none = { width: 3, starts: Int32Array.of(0), features: new Float32Array(0), taken: new Int32Array(0) };
    expect([...fitLinear({ ...none, linear: [1, 2] }, new Int32Array(0), LINEAR)]).toEqual([0, 1, 0]);
  });
});
