import type { ServiceSchema } from "moleculer";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import { ordergroup, type OrderGroupState } from "../../models/ordergroup/ordergroup.aggregate";
import {
  orderGroupContract,
  type OrderGroupId,
  type OrderGroupView,
} from "../../models/ordergroup/ordergroup.contract";
import { historyReader, newestOrRefuse } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { aggregateService } from "../kernel/service";

export const orderGroupService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "ordergroup");
  return aggregateService(node, {
    contract: anyContract(orderGroupContract),
    aggregate: erased(ordergroup),
    queries: {
      "ordergroup.get": async ({ id }: OrderGroupId): Promise<OrderGroupView> => {
        const { version, state } = await newestOrRefuse<OrderGroupState>(reader, id, "group of orders");
        const { status: _status, ...group } = state;
        return { ...group, version };
      },
    },
  });
};
