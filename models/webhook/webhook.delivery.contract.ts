/** What became of telling an endpoint, and how it is told again. */
import Joi from "../kernel/schema";
import type { Actions } from "../kernel/contract";
import { idSchema, plainText, versionSchema } from "../kernel/text";

/** `failed`: tried for days; `dropped`: what it was about to tell is not there any more. */
export const DELIVERY_STATUSES = ["waiting", "delivered", "failed", "dropped"] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** What an endpoint answered the last time, or why it did not. */
export interface LastAttempt {
  readonly at: string;
  /** Of HTTP; null: nothing was answered. */
  readonly status: number | null;
  readonly ms: number;
  readonly reason: string | null;
  /** The beginning of its answer. */
  readonly answer: string | null;
}

export interface DeliveryView {
  readonly id: string;
  /** The header `webhook-id`: the same each time that the event is told. */
  readonly eventId: string;
  readonly type: string;
  readonly aggregate: string;
  readonly aggregateId: string;
  readonly version: number | null;
  readonly happenedAt: string;
  readonly status: DeliveryStatus;
  readonly attempts: number;
  /** When it is tried next; null: not any more. */
  readonly nextAt: string | null;
  readonly last: LastAttempt | null;
}

export interface ListDeliveries {
  readonly id: string;
  readonly status?: DeliveryStatus;
  readonly limit: number;
  readonly cursor?: string;
}

export interface ListedDeliveries {
  readonly sellerId: string | null;
  /** Newest first. */
  readonly items: readonly DeliveryView[];
  readonly next: string | null;
}

interface OfOwner {
  readonly id: string;
  readonly sellerId?: string;
}

export interface Redeliver extends OfOwner {
  readonly deliveryId: string;
}

export interface Sending {
  readonly deliveryId: string;
}

export interface WebhookDeliveryCalls {
  "webhook.deliveries": { params: ListDeliveries; result: ListedDeliveries };
  "webhook.redeliver": { params: Redeliver; result: Sending };
  "webhook.test": { params: OfOwner; result: Sending };
}

/** How long what became of telling can be looked at. */
export const KEPT_DAYS = 30;
export const ANSWER_MAX = 1_000;
export const DELIVERIES_PAGE_MAX = 100;

const id = idSchema.required();
const time = Joi.string().isoDate().max(30);
const statuses = Joi.string().valid(...DELIVERY_STATUSES);
const sent = Joi.object<Sending>({ deliveryId: id });
const write = { kind: "procedure", permission: "webhook.write", owner: { field: "sellerId" } } as const;
const path = "/v1/webhooks/{id}";

const item = Joi.object<DeliveryView, true>({
  id,
  eventId: id,
  type: Joi.string().max(64).required(),
  aggregate: Joi.string().max(32).required(),
  aggregateId: idSchema.required(),
  version: versionSchema.allow(null).required(),
  happenedAt: time.required(),
  status: statuses.required(),
  attempts: Joi.number().integer().min(0).required(),
  nextAt: time.allow(null).required(),
  last: Joi.object<LastAttempt, true>({
    at: time.required(),
    status: Joi.number().integer().min(100).max(999).allow(null).required(),
    ms: Joi.number().integer().min(0).required(),
    reason: Joi.string().max(100).allow(null).required(),
    answer: Joi.string().max(ANSWER_MAX).allow(null, "").required(),
  })
    .allow(null)
    .required(),
});

export const webhookDeliveries: Actions<WebhookDeliveryCalls> = {
  "webhook.deliveries": {
    kind: "query",
    permission: "webhook.read",
    owner: { field: "sellerId" },
    summary: `What became of telling an endpoint in the last ${KEPT_DAYS} days, newest first`,
    params: Joi.object<ListDeliveries>({
      id,
      status: statuses,
      limit: Joi.number().integer().min(1).max(DELIVERIES_PAGE_MAX).default(20),
      cursor: plainText(100).min(1),
    }),
    result: Joi.object<ListedDeliveries>({
      sellerId: idSchema.allow(null).required(),
      items: Joi.array().items(item).max(DELIVERIES_PAGE_MAX).required(),
      next: Joi.string().max(100).allow(null).required(),
    }),
    http: { method: "GET", path: `${path}/deliveries` },
  },
  "webhook.redeliver": {
    ...write,
    summary: "Tell an endpoint one thing again, now",
    params: Joi.object<Redeliver>({ id, deliveryId: id, sellerId: idSchema }),
    result: sent,
    http: { method: "POST", path: `${path}/deliveries/{deliveryId}/redeliver` },
  },
  "webhook.test": {
    ...write,
    summary: "Tell an endpoint an event of no meaning, to try it",
    params: Joi.object<OfOwner>({ id, sellerId: idSchema }),
    result: sent,
    http: { method: "POST", path: `${path}/test` },
  },
};
