/** What a search tells of what it found: why it stands where it does, how the words were read, what buyers gave. */
import type { Text } from "../kernel/text";

/** One of the signs that a score is the sum of: see indexers/product/products.weights.query.ts. */
export interface ScorePart {
  /** `title`, `kind`, `brand` …; `rounding` is what the engine's sums leave over. */
  readonly part: string;
  readonly score: number;
  /** Id of the rule of merchandising, of `pin`, `boost` and `bury`. */
  readonly rule?: string;
  /** Of what kind it is: what was typed, what the mall wants, what the visitor likes. */
  readonly of?: "text" | "business" | "personal";
  /** Why, where it is personal. */
  readonly reason?: Text;
}

/** Where the question as it was asked found little or nothing: what was searched for instead. */
export interface Relaxed {
  /** As it was searched for. */
  readonly q: string;
  /** Words were spelt otherwise than they were typed. */
  readonly spelling: boolean;
  /** Products were taken in that have only some of the words; each hit tells which it lacks. */
  readonly partial: boolean;
  /** How many products have every word. */
  readonly exact: number;
}

/** A text of which some parts are what was searched for. There is no markup in it: show `text` as text. */
export interface Marked {
  readonly text: string;
  readonly hit: boolean;
}

/** What those who bought it gave, 1 to 5 stars, as far as it is published. */
export interface ProductRating {
  /** Null where nobody did. */
  readonly average: number | null;
  readonly count: number;
}

export const NO_RATING: ProductRating = { average: null, count: 0 };
