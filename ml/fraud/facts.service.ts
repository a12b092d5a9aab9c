/** Attempts as facts: how they are written down, and read again. */
import type { OutcomeFact } from "../../models/decision/decision.data.contract";
import type { Fact } from "../../models/kernel/facts";
import type { FactLog } from "../../services/kernel/fact-log";
import { allOf } from "../../services/kernel/fact-pages";
import type { Kept } from "./attempts";
import type { Attempt } from "./checkout-features";
import type { WatchedAttempt } from "./warnings";

/** Of what it was, and what was thought of it: for warnings. Older facts have none of it. */
export interface Surroundings {
  readonly products?: readonly string[];
  readonly probability?: number;
}

export interface AttemptFact extends Fact, Omit<Attempt, "seconds" | "device">, Surroundings {
  /** Older facts have none. */
  readonly device?: string | null;
}

export const isoOf = (seconds: number): string => new Date(Math.round(seconds * 1_000)).toISOString();
export const secondsOf = (at: string): number => Date.parse(at) / 1_000;

export const attemptFact = ({ seconds, ...attempt }: Attempt, around: Surroundings = {}): AttemptFact => {
  const at = isoOf(seconds);
  return { _id: `${at}/${attempt.id}`, at, ...attempt, ...around };
};

export function attemptOf(fact: AttemptFact): Attempt {
  const { id, at, amount, customer, card, device = null, address, region = null, seller, ratio, stopped } = fact;
  return { id, seconds: secondsOf(at), amount, customer, card, device, address, region, seller, ratio, stopped };
}

/** What is not known of an old one is left out. */
export function watchedIn({ at, seller, stopped, region = null, products = [], probability }: AttemptFact) {
  return probability === undefined
    ? []
    : [{ seconds: secondsOf(at), seller, stopped, region, products, probability } satisfies WatchedAttempt];
}

/** What somebody said became of a payment. */
export const isFraud = (label: string): boolean => label === "fraud" || label === "chargeback";

/** What a training, or a first look, reads at most. */
export const READ_MAX = 200_000;

export const keptIn = (attempts: FactLog<AttemptFact>, outcomes: FactLog<OutcomeFact>): Kept => ({
  of: async (who, code, limit) => (await attempts.page({ where: { [who]: code }, limit })).map(attemptOf),
  since: async (seconds, limit, known) => {
    const ids = await attempts.ids({ where: {}, from: isoOf(seconds), limit });
    const others = ids.filter((id) => !known(id.slice(id.indexOf("/") + 1)));
    const found = others.length === 0 ? [] : await attempts.those(others);
    return { looked: ids.length, found: found.map(attemptOf) };
  },
  all: async (limit) => (await allOf(attempts, { where: {} }, limit)).map(attemptOf),
  findings: async (sinceSeconds, limit) => {
    const facts = await allOf(outcomes, { where: { kind: "fraud" }, from: isoOf(sinceSeconds) }, limit);
    return facts.map(({ decisionId: id, at, label }) => ({ id, seconds: secondsOf(at), fraud: isFraud(label) }));
  },
});
