/** How a request for approval is shown, and what is told of its end: types, and schemas for queries and OpenAPI. */
import Joi from "../kernel/schema";
import { idSchema, plainText } from "../kernel/text";

/** What came of an approved action: the version that it made, or why it was refused. */
export type Outcome =
  { readonly id: string; readonly version: number } | { readonly refused: string; readonly detail: string };

/**
 * `approved` is on its way; `done` and `refused` tell what came of it. Nobody decided in time: `expired`.
 */
export type ApprovalStatus = "requested" | "approved" | "done" | "refused" | "rejected" | "withdrawn" | "expired";

/** An approval as lists show it: without the params, which may be long. */
export interface ApprovalGlance {
  readonly id: string;
  readonly version: number;
  readonly status: ApprovalStatus;
  readonly action: string;
  readonly requestedBy: string;
  readonly requestedAt: string;
  readonly expiresAt: string;
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
  readonly reason: string | null;
}

export interface ApprovalView extends ApprovalGlance {
  readonly params: object;
  readonly outcome: Outcome | null;
}

/** What became of a request at once: `done` with the outcome, or still `approved` when carrying it out takes longer. */
export type Decided = Pick<ApprovalView, "id" | "status" | "outcome">;

/** Some of many. */
export interface ListedApprovals {
  readonly items: ApprovalGlance[];
}

const STATUSES = ["requested", "approved", "done", "refused", "rejected", "withdrawn", "expired"] as const;
const REASON_MAX = 500;
export const LIST_MAX = 200;

const id = idSchema.required();
const moment = Joi.string().isoDate().required();
export const wireName = plainText(80).pattern(/^[a-z]+\.[a-zA-Z]+$/, "action");
export const principal = plainText(128);
export const reason = plainText(REASON_MAX).min(1);
export const status = Joi.string().valid(...STATUSES);
export const outcome = Joi.alternatives<Outcome>(
  Joi.object({ id, version: Joi.number().integer().min(1).required() }),
  Joi.object({ refused: plainText(40).required(), detail: plainText(2_000).allow("").required() }),
);

const glance = {
  id,
  version: Joi.number().integer().min(1).required(),
  status: status.required(),
  action: wireName.required(),
  requestedBy: principal.required(),
  requestedAt: moment,
  expiresAt: moment,
  decidedBy: principal.allow(null).required(),
  decidedAt: moment.allow(null),
  reason: reason.allow(null).required(),
};

const glanceSchema = Joi.object<ApprovalGlance, true>(glance);

export const viewSchema = Joi.object<ApprovalView, true>({
  ...glance,
  params: Joi.object().unknown().required(),
  outcome: outcome.allow(null).required(),
});

export const listedSchema = Joi.object<ListedApprovals, true>({
  items: Joi.array().items(glanceSchema).max(LIST_MAX).required(),
});

export const decidedSchema = Joi.object<Decided, true>({
  id,
  status: status.required(),
  outcome: outcome.allow(null).required(),
});
