/** Endpoints of others: each is told the events that it chose, of the whole mall or of one seller. */
import Joi from "../kernel/schema";
import { PUBLIC, type Contract, type Receipt } from "../kernel/contract";
import type { ToVersion } from "../kernel/restoring";
import { idSchema, versionSchema } from "../kernel/text";
import { verbsOn } from "../kernel/verbs";
import { EVENT_TYPES } from "./webhook.catalogue.contract";
import { webhookDeliveries, type WebhookDeliveryCalls } from "./webhook.delivery.contract";
import { webhookInside, type WebhookInsideCalls } from "./webhook.inside.contract";
import {
  addedSchema as added,
  content,
  overlapHours,
  time,
  webhookViewSchema as view,
  WEBHOOKS_MAX,
  type AddWebhook,
  type EventType,
  type ListedWebhooks,
  type ListWebhooks,
  type NewSecret,
  type ReplayWebhook,
  type ReviseWebhook,
  type RotateSecret,
  type WebhookId,
  type WebhookView,
} from "./webhook.words.contract";

export interface WebhookCalls extends WebhookDeliveryCalls, WebhookInsideCalls {
  "webhook.add": { params: AddWebhook; result: NewSecret };
  "webhook.revise": { params: ReviseWebhook; result: Receipt };
  "webhook.revert": { params: ToVersion; result: Receipt };
  "webhook.enable": { params: WebhookId; result: Receipt };
  "webhook.disable": { params: WebhookId; result: Receipt };
  "webhook.remove": { params: WebhookId; result: Receipt };
  "webhook.rotate": { params: RotateSecret; result: NewSecret };
  "webhook.replay": { params: ReplayWebhook; result: Receipt };
  "webhook.get": { params: WebhookId; result: WebhookView };
  "webhook.list": { params: ListWebhooks; result: ListedWebhooks };
  "webhook.events": { params: object; result: { readonly items: readonly EventType[] } };
}

const id = idSchema.required();
const secret = Joi.string().max(100).required().description("`whsec_…`; told now and never again");
const write = { permission: "webhook.write", owner: { field: "sellerId" } } as const;
const read = { permission: "webhook.read", owner: { field: "sellerId" } } as const;
const path = "/v1/webhooks";
const one = { kind: "command", key: "id" } as const;
const verb = verbsOn({ ...write, path });
const made = Joi.object<NewSecret>({ id, version: versionSchema.required(), secret, wrote: Joi.array().max(10) });

export const webhookContract: Contract<WebhookCalls> = {
  aggregate: "webhook",
  actions: {
    "webhook.add": {
      ...write,
      kind: "procedure",
      summary: "Add an endpoint that is told what happens; its secret is told once",
      params: added,
      result: made,
      http: { method: "POST", path },
    },
    "webhook.revise": {
      ...write,
      ...one,
      summary: "Change what an endpoint is told, and where; fields left out stay as they are",
      params: Joi.object<ReviseWebhook>({ id, ...content }).min(2),
      http: { method: "PATCH", path: `${path}/{id}` },
    },
    "webhook.revert": {
      ...write,
      ...one,
      summary: "Bring back an endpoint's events and description of an earlier version; by restoring its history",
      params: Joi.object<ToVersion, true>({ id, version: versionSchema.required() }),
      restores: ["events", "description"],
    },
    "webhook.enable": verb("enable", "Tell an endpoint again, from now on; what was not told meanwhile: replay it"),
    "webhook.disable": verb("disable", "Tell an endpoint nothing more for now"),
    "webhook.remove": {
      ...write,
      ...one,
      summary: "Remove an endpoint, with its secrets and what was still to be told to it",
      params: Joi.object<WebhookId, true>({ id }),
      http: { method: "DELETE", path: `${path}/{id}` },
    },
    "webhook.rotate": {
      ...write,
      kind: "procedure",
      summary: "Sign with a new secret, told once; the one before goes on signing beside it for some hours",
      params: Joi.object<RotateSecret>({ id, sellerId: idSchema, overlapHours: overlapHours.default(24) }),
      result: made,
      http: { method: "POST", path: `${path}/{id}/rotate` },
    },
    "webhook.replay": {
      ...write,
      ...one,
      summary: "Tell an endpoint again what happened from a moment on, however long ago",
      params: Joi.object<ReplayWebhook>({ id, from: time.required(), until: time }),
      http: { method: "POST", path: `${path}/{id}/replay` },
    },
    "webhook.get": {
      ...read,
      kind: "query",
      key: "id",
      summary: "One endpoint",
      params: Joi.object<WebhookId, true>({ id }),
      result: view,
      http: { method: "GET", path: `${path}/{id}` },
    },
    "webhook.list": {
      ...read,
      kind: "query",
      summary: "A seller's endpoints, or (without one) the mall's",
      params: Joi.object<ListWebhooks>({ sellerId: idSchema }),
      result: Joi.object<ListedWebhooks>({
        sellerId: idSchema.allow(null).required(),
        items: Joi.array().items(view).max(WEBHOOKS_MAX).required(),
      }),
      http: { method: "GET", path },
    },
    "webhook.events": {
      kind: "query",
      permission: PUBLIC,
      owner: "platform",
      summary: "The events that can be told",
      params: Joi.object<object, true>({}),
      result: Joi.object({
        items: Joi.array()
          .items(
            Joi.object<EventType, true>({
              type: Joi.string().max(64).required(),
              aggregate: Joi.string().max(32).required(),
              sellers: Joi.boolean().required().description("Whether sellers are told of theirs"),
              read: Joi.string().max(200).allow(null).required().description("Where the thing can be read"),
            }),
          )
          .max(EVENT_TYPES.length)
          .required(),
      }),
      http: { method: "GET", path: `${path}/events` },
    },
    ...webhookInside,
    ...webhookDeliveries,
  },
};
