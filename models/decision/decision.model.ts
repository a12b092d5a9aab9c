import type { FactKind } from "../kernel/facts";

/**
 * Facts, not aggregates: a decision was taken, and that is that. What it was taken from is the person's, and sealed;
 * whose it is (an id that says nothing by itself) stays, so that it can be asked for.
 */
export const decisionFacts: FactKind = {
  collection: "decisions",
  indexed: ["id", "subject", "aboutId", "kind"],
  keptDays: 400,
  personal: {
    subject: ({ subject }) => (typeof subject === "string" ? subject : null),
    fields: ["taken"],
  },
};

/** What became of it, said later: of a payment months later. */
export const decisionOutcomes: FactKind = {
  collection: "decision.outcomes",
  indexed: ["decisionId", "kind"],
  keptDays: 800,
};
