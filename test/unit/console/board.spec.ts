import { alertsIn, bestIn, funnelIn, ratingIn, runningOutIn, suggestionsIn } from "../../../console/seller/board";

const keys = (entries: readonly { readonly key: string }[]): string[] => entries.map(({ key }) => key);

test("what is pushed is shown in the order in which it matters", () => {
  expect(keys(alertsIn({ a: { at: "2026-01-01" }, b: { at: "2026-01-02" } }))).toEqual(["b", "a"]);
  expect(keys(runningOutIn({ a: { days: 3 }, b: { days: 0 } }))).toEqual(["b", "a"]);
  expect(keys(bestIn({ "EUR|a": { totalMinor: 1 }, "EUR|b": { totalMinor: 2 }, "USD|c": {} }, "EUR"))).toEqual([
    "b",
    "a",
  ]);
  const answer = { kind: "answer" };
  expect(keys(suggestionsIn({ a: answer, b: { kind: "restock", days: 2 }, c: { kind: "restock", days: 1 } }))).toEqual([
    "c",
    "b",
    "a",
  ]);
});

test("a rating is the mean of its stars, and none while nobody said anything", () => {
  expect(ratingIn({ rating: { reviews: 2, stars: 7, unanswered: 1 } })).toEqual({
    reviews: 2,
    average: 3.5,
    unanswered: 1,
  });
  expect(ratingIn({}).average).toBeNull();
});

test("the funnel adds up the hours of the day, and tells each step by the one before", () => {
  const hour = { views: 10, carts: 5, checkouts: 0, orders: 0 };
  const cells = { "2026-01-30T23": hour, "2026-01-31T01": hour, "2026-01-31T02": { ...hour, orders: 1 } };
  const bars = funnelIn(cells, Date.parse("2026-01-31T00:00:00Z"));
  expect(bars.map(({ count }) => count)).toEqual([20, 10, 0, 1]);
  expect(bars.map(({ share }) => share)).toEqual([null, 0.5, 0, null]);
});
