import type { Aggregate } from "../kernel/aggregate";
import { changesOf, restoredState, type Restored, type Restoring } from "../kernel/restoring";
import { refuse } from "../refusals";
import type { FraudPolicyTerms } from "./fraudpolicy.contract";

type SetPolicy = FraudPolicyTerms & { readonly status: "set" };
type Restorable = Pick<FraudPolicyTerms, "thresholds" | "rules">;

export type FraudPolicyState = { readonly status: "absent" } | SetPolicy;

export type FraudPolicyEvent =
  | { readonly type: "fraudpolicy.set"; readonly data: FraudPolicyTerms }
  | { readonly type: "fraudpolicy.reverted"; readonly data: Restored<Restorable> };

export interface FraudPolicyCommands {
  readonly "fraudpolicy.set": FraudPolicyTerms;
  readonly "fraudpolicy.revert": Restoring<Restorable>;
}

export const fraudpolicy: Aggregate<FraudPolicyState, FraudPolicyCommands, FraudPolicyEvent> = {
  name: "fraudpolicy",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "fraudpolicy.set": (_state, terms) => [{ type: "fraudpolicy.set", data: terms }],
    "fraudpolicy.revert": (state, old) => {
      if (state.status === "absent")
        return refuse("NOT_FOUND", "Nobody has set a policy: what the mall ships with holds.");
      const changes = changesOf<Restorable>(state, old);
      return changes === null ? [] : [{ type: "fraudpolicy.reverted", data: changes }];
    },
  },
  evolve: {
    "fraudpolicy.set": (_state, terms) => ({ ...terms, status: "set" }),
    "fraudpolicy.reverted": (state, data) => restoredState(state as SetPolicy, data),
  },
};
