import type { Aggregate } from "../kernel/aggregate";
import type { FraudPolicyTerms } from "./fraudpolicy.contract";

export type FraudPolicyState = { readonly status: "absent" } | (FraudPolicyTerms & { readonly status: "set" });

export interface FraudPolicyEvent {
  readonly type: "fraudpolicy.set";
  readonly data: FraudPolicyTerms;
}

export interface FraudPolicyCommands {
  readonly "fraudpolicy.set": FraudPolicyTerms;
}

export const fraudpolicy: Aggregate<FraudPolicyState, FraudPolicyCommands, FraudPolicyEvent> = {
  name: "fraudpolicy",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "fraudpolicy.set": (_state, terms) => [{ type: "fraudpolicy.set", data: terms }],
  },
  evolve: {
    "fraudpolicy.set": (_state, terms) => ({ ...terms, status: "set" }),
  },
};
