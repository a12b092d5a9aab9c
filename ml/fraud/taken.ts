/** A judgement as a decision that is kept: features by name, parts that sum, reasons in words. Pure. */
import type { Taken } from "../../models/decision/decision.data.contract";
import { CHECKOUT_FEATURES } from "../../models/fraud/fraud.features.contract";
import { decideOn, type FraudDecision, type FraudPolicy, type KnownModel, type Outcome } from "./decide";

const NAMES: readonly string[] = CHECKOUT_FEATURES;

/** Which policy it was, among the features: with it the verdict can be reached again. */
const POLICY_VERSION = "policy_version";

export interface VersionedPolicy extends FraudPolicy {
  readonly version: number;
}

export function takenBy(known: KnownModel, values: Float32Array, policy: VersionedPolicy): Taken {
  const { explained, outcome, rules, reasons } = decideOn(known, NAMES, values, policy);
  const { score, bias, contributions, residual } = explained;
  const features = Object.fromEntries(NAMES.map((name, f) => [name, values[f] as number]));
  return {
    features: { ...features, [POLICY_VERSION]: policy.version },
    contributions: [
      { name: "bias", value: bias },
      ...known.model.features.map((name, f) => ({ name, value: contributions[f] as number })),
    ],
    residual,
    score,
    verdict: outcome,
    reasons,
    rules,
  };
}

export const policyVersionOf = ({ features }: Taken): number => Number(features[POLICY_VERSION] ?? 0);

export const valuesOf = ({ features }: Taken): Float32Array =>
  Float32Array.from(NAMES, (name) => Number(features[name] ?? 0));

/** As `whatIf` asks for it. */
export function asDecision({ hash }: { hash: string }, taken: Taken): FraudDecision {
  const { score, residual, contributions, verdict = "allow", rules = [] } = taken;
  const probability = 1 / (1 + Math.exp(-score));
  const parts = contributions.map(({ value }) => value);
  return {
    modelHash: hash,
    features: [...valuesOf(taken)],
    explained: { probability, score, bias: 0, contributions: parts, residual },
    outcome: verdict as Outcome,
    rules: [...rules],
    reasons: [],
  };
}
