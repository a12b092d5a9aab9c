/**
 * What is done about the risk of a payment: from which probability on the customer has to prove who they are, a person
 * looks at it, or it is refused; and rules in the mall's words. One for the mall, with history; what another one would
 * have done is asked before it is set.
 */
import type { CustomHelpers } from "joi";
import Joi from "../kernel/schema";
import { anyContract, type Contract, type Receipt } from "../kernel/contract";
import type { ToVersion } from "../kernel/restoring";
import { idSchema, plainText, versionSchema } from "../kernel/text";
import { CHECKOUT_FEATURES } from "../fraud/fraud.features.contract";

/** From the mildest to the hardest. */
export const VERDICTS = ["allow", "challenge", "review", "block"] as const;
export type FraudVerdict = (typeof VERDICTS)[number];

export interface FraudThresholds {
  readonly challenge: number;
  readonly review: number;
  readonly block: number;
}

export interface FraudRuleTerms {
  readonly name: string;
  /** One of `CHECKOUT_FEATURES`. */
  readonly feature: string;
  readonly atLeast: number;
  /** The payment gets at least this. */
  readonly outcome: FraudVerdict;
}

export interface FraudPolicyTerms {
  /** Probabilities of fraud, rising. */
  readonly thresholds: FraudThresholds;
  readonly rules: readonly FraudRuleTerms[];
  /** What is worth more than this, in minor units of its currency, is released by two people. */
  readonly releaseAloneMaxMinor: number;
}

export interface FraudPolicyView extends FraudPolicyTerms {
  /** 0 as long as nobody has set one: then what the mall ships with holds. */
  readonly version: number;
}

export interface Simulate extends Pick<FraudPolicyTerms, "thresholds" | "rules"> {
  /** Of so many newest decisions. */
  readonly decisions: number;
}

export interface Simulated {
  readonly decisions: number;
  /** How many would have come out so instead of so: `allow>review`. */
  readonly moved: Readonly<Record<string, number>>;
  /** Of payments known to be fraud, and known to be honest, how many would not simply be allowed; and are not now. */
  readonly fraudsStopped: number;
  readonly fraudsStoppedNow: number;
  readonly honestStopped: number;
  readonly honestStoppedNow: number;
}

export interface FraudPolicyCalls {
  "fraudpolicy.set": { params: FraudPolicyTerms; result: Receipt };
  "fraudpolicy.revert": { params: ToVersion; result: Receipt };
  "fraudpolicy.get": { params: object; result: FraudPolicyView };
  "fraudpolicy.simulate": { params: Simulate; result: Simulated };
}

export const FIRST_TERMS: FraudPolicyTerms = {
  thresholds: { challenge: 0.2, review: 0.5, block: 0.9 },
  rules: [],
  releaseAloneMaxMinor: 50_000,
};

/** There is one. */
export const FRAUD_POLICY_ID = "mall";
const RULES_MAX = 50;
const SIMULATED_MAX = 5_000;

const probability = Joi.number().min(0).max(1);
const rising = (value: FraudThresholds, helpers: CustomHelpers<FraudThresholds>) =>
  value.challenge <= value.review && value.review <= value.block ? value : helpers.error("thresholds.rising");

export const thresholdsSchema = Joi.object<FraudThresholds, true>({
  challenge: probability.required(),
  review: probability.required(),
  block: probability.required(),
})
  .custom(rising)
  .messages({ "thresholds.rising": "{{#label}} must rise from challenge over review to block" });
const rules = Joi.array()
  .items(
    Joi.object<FraudRuleTerms, true>({
      name: Joi.string()
        .pattern(/^[a-z][a-z0-9-]{0,63}$/, "name")
        .required(),
      feature: Joi.string()
        .valid(...CHECKOUT_FEATURES)
        .required(),
      atLeast: Joi.number().required(),
      outcome: Joi.string()
        .valid(...VERDICTS)
        .required(),
    }),
  )
  .max(RULES_MAX)
  .unique("name");
const terms = {
  thresholds: thresholdsSchema.required(),
  rules: rules.required(),
  releaseAloneMaxMinor: Joi.number().integer().min(0).required(),
};
const count = Joi.number().integer().min(0).required();
const onIt = { keyOf: () => FRAUD_POLICY_ID, owner: "platform" } as const;
const path = "/v1/fraud/policy";

const contract: Contract<FraudPolicyCalls> = {
  aggregate: "fraudpolicy",
  actions: {
    "fraudpolicy.set": {
      ...onIt,
      kind: "command",
      permission: "fraud.policy",
      summary: "Say what is done about the risk of payments",
      params: Joi.object<FraudPolicyTerms>(terms),
      http: { method: "PUT", path },
    },
    // what one person may release alone is money
    "fraudpolicy.revert": {
      kind: "command",
      key: "id",
      permission: "fraud.policy",
      owner: "platform",
      summary: "Bring back thresholds and rules of an earlier version; reached by restoring its history",
      params: Joi.object<ToVersion, true>({ id: idSchema.required(), version: versionSchema.required() }),
      restores: ["thresholds", "rules"],
    },
    "fraudpolicy.get": {
      ...onIt,
      kind: "query",
      permission: "fraud.read",
      summary: "What is done about the risk of payments",
      params: Joi.object({}),
      result: Joi.object<FraudPolicyView>({ ...terms, version: versionSchema.allow(0).required() }),
      http: { method: "GET", path },
    },
    "fraudpolicy.simulate": {
      kind: "procedure",
      permission: "fraud.read",
      owner: "platform",
      summary: "What other thresholds and rules would have done with past payments; changes nothing",
      params: Joi.object<Simulate>({
        thresholds: terms.thresholds,
        rules: terms.rules,
        decisions: Joi.number().integer().min(1).max(SIMULATED_MAX).default(1_000),
      }),
      result: Joi.object<Simulated>({
        decisions: count,
        moved: Joi.object().pattern(plainText(32), count).required(),
        fraudsStopped: count,
        fraudsStoppedNow: count,
        honestStopped: count,
        honestStoppedNow: count,
      }),
      http: { method: "POST", path: `${path}/simulate` },
    },
  },
};

export const fraudPolicyContract = anyContract(contract);
