import type { ServiceSchema } from "moleculer";
import { fraudpolicy, type FraudPolicyState } from "../../models/fraudpolicy/fraudpolicy.aggregate";
import {
  FIRST_TERMS,
  FRAUD_POLICY_ID,
  fraudPolicyContract,
  type FraudPolicyView,
} from "../../models/fraudpolicy/fraudpolicy.contract";
import { erased } from "../../models/kernel/aggregate";
import { historyReader } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { aggregateService } from "../kernel/service";

export const fraudPolicyService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "fraudpolicy");
  return aggregateService(node, {
    contract: fraudPolicyContract,
    aggregate: erased(fraudpolicy),
    queries: {
      "fraudpolicy.get": async (): Promise<FraudPolicyView> => {
        const row = await reader.newest(FRAUD_POLICY_ID);
        const state = row?.state as FraudPolicyState | undefined;
        if (!row || !state || state.status === "absent") return { ...FIRST_TERMS, version: 0 };
        const { thresholds, rules, releaseAloneMaxMinor } = state;
        return { thresholds, rules, releaseAloneMaxMinor, version: row.version };
      },
    },
  });
};
