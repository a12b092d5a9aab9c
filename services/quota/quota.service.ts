import type { ServiceSchema } from "moleculer";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import { countedIn, quota, roomOf, type QuotaState } from "../../models/quota/quota.aggregate";
import { quotaContract, type QuotaId, type QuotaView, type TakeRoom } from "../../models/quota/quota.contract";
import { historyReader } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { aggregateService } from "../kernel/service";

export const quotaService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "quota");
  const everybody = node.limits.room;
  return aggregateService(node, {
    contract: anyContract(quotaContract),
    aggregate: erased(quota),
    prepare: { "quota.take": (params: TakeRoom) => Promise.resolve({ ...params, everybody }) },
    queries: {
      // who never uploaded anything has all of the room
      "quota.get": async ({ id }: QuotaId): Promise<QuotaView> => {
        const row = await reader.newest(id);
        const counted = countedIn((row?.state ?? quota.initial) as QuotaState);
        return { id, files: counted.files, bytes: counted.bytes, ...roomOf(counted, everybody) };
      },
    },
  });
};
