/** Why a product stood where it stood: parts that sum to the score exactly, and come out again from what was kept. */
import { againSchema, DECIDES_AGAIN } from "../../../../models/decision/decision.contract";
import { newDecisionSchema, type NewDecision } from "../../../../models/decision/decision.data.contract";
import { unexplained } from "../../../../models/decision/decision.words.contract";
import { featuresOf, RANKED_BY, rankedFrom, type Ranked } from "../../../../models/visitor/visitor.ranking.contract";

const ranked: Ranked = {
  productId: "p-1",
  position: 3,
  score: 11.234567,
  observed: [
    { name: "title", of: "text", value: 5.5 },
    { name: "wide", of: "text", value: 4.123456 },
    { name: "boost:rule-1", of: "business", value: 0.7 },
  ],
  weighed: [
    { liking: { kind: "brand", value: "Glow", weight: 0.3, products: 1 }, fits: false },
    { liking: { kind: "brand", value: "Lumen", weight: 0.61, products: 3 }, fits: true },
    { liking: { kind: "category", value: "Home/Lamps", weight: 0.2, products: 3 }, fits: true },
    { liking: { kind: "category", value: "Home", weight: 0.1, products: 4 }, fits: true },
  ],
};

const taken = rankedFrom(featuresOf(ranked, "a-search"));

it("takes of each kind the strongest liking that fits, and what is observed as it is", () => {
  expect(taken.contributions).toEqual([
    { name: "text.title", value: 5.5 },
    { name: "text.wide", value: 4.123456 },
    { name: "business.boost:rule-1", value: 0.7 },
    { name: "personal.brand", value: Math.fround(0.61) },
    { name: "personal.category", value: Math.fround(0.2) },
  ]);
  expect(taken.reasons?.map(({ text }) => text["en"])).toEqual([
    "You looked at 3 products of Lumen",
    "You looked at 3 products of this category",
  ]);
});

it("sums to the score with the residual that is kept", () => {
  expect(unexplained(taken)).toBe(0);
  expect(taken.score).toBe(11.234567);
});

it("comes out again, bit by bit, from what was kept of it as JSON", () => {
  const kept = JSON.parse(JSON.stringify(taken)) as typeof taken;
  expect(rankedFrom(kept.features)).toEqual(taken);
  const weaker = { ...kept.features, "likes.1.weight": 0.2 };
  expect(rankedFrom(weaker).contributions[3]).toEqual({ name: "personal.brand", value: Math.fround(0.2) });
});

it("is a decision as decisions are recorded, and one that can be asked for again", () => {
  const about = { type: "product", id: "p-1" };
  const decision: NewDecision = {
    ...{ id: "d-1", kind: "rank", at: "2026-01-01T00:00:00.000Z", model: RANKED_BY, subject: null, about },
    ...taken,
  };
  expect(newDecisionSchema.validate(decision, { convert: false }).error).toBeUndefined();
  expect(againSchema.validate({ model: RANKED_BY, about, taken }, { convert: false }).error).toBeUndefined();
  expect(DECIDES_AGAIN.rank).toBe("visitor.rankAgain");
});

it("fits where somebody likes as much as can be", () => {
  const weighed = Array.from({ length: 15 }, (_none, n) => ({
    liking: { kind: "brand" as const, value: "b".repeat(300) + String(n), weight: 0.1, products: 1 },
    fits: true,
  }));
  const observed = Array.from({ length: 90 }, (_none, n) => ({ name: `sign-${n}`, of: "text" as const, value: 0.1 }));
  const { features } = rankedFrom(featuresOf({ ...ranked, weighed, observed }, "s"));
  expect(Object.keys(features).length).toBeLessThanOrEqual(200);
});
