/** Decisions of one page: as one text, and each out of it as it went in. */
import fc from "fast-check";
import type { DecisionFact, Taken } from "../../../../models/decision/decision.data.contract";
import {
  decisionsIn,
  packed,
  pageDecisionId,
  pageIdIn,
  unpacked,
  type PageFact,
} from "../../../../models/decision/decision.page.contract";
import { featuresOf, RANKED_BY, rankedFrom, type Ranked } from "../../../../models/visitor/visitor.ranking.contract";

const name = fc.constantFrom("search", "score", "text.title", "text.phrase", "likes.0.kind", "constructor", "toString");
const value = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.string(), fc.constant(null));
const positive = fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0);
const reason = fc.record({ code: fc.string(), text: fc.record({ en: fc.string() }) });
const decision: fc.Arbitrary<Taken> = fc.record(
  {
    features: fc
      .uniqueArray(fc.tuple(name, value), { selector: ([key]) => key })
      .map((pairs) => Object.fromEntries(pairs.map(([key, one]) => [key, Object.is(one, -0) ? 0 : one]))),
    contributions: fc.array(fc.record({ name, value: positive })),
    residual: positive,
    score: positive,
    verdict: fc.constantFrom("allow", "block"),
    reasons: fc.array(reason),
    rules: fc.array(fc.string()),
  },
  { requiredKeys: ["features", "contributions", "residual", "score"] },
);

it("gives each back as it was, number by number and in its order", () => {
  fc.assert(
    fc.property(fc.array(decision, { maxLength: 5 }), (all) => {
      const again = unpacked(packed(all));
      expect(again).toEqual(all);
      expect(again.map(({ features }) => Object.keys(features))).toEqual(all.map((one) => Object.keys(one.features)));
    }),
  );
});

it("does not write down a number that is none, nor read what it did not write", () => {
  const none = { features: {}, contributions: [], residual: 0, score: Number.NaN };
  expect(() => packed([none])).toThrow("a number that is none");
  expect(() => unpacked('{"form":2}')).toThrow("a form that is not known");
});

const ranked = (n: number): Ranked => ({
  ...{ productId: `p-${n}`, position: n, score: 9.5 - n / 7 },
  observed: ["title", "phrase", "brand", "wide"].map((part) => ({ name: part, of: "text", value: (9 - n) / 3.1 })),
  weighed: [{ liking: { kind: "brand", value: "Lumen", weight: 0.61, products: 3 }, fits: true }],
});
const taken = Array.from({ length: 24 }, (_none, n) => rankedFrom(featuresOf(ranked(n), "a-search")));

const page: PageFact = {
  ...{ _id: "2026-05-01T10:00:00.000Z/a", at: "2026-05-01T10:00:00.000Z", id: "0123456789abcdefghjkmnpqrs" },
  ...{ kind: "rank", model: RANKED_BY, subject: null, aboutType: "product", told: packed(taken) },
  aboutId: taken.map((_one, n) => `p-${n}`),
};

it("is a fraction of what its decisions are one by one", () => {
  const each = taken.reduce((sum, one) => sum + JSON.stringify(one).length, 0);
  expect((page.told ?? "").length).toBeLessThan(each / 3);
});

it("is told as if each of its decisions had been kept by itself", () => {
  const facts = decisionsIn(page);
  expect(facts.map(({ id, aboutId, taken: one }) => ({ id, aboutId, taken: one }))).toEqual(
    taken.map((one, n) => ({ id: pageDecisionId(page.id, n), aboutId: `p-${n}`, taken: one })),
  );
  expect(new Set(facts.map(({ _id }) => _id)).size).toBe(24);
  expect(rankedFrom(facts[7]?.taken?.features ?? {})).toEqual(taken[7]);
  expect(pageIdIn(facts[7]?.id ?? "")).toBe(page.id);
  expect(pageIdIn("0123456789abcdefghjkmnpqrs")).toBeNull();
});

it("of somebody who was erased says that there were decisions, and nothing of what they were taken from", () => {
  const facts = decisionsIn({ ...page, told: null });
  expect(facts).toHaveLength(24);
  expect(facts.every((one) => one.taken === null)).toBe(true);
});

it("what was kept as a fact of its own is read as ever", () => {
  const { aboutId: _aboutId, told: _told, ...head } = page;
  const old: DecisionFact = { ...head, id: "d1", aboutId: "p-1", taken: taken[0] ?? null };
  expect(decisionsIn(old)).toEqual([old]);
});
