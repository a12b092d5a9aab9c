/** One document per return, as customers and sellers list them. */
import type { ReturnState } from "../../models/return/return.aggregate";
import type { DocumentProjection } from "../kernel/projection";

const keyword = { type: "keyword" } as const;
const shown = { type: "object", enabled: false } as const;
const text = { type: "keyword", index: false, doc_values: false } as const;

export const returns: DocumentProjection = {
  kind: "document",
  name: "returns",
  revision: 1,
  source: "return",
  settings: {},
  mappings: {
    dynamic: "strict",
    properties: {
      ...{ id: keyword, version: { type: "integer" }, orderId: keyword, sellerId: keyword, customerId: keyword },
      ...{ kind: keyword, status: keyword, requestedAt: { type: "date" }, lines: shown, inspected: shown },
      ...{ reason: text, decision: text, keepMinor: { type: "long" }, replacementId: keyword },
    },
  },
  document({ aggregateId: id, version, state }) {
    const found = state as ReturnState;
    if (found.status === "absent") return null;
    const { pending: _pending, pendingAt: _at, ...known } = found;
    return { ...known, id, version };
  },
};
