/** One document per payout, as a seller lists them. */
import type { PayoutState } from "../../models/payout/payout.aggregate";
import { date, keyword, long, shown } from "../kernel/fields";
import type { DocumentProjection } from "../kernel/projection";

export const payouts: DocumentProjection = {
  kind: "document",
  name: "payouts",
  revision: 1,
  source: "payout",
  settings: {},
  mappings: {
    dynamic: "strict",
    properties: {
      ...{ id: keyword, version: long, sellerId: keyword, currency: keyword, status: keyword },
      ...{ cycle: long, amountMinor: long, after: long, upTo: long, openedAt: date, closedAt: date },
      ...{ reference: shown, reason: shown },
    },
  },
  document({ aggregateId: id, version, state }) {
    const payout = state as PayoutState;
    return payout.status === "absent" ? null : { ...payout, id, version };
  },
};
