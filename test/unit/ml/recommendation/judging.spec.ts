import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { constant, judgedOf, rankOf, ranksOf } from "../../../../ml/recommendation/metrics";
import { addTo, sumsOf } from "../../../../ml/recommendation/neighbours";
import { readProtocol } from "../../../../ml/recommendation/protocol";
import { modelLine } from "../../../../ml/recommendation/report";
import { countedOf } from "../../../../ml/recommendation/evaluate";
import { sequencesOf, spanOf, spanOfList } from "../../../../ml/recommendation/sequences";
import { leaveOneOut } from "../../../../ml/recommendation/split";
import { transition, TRANSITION, transitionLists } from "../../../../ml/recommendation/transition";

const sequences = (...lists: number[][]) => sequencesOf(lists.map(spanOfList));

describe("a rank", () => {
  const sums = sumsOf(6);
  [3, 5, 5, 1].forEach((value, item) => addTo(sums, item, value));

  it("is among all items, and of equal scores the worst", () => {
    expect([0, 1, 2, 3].map((item) => rankOf(item, sums, 6))).toEqual([3, 2, 2, 4]);
  });

  it("is the last where nothing is known", () => expect(rankOf(4, sums, 6)).toBe(6));

  it("gives a model that cannot decide nothing", () => {
    const cases = { prefixes: sequences([0], [1]), targets: Int32Array.of(2, 3) };
    const ranks = ranksOf(constant(new Float32Array(6).fill(1)), cases, { itemCount: 6, repeats: true, first: 5 });
    expect([...ranks]).toEqual([6, 6]);
    expect(judgedOf(ranks, 5).hitRate).toBe(0);
  });

  it("becomes figures by the usual formulas", () => {
    const judged = judgedOf(Int32Array.of(1, 3, 11), 10);
    expect(judged.hitRate).toBeCloseTo(2 / 3, 12);
    expect(judged.ndcg).toBeCloseTo((1 + 1 / 2) / 3, 12);
    expect(judged.mrr).toBeCloseTo((1 + 1 / 3) / 3, 12);
    expect(modelLine("leave-one-out", { name: "x", judged })).toBe("x HR@10 0.6667 NDCG@10 0.5000");
    expect(modelLine("session", { name: "x", judged })).toBe("x P@20 0.6667 MRR@20 0.4444");
  });
});

describe("leaving one out", () => {
  const list = [
    [0, 1, 2, 3],
    [4, 5, 6],
    [7, 8],
  ];

  it("judges by the last, chooses by the last but one, and learns from what is before", () => {
    const { train, validation, whole, test } = leaveOneOut(sequences(...list), 9);
    expect([...train.items]).toEqual([0, 1, 4, 7, 8]);
    expect([...validation.targets]).toEqual([2, 5]);
    expect([...whole.items]).toEqual([0, 1, 2, 4, 5, 7, 8]);
    expect([...test.targets]).toEqual([3, 6]);
    expect([...test.prefixes.items]).toEqual([0, 1, 2, 4, 5]);
  });

  it("leaks nothing: with other last items all that is learnt and chosen stays, bit by bit", () => {
    const other = leaveOneOut(sequences([0, 1, 2, 8], [4, 5, 0], [7, 8]), 9);
    const { test, ...learnt } = leaveOneOut(sequences(...list), 9);
    expect({ ...other, test: null }).toEqual({ ...learnt, test: null });
    expect(other.test.targets).not.toEqual(test.targets);
    expect(transitionLists(countedOf(other.whole, 9), TRANSITION, false)).toEqual(
      transitionLists(countedOf(learnt.whole, 9), TRANSITION, false),
    );
  });
});

describe("transitions", () => {
  const counted = countedOf(sequences([0, 1, 2], [0, 1, 2], [3, 1, 4], [2, 0, 5]), 6);
  const scoresOf = (settings: typeof TRANSITION, ...prefix: number[]) => {
    const sums = sumsOf(6);
    transition(transitionLists(counted, settings, false), settings)(spanOfList(prefix), sums, 0);
    return [...sums.values];
  };

  it("know what comes after from what came before", () => {
    const forward = scoresOf({ ...TRANSITION, back: 0 }, 1);
    expect(forward[2]).toBeGreaterThan(forward[4] as number);
    expect(forward[0]).toBe(0);
    expect(scoresOf({ ...TRANSITION, back: 0.5 }, 1)[0]).toBeGreaterThan(0);
  });

  it("fade with the steps between, and with how long ago it was", () => {
    const plain = { ...TRANSITION, back: 0, ofPower: 0, toPower: 0, decay: 0.5, fade: 0.25 };
    expect(scoresOf(plain, 0)[1]).toBeCloseTo(2, 6);
    expect(scoresOf(plain, 0)[2]).toBeCloseTo(2 * 0.5, 6);
    expect(scoresOf(plain, 0, 5)[1]).toBeCloseTo(2 * 0.25, 6);
  });
});

describe("a file", () => {
  let folder: string;
  beforeAll(async () => (folder = await mkdtemp(path.join(tmpdir(), "stoa-sequences-"))));
  afterAll(() => rm(folder, { recursive: true }));
  const read = async (name: string, content: string | Buffer, more: object = {}) => {
    const file = path.join(folder, name);
    await writeFile(file, content);
    return readProtocol({ protocol: "leave-one-out", file, seed: 1, ...more });
  };

  it("of users a line, of pairs a line, and gzipped is one and the same", async () => {
    const lines = await read("lines", "ann a b c d\nbob b c a\n");
    expect(lines.told).toContain("2 users × 4 items, 7 interactions (a user a line)");
    // the lines of one user need not stand together
    const pairs = await read("pairs", "ann a\nbob b\nann b\nann c\nbob c\nbob a\nann d\n");
    expect(pairs.told).toContain("2 users × 4 items, 7 interactions (a pair a line)");
    const zipped = await read("zipped.gz", gzipSync("ann a b c d\nbob b c a\n"));
    expect(zipped.problem).toEqual(lines.problem);
  });

  it("numbers its items by chance, the same with the same seed", async () => {
    const text = `u ${Array.from({ length: 50 }, (_none, i) => `i${i}`).join(" ")}\n`;
    const [one, same, other] = [await read("a", text), await read("b", text), await read("c", text, { seed: 2 })];
    expect(one.problem).toEqual(same.problem);
    expect(one.problem).not.toEqual(other.problem);
    expect([...one.problem.whole.items]).not.toEqual([...one.problem.whole.items].sort((a, b) => a - b));
  });

  it("of sessions is judged by cases of its own", async () => {
    const sessions = Array.from({ length: 40 }, () => "a b c").join("\n");
    const test = path.join(folder, "cases");
    await writeFile(test, "a b\tc\nb\tc\n");
    const { problem, first } = await read("sessions", sessions, { protocol: "session", test });
    expect([problem.test.targets.length, first]).toEqual([2, 20]);
    expect(spanOf(problem.test.prefixes, 0).to).toBe(2);
    await expect(read("sessions", sessions, { protocol: "session" })).rejects.toThrow("needs --test FILE");
  });

  it("with nothing to judge is refused", async () => {
    await expect(read("short", "u a b\nv a\n")).rejects.toThrow("nothing to judge");
  });
});
