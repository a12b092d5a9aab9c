import type { ServiceSchema } from "moleculer";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import type { Row } from "../../models/kernel/row";
import { redemption, type RedemptionState } from "../../models/redemption/redemption.aggregate";
import {
  redemptionContract,
  redemptionIdOf,
  type RedemptionOf,
  type RedemptionView,
} from "../../models/redemption/redemption.contract";
import { historyReader } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { aggregateService } from "../kernel/service";

export const redemptionService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "redemption");
  return aggregateService(node, {
    contract: anyContract(redemptionContract),
    aggregate: erased(redemption),
    queries: {
      "redemption.get": async ({ key }: RedemptionOf): Promise<RedemptionView> => {
        const row = (await reader.newest(redemptionIdOf({ key }))) as Row<RedemptionState> | null;
        if (!row || row.state.status === "absent") return { key, used: 0, open: 0 };
        return { key, used: row.state.used, open: Object.keys(row.state.open).length };
      },
    },
  });
};
