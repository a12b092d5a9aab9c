/** Attempts as facts: how they are written down, and read again. */
import type { OutcomeFact } from "../../models/decision/decision.data.contract";
import type { Fact } from "../../models/kernel/facts";
import type { FactLog } from "../../services/kernel/fact-log";
import { allOf } from "../../services/kernel/fact-pages";
import type { Kept } from "./attempts";
import type { Attempt } from "./checkout-features";

export interface AttemptFact extends Fact, Omit<Attempt, "seconds"> {}

export const isoOf = (seconds: number): string => new Date(Math.round(seconds * 1_000)).toISOString();
export const secondsOf = (at: string): number => Date.parse(at) / 1_000;

export const attemptFact = ({ seconds, ...attempt }: Attempt): AttemptFact => {
  const at = isoOf(seconds);
  return { _id: `${at}/${attempt.id}`, at, ...attempt };
};

export function attemptOf({ _id, at, ...attempt }: AttemptFact): Attempt {
  return { ...attempt, seconds: secondsOf(at) };
}

/** What somebody said became of a payment. */
export const isFraud = (label: string): boolean => label === "fraud" || label === "chargeback";

/** What a training, or a first look, reads at most. */
export const READ_MAX = 200_000;

export const keptIn = (attempts: FactLog<AttemptFact>, outcomes: FactLog<OutcomeFact>): Kept => ({
  of: async (who, code, limit) => (await attempts.page({ where: { [who]: code }, limit })).map(attemptOf),
  since: async (seconds, limit) => (await attempts.page({ where: {}, from: isoOf(seconds), limit })).map(attemptOf),
  findings: async (sinceSeconds, limit) => {
    const facts = await allOf(outcomes, { where: { kind: "fraud" }, from: isoOf(sinceSeconds) }, limit);
    return facts.map(({ decisionId: id, at, label }) => ({ id, seconds: secondsOf(at), fraud: isFraud(label) }));
  },
});
