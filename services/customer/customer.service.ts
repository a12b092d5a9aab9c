import type { ServiceSchema } from "moleculer";
import { customer, type CustomerState } from "../../models/customer/customer.aggregate";
import { customerContract, type CustomerId, type CustomerView } from "../../models/customer/customer.contract";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import type { Row } from "../../models/kernel/row";
import { historyReader, remembering } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { aggregateService } from "../kernel/service";

export const customerService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "customer");
  return aggregateService(node, {
    contract: anyContract(customerContract),
    aggregate: erased(customer),
    queries: {
      "customer.get": async ({ id }: CustomerId, context): Promise<CustomerView> => {
        const row = (await remembering(reader, context).newest(id)) as Row<CustomerState> | null;
        return { id, groups: row && row.state.status !== "absent" ? row.state.groups : [] };
      },
    },
  });
};
