import type { ServiceSchema } from "moleculer";
import { asset, type AssetState } from "../../models/asset/asset.aggregate";
import { assetContract, type AssetId, type AssetView } from "../../models/asset/asset.contract";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import { historyReader, newestOrRefuse } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { aggregateService } from "../kernel/service";

export const assetService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "asset");
  return aggregateService(node, {
    contract: anyContract(assetContract),
    aggregate: erased(asset),
    queries: {
      "asset.get": async ({ id }: AssetId): Promise<AssetView> => {
        const { version, state } = await newestOrRefuse<AssetState>(reader, id, "asset");
        return { ...state, id, version };
      },
    },
  });
};
