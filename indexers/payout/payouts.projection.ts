/** One document per payout, as a seller lists them. */
import type { PayoutState } from "../../models/payout/payout.aggregate";
import { documentOf } from "../kernel/document";
import { date, keyword, long, shown } from "../kernel/fields";

export const payouts = documentOf<PayoutState>({
  name: "payouts",
  revision: 1,
  source: "payout",
  fields: {
    ...{ id: keyword, version: long, sellerId: keyword, currency: keyword, status: keyword },
    ...{ cycle: long, amountMinor: long, after: long, upTo: long, openedAt: date, closedAt: date },
    ...{ reference: shown, reason: shown },
  },
  document: (payout, { id, version }) => ({ ...payout, id, version }),
});
