/** Attempts as facts: how they are written down, and read again. */
import type { OutcomeFact } from "../../models/decision/decision.data.contract";
import type { Fact, FactPage } from "../../models/kernel/facts";
import type { FactLog } from "../../services/kernel/fact-log";
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

const PAGE = 1_000;
/** What a training, or a first look, reads at most. */
export const READ_MAX = 200_000;

/** Newest first, page by page. */
export async function allOf<F extends Fact>(log: FactLog<F>, ask: Omit<FactPage, "limit">, max: number): Promise<F[]> {
  const found: F[] = [];
  let before = ask.before;
  while (found.length < max) {
    const limit = Math.min(PAGE, max - found.length);
    const page = await log.page({ ...ask, ...(before !== undefined && { before }), limit });
    found.push(...page);
    before = page.at(-1)?._id;
    if (page.length < limit) break;
  }
  return found;
}

export const keptIn = (attempts: FactLog<AttemptFact>, outcomes: FactLog<OutcomeFact>): Kept => ({
  of: async (who, code, limit) => (await attempts.page({ where: { [who]: code }, limit })).map(attemptOf),
  since: async (seconds, limit) => (await attempts.page({ where: {}, from: isoOf(seconds), limit })).map(attemptOf),
  findings: async (sinceSeconds, limit) => {
    const facts = await allOf(outcomes, { where: { kind: "fraud" }, from: isoOf(sinceSeconds) }, limit);
    return facts.map(({ decisionId: id, at, label }) => ({ id, seconds: secondsOf(at), fraud: isFraud(label) }));
  },
});
