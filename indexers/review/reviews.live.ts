/** A seller's rating, of the reviews that are shown, and the newest of them: who has not answered yet sees which. */
import type { Commit } from "../../models/kernel/row";
import type { ReviewState } from "../../models/review/review.state.aggregate";
import type { Cell, Contribution, LiveProjection, Sums } from "../kernel/live";

const SHOWN_MAX = 10;
const ONE = "review|";

function said({ aggregateId, state }: Commit): Contribution | null {
  const review = state as ReviewState;
  if (review.status !== "published") return null;
  const { rating, productId, language, writtenAt: at, answer } = review;
  return {
    rating: { reviews: 1, stars: rating, unanswered: answer === null ? 1 : 0 },
    [ONE + aggregateId]: { rating, productId, language, at, answered: answer === null ? 0 : 1 },
  };
}

const newest = ([a, one]: [string, Cell], [b, other]: [string, Cell]): number =>
  String(one["at"]) + a < String(other["at"]) + b ? 1 : -1;

function shown(sums: Sums): Sums {
  const all = [...sums].filter(([key]) => key.startsWith(ONE)).sort(newest);
  return new Map([...[...sums].filter(([key]) => !key.startsWith(ONE)), ...all.slice(0, SHOWN_MAX)]);
}

export const reviewsLive: LiveProjection = { widget: "reviews", sources: { review: said }, shown };
