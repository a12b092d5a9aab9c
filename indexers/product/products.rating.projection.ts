/** What a product's published reviews come to. Pure. */
import type { ReviewState } from "../../models/review/review.state.aggregate";
import type { ProductRating } from "../../models/product/product.search.contract";
import type { Parts } from "../kernel/projection";

export interface ReviewPart {
  readonly rating: number;
}

/** As the document holds it. */
export interface KeptRating extends ProductRating {
  /** By which the best rated come first; null where nobody reviewed it. */
  readonly rank: number | null;
}

/** One review of five stars says less than a hundred of four and a half: every product begins with so many reviews, */
const BEGINS_WITH = 5;
/** of so many stars each. */
const BEGINS_AT = 3.5;
const DIGITS = 4;

const rounded = (value: number): number => Number(value.toFixed(DIGITS));

export const reviewPart = (state: ReviewState): ReviewPart | null =>
  state.status === "published" ? { rating: state.rating } : null;

export function ratingOf(parts: Parts): KeptRating {
  let [sum, count] = [0, 0];
  for (const [key, { part }] of Object.entries(parts)) {
    if (!key.startsWith("review/") || part === null) continue;
    sum += (part as unknown as ReviewPart).rating;
    count += 1;
  }
  if (count === 0) return { average: null, count, rank: null };
  return {
    average: rounded(sum / count),
    count,
    rank: rounded((sum + BEGINS_WITH * BEGINS_AT) / (count + BEGINS_WITH)),
  };
}
