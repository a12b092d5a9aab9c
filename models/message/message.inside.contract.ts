/** What the mall itself asks of messages: to send one, to record what came of it, to tell of a return or a payout. */
import Joi from "../kernel/schema";
import type { Actions, Receipt } from "../kernel/contract";
import { idSchema } from "../kernel/text";

/** `no`: it certainly did not go out. `unknown`: it may have. `never`: it will not go out later, either. */
export const OUTCOMES = ["sent", "no", "never", "unknown"] as const;
export type Outcome = (typeof OUTCOMES)[number];

interface ById {
  readonly id: string;
}

/** The first attempt is 1. */
export interface Attempt extends ById {
  readonly attempt: number;
}

export interface RecordAttempt extends Attempt {
  readonly outcome: Outcome;
  /** What the mail server answered, as a code: its words may hold an address. */
  readonly reason?: string;
}

export interface Delivered extends ById {
  readonly status: string;
}

/** What became of telling: null where there is nobody to tell. */
export interface Told {
  readonly messageId: string | null;
}

export interface MessageInsideCalls {
  "message.deliver": { params: Attempt; result: Delivered };
  "message.attempt": { params: Attempt; result: Receipt };
  "message.record": { params: RecordAttempt; result: Receipt };
  "message.tellReturn": { params: { readonly returnId: string }; result: Told };
  "message.tellPayout": { params: { readonly payoutId: string }; result: Told };
  "message.tellWebhook": { params: { readonly webhookId: string }; result: Told };
}

const id = idSchema.required();
const attempt = Joi.number().integer().min(1).required();
const which = Joi.object<Attempt, true>({ id, attempt });
const told = Joi.object<Told, true>({ messageId: idSchema.allow(null).required() });
const ofMall = { permission: "message.send", owner: "platform" } as const;

export const messageInside: Actions<MessageInsideCalls> = {
  "message.deliver": {
    ...ofMall,
    kind: "procedure",
    key: "id",
    summary: "Send a message whose time has come",
    params: which,
    result: Joi.object<Delivered, true>({ id, status: Joi.string().required() }),
  },
  "message.attempt": {
    ...ofMall,
    kind: "command",
    key: "id",
    summary: "Record that a message is about to be sent",
    params: which,
  },
  "message.record": {
    ...ofMall,
    kind: "command",
    key: "id",
    summary: "Record what came of an attempt",
    params: Joi.object<RecordAttempt, true>({
      id,
      attempt,
      outcome: Joi.string()
        .valid(...OUTCOMES)
        .required(),
      reason: Joi.string().pattern(/^[A-Z0-9_ ]{1,60}$/, "code"),
    }),
  },
  "message.tellReturn": {
    ...ofMall,
    kind: "procedure",
    key: "returnId",
    summary: "Queue a message about how a return was decided",
    params: Joi.object<{ returnId: string }, true>({ returnId: id }),
    result: told,
  },
  "message.tellPayout": {
    ...ofMall,
    kind: "procedure",
    key: "payoutId",
    summary: "Queue a message to the seller about a payout's statement",
    params: Joi.object<{ payoutId: string }, true>({ payoutId: id }),
    result: told,
  },
  "message.tellWebhook": {
    ...ofMall,
    kind: "procedure",
    key: "webhookId",
    summary: "Queue a message to who added an endpoint that it cannot be told and is disabled",
    params: Joi.object<{ webhookId: string }, true>({ webhookId: id }),
    result: told,
  },
};
