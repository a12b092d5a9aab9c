import { chance } from "../../../../ml/kernel/random";
import { forestOf, placeAmong } from "../../../../ml/recommendation/forest";
import { constant, constantRanks, ranksOf } from "../../../../ml/recommendation/metrics";
import { growRanker, RANKER, scoreRow } from "../../../../ml/recommendation/ranker";
import { sequencesOf, spanOfList } from "../../../../ml/recommendation/sequences";
import { largestOf } from "../../../../ml/recommendation/top";

const [LISTS, SIZE, WIDTH] = [120, 40, 4];
const random = chance(7);
/** Few different values, so that some candidates are alike. */
const features = Float32Array.from({ length: LISTS * SIZE * WIDTH }, () => random.below(6));
const starts = Int32Array.from({ length: LISTS + 1 }, (_none, i) => i * SIZE);
const worthOf = (row: number): number =>
  (features[row * WIDTH] as number) * 2 - Math.abs((features[row * WIDTH + 1] as number) - 2) * 3;
const taken = Int32Array.from({ length: LISTS }, (_none, list) => {
  const rows = Array.from({ length: SIZE }, (_row, i) => list * SIZE + i);
  return rows.reduce((best, row) => (worthOf(row) > worthOf(best) ? row : best));
});
const ranker = growRanker({ width: WIDTH, starts, features, linear: [0, 1], taken }, RANKER, {
  inTime: () => true,
  told: () => undefined,
});

describe("the place among candidates", () => {
  it("is the one that scoring all of them gives, ties against the taken one", () => {
    expect(ranker.trees.length).toBeGreaterThan(40);
    const forest = forestOf(ranker);
    let ties = 0;
    for (let list = 0; list < LISTS; list++) {
      const items = Int32Array.from({ length: SIZE }, (_none, i) => i + 100);
      const rows = features.subarray(list * SIZE * WIDTH, (list + 1) * SIZE * WIDTH);
      const scores = Array.from(items, (_item, i) => Math.fround(Math.exp(scoreRow(ranker, rows, i * WIDTH))));
      const own = list % SIZE;
      const atLeast = scores.filter((score) => score >= (scores[own] as number)).length;
      if (scores.filter((score) => score === scores[own]).length > 1) ties += 1;
      expect(placeAmong(forest, { items, features: rows }, WIDTH, own + 100)).toBe(atLeast);
    }
    expect(ties).toBeGreaterThan(10);
  });
});

describe("the place in an order that is everybody's", () => {
  it("is the one that looking at every item gives", () => {
    const values = Float32Array.from({ length: 60 }, () => random.below(8));
    const lists = Array.from({ length: 200 }, () =>
      Array.from({ length: 1 + random.below(6) }, () => random.below(60)),
    );
    const cases = {
      prefixes: sequencesOf(lists.map(spanOfList)),
      targets: Int32Array.from(lists, () => random.below(60)),
    };
    for (const repeats of [true, false]) {
      const judging = { itemCount: 60, repeats, first: 10 };
      expect(constantRanks(values, cases, judging)).toEqual(ranksOf(constant(values), cases, judging));
    }
  });
});

describe("the largest", () => {
  it("are those of a whole sort, of equal ones the smaller number", () => {
    const scores = Float32Array.from({ length: 500 }, () => random.below(40));
    const sorted = Array.from(scores.keys()).sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b);
    for (const count of [0, 1, 30, 500]) expect([...largestOf(scores, count)]).toEqual(sorted.slice(0, count));
  });

  it("of very many are the same, also where most are alike or few are above a sample of them", () => {
    const ways = [(): number => random.below(1_000_000), () => (random.below(300) === 0 ? 1 : 0), () => 7];
    for (const way of ways) {
      const scores = Float32Array.from({ length: 20_000 }, way);
      const sorted = Array.from(scores.keys()).sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b);
      expect([...largestOf(scores, 200)]).toEqual(sorted.slice(0, 200));
    }
    expect(largestOf(new Float32Array(9).fill(Number.NEGATIVE_INFINITY), 4)).toHaveLength(4);
  });
});
