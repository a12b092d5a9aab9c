/** One document per message. Nothing personal: to whom is an id, and what was written stands in the history alone. */
import type { MessageState } from "../../models/message/message.aggregate";
import { date, integer, keyword, shown } from "../kernel/fields";
import type { DocumentProjection } from "../kernel/projection";

export const messages: DocumentProjection = {
  kind: "document",
  name: "messages",
  revision: 1,
  source: "message",
  settings: {},
  mappings: {
    dynamic: "strict",
    properties: {
      ...{ id: keyword, version: integer, status: keyword, template: keyword, language: shown },
      ...{ accountId: keyword, orderId: keyword, cause: keyword, attempts: integer },
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
