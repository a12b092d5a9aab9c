/**
 * What is done about a payment: thresholds on the probability and rules in the mall's words, both plain data, so that
 * they can be kept with a history and tried on past decisions before they are used. Pure.
 */
import { explainFraud, type FraudExplained, type FraudModel } from "./model";
import { reasonFor, type Reason } from "./reasons";

/** From the mildest to the hardest. */
export const OUTCOMES = ["allow", "challenge", "review", "block"] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface FraudRule {
  readonly name: string;
  /** A feature of the model. */
  readonly feature: string;
  readonly atLeast: number;
  /** The payment gets at least this. */
  readonly outcome: Outcome;
}

export interface FraudPolicy {
  /** Probabilities, rising: from each on, the outcome of its name. */
  readonly thresholds: { readonly challenge: number; readonly review: number; readonly block: number };
  readonly rules: readonly FraudRule[];
}

export const RULES_MAX = 50;
export const FIRST_POLICY: FraudPolicy = { thresholds: { challenge: 0.2, review: 0.5, block: 0.9 }, rules: [] };

/** What is kept of a decision, JSON: enough to explain it and to make it again. */
export interface FraudDecision {
  readonly modelHash: string;
  /** As 32-bit numbers, in the order of the model's features. */
  readonly features: readonly number[];
  readonly explained: FraudExplained;
  readonly outcome: Outcome;
  /** Names of the rules that applied. */
  readonly rules: readonly string[];
  /** What raised the score most, in words. */
  readonly reasons: readonly Reason[];
}

const harder = (a: Outcome, b: Outcome): Outcome => (OUTCOMES.indexOf(a) >= OUTCOMES.indexOf(b) ? a : b);

function byThreshold({ challenge, review, block }: FraudPolicy["thresholds"], probability: number): Outcome {
  if (probability >= block) return "block";
  if (probability >= review) return "review";
  return probability >= challenge ? "challenge" : "allow";
}

const applying = ({ rules }: FraudPolicy, names: readonly string[], row: ArrayLike<number>): FraudRule[] =>
  rules.slice(0, RULES_MAX).filter(({ feature, atLeast }) => {
    const at = names.indexOf(feature);
    return at >= 0 && (row[at] as number) >= atLeast;
  });

const REASONS = 3;

function reasonsOf(names: readonly string[], row: ArrayLike<number>, contributions: readonly number[]): Reason[] {
  return [...names.keys()]
    .filter((f) => (contributions[f] as number) > 0)
    .sort((a, b) => (contributions[b] as number) - (contributions[a] as number))
    .slice(0, REASONS)
    .map((f) => reasonFor(names[f] ?? "", row[f] as number));
}

export interface KnownModel {
  readonly hash: string;
  readonly model: FraudModel;
}

export function decideFraud({ hash, model }: KnownModel, row: Float32Array, policy: FraudPolicy): FraudDecision {
  const explained = explainFraud(model, row);
  const rules = applying(policy, model.features, row);
  const outcome = rules.reduce(
    (hardest, rule) => harder(hardest, rule.outcome),
    byThreshold(policy.thresholds, explained.probability),
  );
  return {
    modelHash: hash,
    features: [...row],
    explained,
    outcome,
    rules: rules.map(({ name }) => name),
    reasons: reasonsOf(model.features, row, explained.contributions),
  };
}

/** By all that is known: the model takes what it asks for, rules may speak of the rest. @param row as `names` say */
export function decideOn(
  known: KnownModel,
  names: readonly string[],
  row: Float32Array,
  policy: FraudPolicy,
): FraudDecision {
  const own = Float32Array.from(known.model.features, (name) => row[names.indexOf(name)] as number);
  const { rules: _none, ...decision } = decideFraud(known, own, { ...policy, rules: [] });
  const rules = applying(policy, names, row);
  const outcome = rules.reduce((hardest, rule) => harder(hardest, rule.outcome), decision.outcome);
  return { ...decision, features: [...row], outcome, rules: rules.map(({ name }) => name) };
}

/** The same decision again, of what was kept: the same bits with the same model and policy. */
export const replayFraud = (known: KnownModel, { features }: FraudDecision, policy: FraudPolicy): FraudDecision =>
  decideFraud(known, Float32Array.from(features), policy);

export interface WhatIf {
  /** How many past decisions would come out so instead of so: `allow>review`. */
  readonly moved: Readonly<Record<string, number>>;
  /** Of payments known to be fraud, and of honest ones, how many would not simply be allowed. */
  readonly fraudsStopped: number;
  readonly honestStopped: number;
}

const outcomeOf = ({ explained, features }: FraudDecision, names: readonly string[], policy: FraudPolicy): Outcome =>
  applying(policy, names, features).reduce(
    (hardest, rule) => harder(hardest, rule.outcome),
    byThreshold(policy.thresholds, explained.probability),
  );

export interface PastDecision {
  readonly decision: FraudDecision;
  /** What was found out later: 1 fraud, 0 honest, null unknown. */
  readonly label: 0 | 1 | null;
}

/** What another policy would have done. @param names of the features, as the model orders them */
export function whatIf(past: readonly PastDecision[], names: readonly string[], policy: FraudPolicy): WhatIf {
  const moved: Record<string, number> = {};
  const outcomes = past.map(({ decision }) => outcomeOf(decision, names, policy));
  past.forEach(({ decision: { outcome: was } }, i) => {
    const key = `${was}>${outcomes[i] as string}`;
    if (was !== outcomes[i]) moved[key] = (moved[key] ?? 0) + 1;
  });
  const stopped = (wanted: 0 | 1): number =>
    past.filter(({ label }, i) => label === wanted && outcomes[i] !== "allow").length;
  return { moved, fraudsStopped: stopped(1), honestStopped: stopped(0) };
}
