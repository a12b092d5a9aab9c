/** One document per return, as customers and sellers list them. */
import type { ReturnState } from "../../models/return/return.aggregate";
import { returnViewOf } from "../../models/return/return.contract";
import { documentOf } from "../kernel/document";
import { date, integer, kept, keyword, long, shown } from "../kernel/fields";

export const returns = documentOf<ReturnState>({
  name: "returns",
  revision: 2,
  source: "return",
  fields: {
    ...{ id: keyword, version: integer, orderId: keyword, sellerId: keyword, customerId: keyword },
    ...{ kind: keyword, status: keyword, requestedAt: date, lines: kept, inspected: kept },
    ...{ reason: shown, decision: shown, keepMinor: long, replacementId: keyword, exchange: kept, shippingBy: keyword },
  },
  document: (found, { id, version }) => returnViewOf(found, { id, version }),
});
