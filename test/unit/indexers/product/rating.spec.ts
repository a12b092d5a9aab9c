import { ratingOf, reviewPart } from "../../../../indexers/product/products.rating.projection";
import type { Parts } from "../../../../indexers/kernel/projection";
import type { WrittenReview } from "../../../../models/review/review.state.aggregate";

const given = (...stars: (number | null)[]): Parts =>
  Object.fromEntries(
    stars.map((rating, i) => [`review/r${i}`, { version: 1, part: rating === null ? null : { rating } }]),
  );

describe("what a product's reviews come to", () => {
  it("is their average and how many they are; what is not shown counts for nothing", () => {
    expect(ratingOf({ ...given(5, 4, null), "offer/o1": { version: 1, part: { rating: 1 } } })).toMatchObject({
      ...{ average: 4.5, count: 2 },
    });
    expect(ratingOf({})).toEqual({ average: null, count: 0, rank: null });
  });

  it("ranks many good ones before one excellent one", () => {
    const many = ratingOf(given(...Array<number>(40).fill(4), ...Array<number>(60).fill(5)));
    expect(many.rank).toBeGreaterThan(ratingOf(given(5)).rank ?? 5);
    expect(ratingOf(given(1)).rank).toBeLessThan(ratingOf(given(5)).rank ?? 0);
  });

  it.each(["published", "held", "rejected", "withdrawn"] as const)("a %s review", (status) => {
    const state = { status, rating: 3, title: "mine", text: "and nobody else's" } as WrittenReview;
    expect(reviewPart(state)).toEqual(status === "published" ? { rating: 3 } : null);
  });
});
