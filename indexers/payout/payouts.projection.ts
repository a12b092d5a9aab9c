/** One document per payout, as a seller lists them. */
import type { PayoutState } from "../../models/payout/payout.aggregate";
import type { DocumentProjection } from "../kernel/projection";

const keyword = { type: "keyword" } as const;
const long = { type: "long" } as const;
const date = { type: "date" } as const;
const shown = { type: "keyword", index: false, doc_values: false } as const;

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
