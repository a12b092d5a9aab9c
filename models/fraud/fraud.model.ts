import type { FactKind } from "../kernel/facts";

/**
 * Payments that were judged, as far as judging the next ones needs it: who (as codes that lead back to nobody), how
 * much, when, and what was decided.
 */
export const fraudAttempts: FactKind = {
  collection: "fraud.attempts",
  indexed: ["customer", "card", "device", "address", "seller"],
  keptDays: 400,
};
