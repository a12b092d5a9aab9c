/** One document per message. Nothing personal: to whom is an id, and what was written stands in the history alone. */
import type { MessageState } from "../../models/message/message.aggregate";
import { documentOf } from "../kernel/document";
import { date, integer, keyword, shown } from "../kernel/fields";

export const messages = documentOf<MessageState>({
  name: "messages",
  revision: 1,
  source: "message",
  fields: {
    ...{ id: keyword, version: integer, status: keyword, template: keyword, language: shown },
    ...{ accountId: keyword, orderId: keyword, cause: keyword, attempts: integer },
    ...{ queuedAt: date, sentAt: date, reason: shown },
  },
  document(found, { version }) {
    const { id, status, template, language, accountId, orderId, cause, attempts, queuedAt, sentAt, reason } = found;
    return {
      ...{ id, version, status, template, language, accountId, orderId, cause, attempts, queuedAt, sentAt, reason },
    };
  },
});
