/** What endpoints are: what they are told, how they stand, and what is kept of them. */
import Joi from "../kernel/schema";
import type { WriteMark } from "../kernel/contract";
import type { Iso } from "../kernel/row";
import { idSchema, plainText, versionSchema } from "../kernel/text";
import { CHOICES, EVENT_TYPES } from "./webhook.catalogue.contract";

export interface WebhookContent {
  /** Told by POST: https, without a user in it. */
  readonly url: string;
  /** `order.placed`, `order.*`, or `*`. */
  readonly events: readonly string[];
  /** Only what names this channel; null: wherever it was. */
  readonly channelId: string | null;
  readonly description: string;
}

type Given = Pick<WebhookContent, "url" | "events"> & Partial<Pick<WebhookContent, "channelId" | "description">>;

export interface AddWebhook extends Given {
  /** Whose things are told; left out: the whole mall's. */
  readonly sellerId?: string;
}

export interface WebhookId {
  readonly id: string;
}

export type ReviseWebhook = WebhookId & Partial<WebhookContent>;

/** What becomes of an endpoint that cannot be told. `GONE`: it said so itself. */
export const FAILURES = ["GONE", "FAILING"] as const;
export type WebhookFailure = (typeof FAILURES)[number];

export interface FailWebhook extends WebhookId {
  readonly reason: WebhookFailure;
}

export interface RenewSecret extends WebhookId {
  /** How long the secret before goes on signing beside the new one. */
  readonly overlapHours: number;
}

/** Of procedures, whose owner is known by what is asked. */
export interface OfOwner extends WebhookId {
  /** The seller whose endpoint it is; left out: it is the mall's. */
  readonly sellerId?: string;
}

export type RotateSecret = OfOwner & Partial<Pick<RenewSecret, "overlapHours">>;

export interface ReplayWebhook extends WebhookId {
  /** The first moment that is told again; included. */
  readonly from: Iso;
  /** The last one; left out: now. */
  readonly until?: Iso;
}

export interface NewSecret {
  readonly id: string;
  readonly version: number;
  /** `whsec_…`; told now and never again. */
  readonly secret: string;
  readonly wrote: readonly WriteMark[];
}

export interface WebhookView extends WebhookContent {
  readonly id: string;
  readonly version: number;
  readonly sellerId: string | null;
  readonly status: "enabled" | "disabled";
  /** Why it is disabled; null while it is not. */
  readonly reason: "ASKED" | WebhookFailure | null;
  /** Who added it: an account, as a rule. */
  readonly addedBy: string;
  /** Told is what happens from then on. */
  readonly since: Iso;
  /** Secrets that sign, the newest first; `until`: when an older one stops. */
  readonly secrets: readonly { readonly madeAt: Iso; readonly until: Iso | null }[];
  readonly replay: { readonly from: Iso; readonly until: Iso } | null;
}

export interface ListWebhooks {
  readonly sellerId?: string;
}

export interface ListedWebhooks {
  readonly sellerId: string | null;
  readonly items: readonly WebhookView[];
}

/** An event that may be chosen. */
export interface EventType {
  readonly type: string;
  readonly aggregate: string;
  /** Whether sellers are told of theirs. */
  readonly sellers: boolean;
  /** Where the thing can be read: `/v1/orders/{id}`. */
  readonly read: string | null;
}

/** Of one seller, and of the mall. */
export const WEBHOOKS_MAX = 50;
/** Two at once, and one more that was in a hurry. */
export const SECRETS_MAX = 3;
const OVERLAP_HOURS_MAX = 7 * 24;
const URL_MAX = 500;

const id = idSchema.required();
export const time = Joi.string().isoDate().max(30);
const url = Joi.string()
  .uri({ scheme: ["https", "http"] })
  .max(URL_MAX)
  .pattern(/^https?:\/\/[^@/]+(\/|\?|$)/, "address without a user")
  .description("Told by POST; https, unless the mall's operator allows others (STOA_WEBHOOK_NETWORKS)");
// not strict: Joi has no word for read-only lists
const events = Joi.array()
  .items(Joi.string().valid(...CHOICES))
  .unique()
  .min(1)
  .max(EVENT_TYPES.length)
  .description("Event types of /v1/webhooks/events, `order.*` for all of an aggregate, `*` for all");
const channelId = idSchema.allow(null).description("Only what names this channel");
const description = plainText(200).allow("");
export const content = { url, events, channelId, description };
export const given = { ...content, url: url.required(), events: events.required() };

export const webhookViewSchema = Joi.object<WebhookView>({
  ...given,
  channelId: channelId.required(),
  description: description.required(),
  id,
  version: versionSchema.required(),
  sellerId: idSchema.allow(null).required(),
  status: Joi.string().valid("enabled", "disabled").required(),
  reason: Joi.string()
    .valid("ASKED", ...FAILURES)
    .allow(null)
    .required(),
  addedBy: Joi.string().max(100).required(),
  since: time.required(),
  secrets: Joi.array()
    .items(Joi.object({ madeAt: time.required(), until: time.allow(null).required() }))
    .max(SECRETS_MAX)
    .required(),
  replay: Joi.object({ from: time.required(), until: time.required() }).allow(null).required(),
});

export const addedSchema = Joi.object<AddWebhook>({ ...given, sellerId: idSchema });

export const overlapHours = Joi.number().integer().min(0).max(OVERLAP_HOURS_MAX);
