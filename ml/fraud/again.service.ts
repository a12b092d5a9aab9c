/** Past decisions: taken again by the model and the policy that took them, and by another policy, to see its effect. */
import type { DecideAgain } from "../../models/decision/decision.contract";
import type { DecisionFact, OutcomeFact, Taken } from "../../models/decision/decision.data.contract";
import { CHECKOUT_FEATURES } from "../../models/fraud/fraud.features.contract";
import {
  FIRST_TERMS,
  FRAUD_POLICY_ID,
  type FraudPolicyTerms,
  type Simulate,
  type Simulated,
} from "../../models/fraudpolicy/fraudpolicy.contract";
import { asMall } from "../../services/kernel/call";
import { allOf } from "../../services/kernel/fact-pages";
import type { CallSite } from "../../services/kernel/service";
import type { AssessDeps } from "./judge.service";
import { whatIf, type PastDecision } from "./decide";
import { isFraud } from "./facts.service";
import { asDecision, policyVersionOf, takenBy, valuesOf } from "./taken";

async function policyAt(version: number, { caller, meta }: CallSite): Promise<FraudPolicyTerms> {
  if (version === 0) return FIRST_TERMS;
  const ask = { aggregate: "fraudpolicy", id: FRAUD_POLICY_ID, version };
  const found = await caller.call("history.asOf", ask, { meta: asMall(meta, "policy") });
  return (found as { state: FraudPolicyTerms }).state;
}

export async function again(deps: AssessDeps, { model, taken }: DecideAgain, site: CallSite): Promise<Taken> {
  const version = policyVersionOf(taken);
  const [learnt, policy] = await Promise.all([deps.champions(site).of(model.hash), policyAt(version, site)]);
  return takenBy({ hash: model.hash, model: learnt }, valuesOf(taken), { ...policy, version });
}

/** What was said last of each. @param facts newest first */
function labelsOf(facts: readonly OutcomeFact[]): ReadonlyMap<string, 0 | 1> {
  return new Map([...facts].reverse().map(({ decisionId, label }) => [decisionId, isFraud(label) ? 1 : 0]));
}

const FINDINGS_MAX = 20_000;

const pastOf = (fact: DecisionFact, labels: ReadonlyMap<string, 0 | 1>): PastDecision[] =>
  fact.taken === null ? [] : [{ decision: asDecision(fact.model, fact.taken), label: labels.get(fact.id) ?? null }];

export async function simulate(deps: AssessDeps, asked: Simulate): Promise<Simulated> {
  const [decisions, outcomes] = await Promise.all([
    allOf(deps.decisions, { where: { kind: "fraud" } }, asked.decisions),
    allOf(deps.outcomes, { where: { kind: "fraud" } }, FINDINGS_MAX),
  ]);
  const labels = labelsOf(outcomes);
  const past = decisions.flatMap((fact) => pastOf(fact, labels));
  const { moved, fraudsStopped, honestStopped } = whatIf(past, CHECKOUT_FEATURES, asked);
  const now = (wanted: 0 | 1): number =>
    past.filter(({ decision, label }) => label === wanted && decision.outcome !== "allow").length;
  return {
    ...{ decisions: past.length, moved, fraudsStopped, honestStopped },
    ...{ fraudsStoppedNow: now(1), honestStoppedNow: now(0) },
  };
}
