/**
 * How much each sign counts that a product is what was asked for. Learnt on judged queries (test/bench/RELEVANCE.md) by
 * `npm run bench -- relevance`; a score is their sum, so that `explain` can show it part by part.
 */
export interface TextWeights {
  /** BM25 over title, brand, category and description as if they were one field. */
  readonly wide: number;
  /** BM25 of the best single field, attributes among them. */
  readonly best: number;
  /** All words stand in the attributes. */
  readonly attributes: number;
  /** All words stand in the title, or words that mean the same. */
  readonly title: number;
  /** They stand there side by side. */
  readonly phrase: number;
  /** They name the kind of thing that it is: `case` of `notebook case`, and not what it is for. */
  readonly kind: number;
  /** They stand in the title and do not merely name what it is for, as `notebook` does of a notebook case. */
  readonly main: number;
  /** They name its brand. */
  readonly brand: number;
  /** All words are found anywhere; counts only where some may be missing. */
  readonly all: number;
  /**
   * Its title names the thing asked for, whatever else is missing: `lamp` of `oak lamp`; counts only where some words
   * may be missing. Not learnt, for few judged questions lack words: chosen out of fold among a handful of values.
   */
  readonly head: number;
  /** The whole question is its article number: not learnt, for nobody judged such questions. */
  readonly code: number;
  /** BM25 of the title in whatever language. */
  readonly neutral: number;
}

export const TEXT_WEIGHTS: TextWeights = {
  wide: 2.5,
  best: 2.25,
  attributes: 4.25,
  title: 7,
  phrase: 2.25,
  kind: 1.5,
  main: 9.5,
  brand: 1.5,
  all: 24,
  head: 8,
  code: 20,
  neutral: 0.18,
};
