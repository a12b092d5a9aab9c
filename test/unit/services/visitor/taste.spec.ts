/** What somebody seems to like, of what they did: more for more, less for long ago, never beyond its share. */
import type { RecentEvent, RecentKind } from "../../../../models/visitor/visitor.contract";
import {
  likingsFor,
  LIKINGS_MAX,
  NO_TASTE,
  PERSONAL_MAX,
  reasonOf,
  SHARES,
  tasteSchema,
  type Traits,
} from "../../../../models/visitor/visitor.taste.contract";
import { tasteOf, touched } from "../../../../services/visitor/taste.service";

const NOW = Date.UTC(2026, 5, 1);
const HOUR = 3_600_000;

const did = (productId: string, kind: RecentKind = "view", hoursAgo = 0): RecentEvent => ({
  id: `${productId}-${kind}-${hoursAgo}`,
  kind,
  productId,
  at: new Date(NOW - hoursAgo * HOUR).toISOString(),
});

const lamp = (id: string, brand: string | null = "Lumen", amountMinor = 5_000): Traits => ({
  id,
  brand,
  category: "Home/Lamps",
  amountMinor,
  currency: "EUR",
});

const weightOf = (events: readonly RecentEvent[], brand = "Lumen"): number => {
  const known = ["a", "b", "c", "d"].map((id) => lamp(id)).concat(lamp("x", "Other"));
  return tasteOf(events, known, NOW).likings.find(({ value }) => value === brand)?.weight ?? 0;
};

it("grows with what was done, halves in two days, and a thing counts by the most that was done with it", () => {
  expect(weightOf([did("a"), did("b")])).toBeGreaterThan(weightOf([did("a")]));
  expect(weightOf([did("a", "cart")])).toBeGreaterThan(weightOf([did("a")]));
  expect(weightOf([did("a"), did("a", "click"), did("a", "view", 1)])).toBe(weightOf([did("a")]));
  expect(weightOf([did("a", "view", 48)])).toBeCloseTo(SHARES.brand * (0.5 / 2.5), 5);
  expect(weightOf([did("a", "search"), did("b", "impression")])).toBe(0);
});

it("never gives a product more than the bound, whatever was done", () => {
  const many = Array.from({ length: 100 }, (_none, n) => lamp(`p-${n}`));
  const events = many.map(({ id }) => did(id, "purchase"));
  const taste = tasteOf(events, many, NOW);
  const given = likingsFor(taste, { brand: "Lumen", category: "Home/Lamps", prices: [lamp("p") as never] });
  expect(given.map(({ kind }) => kind).sort()).toEqual(["brand", "category", "price"]);
  expect(given.reduce((sum, { weight }) => sum + weight, 0)).toBeLessThan(PERSONAL_MAX);
  expect(tasteSchema.validate(taste, { convert: false }).error).toBeUndefined();
});

it("is bounded in how many likings there are", () => {
  const many = Array.from({ length: 60 }, (_none, n) => ({ ...lamp(`p-${n}`, `Brand ${n}`), category: `c-${n}` }));
  const { likings } = tasteOf(
    many.map(({ id }) => did(id)),
    many,
    NOW,
  );
  expect(likings.length).toBeLessThanOrEqual(LIKINGS_MAX);
});

it("takes a price from three things of a category, in one currency, without the one that is out of line", () => {
  const priced = [4_000, 5_000, 6_000, 5_500, 90_000].map((amount, n) => lamp(`p-${n}`, null, amount));
  const taste = tasteOf(
    priced.map(({ id }) => did(id)),
    priced,
    NOW,
  );
  const price = taste.likings.find(({ kind }) => kind === "price");
  expect(price).toMatchObject({ lowMinor: 4_166, highMinor: 7_200, currency: "EUR", value: "Home/Lamps" });
  expect(tasteOf([did("p-0"), did("p-1")], priced, NOW).likings.map(({ kind }) => kind)).toEqual(["category"]);
});

it("speaks for what is in the category or below it, and for nothing beside it", () => {
  const taste = tasteOf([did("a")], [lamp("a", null)], NOW);
  const fits = (category: string | null) => likingsFor(taste, { brand: null, category, prices: [] }).length;
  expect(["Home/Lamps", "Home/Lamps/Floor", "Home/Lampshades", "Home", null].map(fits)).toEqual([1, 1, 0, 0, 0]);
});

it("says why in words", () => {
  const { likings } = tasteOf(
    [did("a"), did("b"), did("c")],
    ["a", "b", "c"].map((id) => lamp(id)),
    NOW,
  );
  expect(likings.map((liking) => reasonOf(liking)["en"])).toEqual([
    "You looked at 3 products of Lumen",
    "You looked at 3 products of this category",
    "It costs about what you looked at in this category",
  ]);
});

it("is nothing for somebody who did nothing, or whose products are gone", () => {
  expect(tasteOf([], [], NOW)).toEqual(NO_TASTE);
  expect(tasteOf([did("gone")], [], NOW)).toEqual(NO_TASTE);
  expect(touched([did("a"), did("a", "click"), did("b", "impression")])).toEqual(["a"]);
});
