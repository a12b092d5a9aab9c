/** One document per message. Nothing personal: to whom is an id, and what was written stands in the history alone. */
import type { MessageState } from "../../models/message/message.aggregate";
import type { DocumentProjection } from "../kernel/projection";

const keyword = { type: "keyword" } as const;
const date = { type: "date" } as const;
const shown = { type: "keyword", index: false, doc_values: false } as const;

export const messages: DocumentProjection = {
  kind: "document",
  name: "messages",
  revision: 1,
  source: "message",
  settings: {},
  mappings: {
    dynamic: "strict",
    properties: {
      ...{ id: keyword, version: { type: "integer" }, status: keyword, template: keyword, language: shown },
      ...{ accountId: keyword, orderId: keyword, cause: keyword, attempts: { type: "integer" } },
      ...{ queuedAt: date, sentAt: date, reason: shown },
    },
  },
  document({ version, state }) {
    const found = state as MessageState;
    if (found.status === "absent") return null;
    const { id, status, template, language, accountId, orderId, cause, attempts, queuedAt, sentAt, reason } = found;
    return {
      ...{ id, version, status, template, language, accountId, orderId, cause, attempts, queuedAt, sentAt, reason },
    };
  },
};
