/**
 * What tells doubles in a mall that has learnt nothing yet, and the baseline of whatever is learnt: borders that were
 * set by hand, each a tree of one question. Every word weighs the same: how rare one is has to be learnt.
 */
import { artefactHash, artefactOf } from "../kernel/card";
import type { Tree } from "../kernel/trees/tree";
import { MATCH_FEATURES } from "./features";
import type { MatchModel } from "./model";

type Feature = (typeof MATCH_FEATURES)[number];

/** [feature, border, what is said up to the border, what is said above it], in log-odds. */
const QUESTIONS: readonly (readonly [Feature, number, number, number])[] = [
  ["title_cosine", 0.5, -2, 0.8],
  ["title_cosine", 0.76, -0.6, 1.4],
  ["title_cosine", 0.95, 0, 1.5],
  ["letters_alike", 0.4, -1, 0.8],
  ["letters_alike", 0.7, 0, 0.8],
  ["codes_shared", 0, 0, 2.5],
  ["code_within", 0, 0, 0.8],
  ["codes_differ", 0, 0, -0.8],
  ["numbers_differ", 0, 0, -2],
  ["brand_alike", 0.25, -2, 0.3],
  ["price_factor", 2, 0, -1.2],
];
const BASE = -2;

const asked = ([feature, border, below, above]: (typeof QUESTIONS)[number]): Tree => ({
  features: [MATCH_FEATURES.indexOf(feature), -1, -1],
  thresholds: [border, 0, 0],
  lefts: [1, 0, 0],
  rights: [2, 0, 0],
  values: [0, below, above],
});

export const FIRST_MATCHING: MatchModel = {
  features: MATCH_FEATURES,
  rarity: { unknown: 1, of: {} },
  trees: { base: BASE, trees: QUESTIONS.map(asked) },
  border: 0,
};

export const FIRST_HASH = artefactHash(artefactOf(FIRST_MATCHING));
