/** One document per return, as customers and sellers list them. */
import type { ReturnState } from "../../models/return/return.aggregate";
import { date, integer, kept, keyword, long, shown } from "../kernel/fields";
import type { DocumentProjection } from "../kernel/projection";

export const returns: DocumentProjection = {
  kind: "document",
  name: "returns",
  revision: 1,
  source: "return",
  settings: {},
  mappings: {
    dynamic: "strict",
    properties: {
      ...{ id: keyword, version: integer, orderId: keyword, sellerId: keyword, customerId: keyword },
      ...{ kind: keyword, status: keyword, requestedAt: date, lines: kept, inspected: kept },
      ...{ reason: shown, decision: shown, keepMinor: long, replacementId: keyword },
    },
  },
  document({ aggregateId: id, version, state }) {
    const found = state as ReturnState;
    if (found.status === "absent") return null;
    const { pending: _pending, pendingAt: _at, ...known } = found;
    return { ...known, id, version };
  },
};
