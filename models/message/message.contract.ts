/**
 * What the mall has to tell a person: queued by what happened, under an id that derives from it, and sent by mail. It
 * is sent once at most: an attempt is committed before it is made, and one whose end nobody knows is not made again
 * unless somebody says so.
 */
import Joi from "../kernel/schema";
import type { Language } from "../account/account.contract";
import { languageOfAccount } from "../account/account.contract";
import type { Contract, Receipt } from "../kernel/contract";
import { idSchema, plainText, versionSchema } from "../kernel/text";
import { causeSchema, letterSchema, orderOfMessage, TEMPLATES } from "./message.letter.contract";
import type { Letter, Template } from "./message.letter.contract";
import { messageInside, type MessageInsideCalls } from "./message.inside.contract";

export interface MessageId {
  readonly id: string;
}

export interface QueueMessage extends MessageId {
  /** Whom it is for; null for a guest, whose order is a subject of its own. */
  readonly accountId: string | null;
  readonly orderId: string | null;
  readonly cause: string;
  readonly language: Language;
  readonly recipient: string;
  readonly letter: Letter;
}

export const MESSAGE_STATUSES = ["queued", "sending", "sent", "failed"] as const;
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

/** As lists show it: nothing personal. */
export interface MessageHit {
  readonly id: string;
  readonly version: number;
  readonly status: MessageStatus;
  readonly template: Template;
  readonly language: Language;
  readonly accountId: string | null;
  readonly orderId: string | null;
  readonly cause: string;
  readonly attempts: number;
  readonly queuedAt: string;
  readonly sentAt: string | null;
  /** Why the last attempt came to nothing: what the mail server answered, without its words. */
  readonly reason: string | null;
}

export interface MessageView extends MessageHit {
  /** Null once the person's data were erased. */
  readonly recipient: string | null;
  readonly subject: string | null;
  readonly text: string | null;
}

export interface FindMessages {
  readonly status?: MessageStatus;
  readonly template?: Template;
  readonly orderId?: string;
  readonly limit: number;
  readonly cursor?: string;
}

export interface FindAllMessages extends FindMessages {
  readonly accountId?: string;
}

export interface FoundMessages {
  /** Newest first. */
  readonly items: MessageHit[];
  readonly cursor: string | null;
}

export interface MessageCalls extends MessageInsideCalls {
  "message.queue": { params: QueueMessage; result: Receipt };
  "message.resend": { params: MessageId; result: Receipt };
  "message.get": { params: MessageId; result: MessageView };
  "message.mine": { params: FindMessages; result: FoundMessages };
  "message.list": { params: FindAllMessages; result: FoundMessages };
}

export const MESSAGES_PAGE_MAX = 100;

const id = idSchema.required();
const byId = Joi.object<MessageId, true>({ id });
const moment = Joi.string().isoDate();
const status = Joi.string().valid(...MESSAGE_STATUSES);
const template = Joi.string().valid(...TEMPLATES);

const hit = Joi.object<MessageHit, true>({
  id,
  version: versionSchema.required(),
  status: status.required(),
  template: template.required(),
  language: languageOfAccount.required(),
  accountId: idSchema.allow(null).required(),
  orderId: orderOfMessage.required(),
  cause: causeSchema.required(),
  attempts: Joi.number().integer().min(0).required(),
  queuedAt: moment.required(),
  sentAt: moment.allow(null).required(),
  reason: plainText(100).allow(null).required(),
});
const found = Joi.object<FoundMessages, true>({
  items: Joi.array().items(hit).max(MESSAGES_PAGE_MAX).required(),
  cursor: Joi.string().allow(null).required(),
});
const ask = {
  status,
  template,
  orderId: idSchema,
  limit: Joi.number().integer().min(1).max(MESSAGES_PAGE_MAX).default(20),
  cursor: plainText(2_000).min(1),
};
const text = Joi.string().allow(null).required();

/** A guest's order is a subject of its own: see message.model.ts. */
const addresseeOf = ({ recipient, accountId, orderId }: MessageView): readonly string[] =>
  recipient === null ? [] : [accountId ?? `order-${orderId ?? ""}`];

export const messageContract: Contract<MessageCalls> = {
  aggregate: "message",
  actions: {
    "message.queue": {
      kind: "command",
      first: true,
      key: "id",
      permission: "message.send",
      owner: "platform",
      summary: "Queue a message to a person",
      params: Joi.object<QueueMessage>({
        id,
        accountId: idSchema.allow(null).required(),
        orderId: orderOfMessage.required(),
        cause: causeSchema.required(),
        language: languageOfAccount.required(),
        recipient: plainText(254)
          .email({ tlds: { allow: false } })
          .required(),
        letter: letterSchema.required(),
      }),
    },
    "message.resend": {
      kind: "command",
      key: "id",
      permission: "message.support",
      owner: "platform",
      summary: "Send again what could not be sent, or did not arrive",
      params: byId,
      http: { method: "POST", path: "/v1/messages/{id}/resend" },
    },
    "message.get": {
      kind: "query",
      key: "id",
      permission: "message.read",
      owner: { field: "accountId" },
      summary: "One message with its text, for whom it is",
      params: byId,
      result: hit.append<MessageView>({ recipient: text, subject: text, text }),
      discloses: { of: addresseeOf },
      http: { method: "GET", path: "/v1/messages/{id}" },
    },
    "message.mine": {
      kind: "query",
      permission: "message.read",
      owner: "caller",
      summary: "What the mall wrote to one, newest first",
      params: Joi.object<FindMessages, true>(ask),
      result: found,
      http: { method: "GET", path: "/v1/me/messages" },
    },
    "message.list": {
      kind: "query",
      permission: "message.support",
      owner: "platform",
      summary: "What the mall wrote, newest first",
      params: Joi.object<FindAllMessages, true>({ ...ask, accountId: idSchema }),
      result: found,
      http: { method: "GET", path: "/v1/messages" },
    },
    ...messageInside,
  },
};
