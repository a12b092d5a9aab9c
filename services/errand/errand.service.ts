import type { ServiceSchema } from "moleculer";
import { errand, type ErrandState } from "../../models/errand/errand.aggregate";
import { errandContract, viewOf, type ErrandId, type ErrandView } from "../../models/errand/errand.contract";
import { erased } from "../../models/kernel/aggregate";
import { historyReader, newestOrRefuse } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { aggregateService } from "../kernel/service";

export const errandService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "errand");
  return aggregateService(node, {
    contract: errandContract,
    aggregate: erased(errand),
    queries: {
      "errand.get": async ({ id }: ErrandId): Promise<ErrandView> => {
        const { version, state } = await newestOrRefuse<ErrandState>(reader, id, "errand");
        return viewOf(id, version, state);
      },
    },
  });
};
