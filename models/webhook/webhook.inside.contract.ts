/** What the mall itself does with endpoints: keeps what a procedure made, and disables who cannot be told. */
import Joi from "../kernel/schema";
import type { Actions, Receipt } from "../kernel/contract";
import { idSchema } from "../kernel/text";
import {
  addedSchema as added,
  FAILURES,
  overlapHours,
  type AddWebhook,
  type FailWebhook,
  type RenewSecret,
} from "./webhook.words.contract";

export interface WebhookInsideCalls {
  "webhook.open": { params: AddWebhook; result: Receipt };
  "webhook.fail": { params: FailWebhook; result: Receipt };
  "webhook.renew": { params: RenewSecret; result: Receipt };
}

const id = idSchema.required();
const inside = { permission: "webhook.keep", owner: "platform" } as const;
const one = { kind: "command", key: "id" } as const;

export const webhookInside: Actions<WebhookInsideCalls> = {
  "webhook.open": { ...inside, kind: "create", summary: "Keep an endpoint, with a secret of its own", params: added },
  "webhook.fail": {
    ...inside,
    ...one,
    summary: "Disable an endpoint that cannot be told",
    params: Joi.object<FailWebhook, true>({
      id,
      reason: Joi.string()
        .valid(...FAILURES)
        .required(),
    }),
  },
  "webhook.renew": {
    ...inside,
    ...one,
    summary: "Keep a further secret of an endpoint",
    params: Joi.object<RenewSecret, true>({ id, overlapHours: overlapHours.required() }),
  },
};
