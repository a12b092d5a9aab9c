import fc from "fast-check";
import {
  asked,
  isSuggestible,
  visitorsIn,
  type AskedQuestion,
} from "../../../../indexers/product/products.asked.projection";
import { fitOf, folded, lettersWrong, wordsIn } from "../../../../indexers/product/products.typed.query";
import type { Json } from "../../../../indexers/kernel/projection";
import type { AskedSearch } from "../../../../models/product/product.suggest.contract";

const day = (n: number): string => `2026-01-${String((n % 28) + 1).padStart(2, "0")}T00:00:00.000Z`;
const by = (n: number): AskedSearch => ({ query: "Arc lamp", visitor: `v${n}`, at: day(n) });
const after = (...batches: number[][]): AskedQuestion =>
  batches.reduce<Json | null>((before, batch) => asked.merge(before, batch.map(by)), null) as unknown as AskedQuestion;

describe("the tally of what was asked", () => {
  it("is the same in whatever order, and however often, facts come", () => {
    const batches = fc.array(fc.array(fc.nat(200), { minLength: 1, maxLength: 50 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(batches, (facts) => {
        const once = after(facts.flat());
        expect(after(...facts)).toEqual(once);
        expect(after(...[...facts].reverse(), ...facts)).toEqual(once);
      }),
    );
  });

  it("counts few visitors exactly and many about right, in bounded space", () => {
    const visitors = (count: number) => after(Array.from({ length: count }, (_, n) => n));
    expect([1, 5, 63].map((count) => visitors(count).visitors)).toEqual([1, 5, 63]);
    const many = visitors(5_000);
    expect(many.sample).toHaveLength(64);
    expect(many.visitors).toBeGreaterThan(3_500);
    expect(many.visitors).toBeLessThan(6_500);
    expect(visitorsIn([])).toBe(0);
  });

  it("is one per question, language and channel, whatever its capitals and blanks", () => {
    const id = (query: string, more: Partial<AskedSearch> = {}) => asked.idOf({ ...by(1), query, ...more });
    expect(id(" ARC   lamp ")).toBe(id("arc lamp"));
    expect(new Set([id("arc"), id("arc", { lang: "de" }), id("arc", { channel: "c" }), id("ärc")]).size).toBe(4);
  });

  it.each([
    ["arc lamp", true],
    ["노트북", true],
    ["15 inch laptop", true],
    ["a@b.example", false],
    ["0171/234.56 78", false],
    ["12 34", false],
    ["a", false],
  ])("takes %s: %s", (query, takes) => expect(isSuggestible({ ...by(1), query })).toBe(takes));
});

describe("what is being typed", () => {
  it.each([
    ["lam", "lamp", 0],
    ["lapm", "lamp", 1],
    ["lqmp", "lamp", 1],
    ["lmp", "lampshade", 1],
    ["xx", "lamp", 2],
  ])("%s is so far from the beginning of %s: %i", (typed, word, wrong) =>
    expect(lettersWrong(typed, word)).toBe(wrong),
  );

  it("fits a name whose words begin so, or nearly so", () => {
    const name = wordsIn("Éclairage de jardin");
    expect(fitOf(name, wordsIn("eclai jar"))).toBe(2);
    expect(fitOf(name, wordsIn("jardin ecl"))).toBe(2);
    expect(fitOf(name, wordsIn("jardni"))).toBe(1);
    expect(fitOf(name, wordsIn("jar tulip"))).toBe(0);
    expect(fitOf(name, wordsIn("jra"))).toBe(0);
  });

  it("loses accents, and no letters", () => {
    expect([folded("ÉCLAIRAGE"), folded("ガラス"), folded("노트북"), folded("كِتَاب")]).toEqual([
      "eclairage",
      "ガラス",
      "노트북",
      "كتاب",
    ]);
  });
});
