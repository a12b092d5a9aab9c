import type { ServiceSchema } from "moleculer";
import { anyContract } from "../../models/kernel/contract";
import { supplement, type BegunSupplement, type SupplementState } from "../../models/supplement/supplement.aggregate";
import {
  supplementContract,
  type SupplementId,
  type SupplementView,
} from "../../models/supplement/supplement.contract";
import { supplementPaymentId } from "../../models/supplement/supplement.data.contract";
import { historyReader, newestOrRefuse } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { aggregateService } from "../kernel/service";

export function viewOf(id: string, version: number, state: BegunSupplement): SupplementView {
  const { status, saga, orderId, raiseId, customerId, currency, amountMinor, challengeUrl } = state;
  return {
    ...{ id, version, status, step: saga.step, orderId, raiseId, customerId, currency, amountMinor },
    paymentId: supplementPaymentId(id),
    challenge: status === "waiting" && challengeUrl !== undefined ? { url: challengeUrl } : null,
    failure: saga.failure,
  };
}

export const supplementService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "supplement");
  return aggregateService(node, {
    contract: anyContract(supplementContract),
    aggregate: supplement,
    // the token of the card
    confidential: true,
    queries: {
      "supplement.get": async ({ id }: SupplementId): Promise<SupplementView> => {
        const { version, state } = await newestOrRefuse<SupplementState>(reader, id, "supplement");
        return viewOf(id, version, state);
      },
    },
  });
};
