import type { FactKind } from "../kernel/facts";

/**
 * Facts, not aggregates: a decision was taken, and that is that; those of one answered page are one fact, found by the
 * id of the page or by what any of them is about. What they were taken from is the person's, and sealed; whose they are
 * (an id that says nothing by itself) stays, so that they can be asked for.
 */
export const decisionFacts: FactKind = {
  collection: "decisions",
  indexed: ["id", "subject", "aboutId", "kind"],
  keptDays: 400,
  personal: {
    subject: ({ subject }) => (typeof subject === "string" ? subject : null),
    fields: ["taken", "told"],
  },
};

/** What became of it, said later: of a payment months later. */
export const decisionOutcomes: FactKind = {
  collection: "decision.outcomes",
  indexed: ["decisionId", "kind"],
  keptDays: 800,
};
