import type { ServiceSchema } from "moleculer";
import {
  downloadsMaxOf,
  entitlement,
  type Entitlement,
  type EntitlementState,
} from "../../models/entitlement/entitlement.aggregate";
import {
  entitlementContract,
  type EntitlementId,
  type EntitlementView,
} from "../../models/entitlement/entitlement.contract";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import { historyReader, newestOrRefuse } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { aggregateService } from "../kernel/service";

export const viewOf = (version: number, { revoked: _revoked, ...state }: Entitlement): EntitlementView => ({
  ...state,
  version,
  downloadsMax: downloadsMaxOf(state),
});

export const entitlementService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "entitlement");
  return aggregateService(node, {
    contract: anyContract(entitlementContract),
    aggregate: erased(entitlement),
    queries: {
      "entitlement.get": async ({ id }: EntitlementId): Promise<EntitlementView> => {
        const { version, state } = await newestOrRefuse<EntitlementState>(reader, id, "right to a file");
        return viewOf(version, state);
      },
    },
  });
};
