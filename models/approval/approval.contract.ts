import Joi from "joi";
import type { Contract, Receipt } from "../kernel/contract";
import { idSchema, plainText } from "../kernel/text";

/** On whose behalf the action will be carried out: who asked, with what they were permitted when they did. */
export interface Requester {
  readonly id: string;
  readonly permissions: string[];
  readonly grants: { readonly role: string; readonly party: string | null; readonly channels?: string[] }[];
}

/** Sent by the mall in place of an action that a second person has to approve. */
export interface RequestApproval {
  /** Wire name, and the params with which it was called; checked against its contract before. */
  readonly action: string;
  readonly params: object;
  readonly requester: Requester;
  /** From `If-Match` of the call. */
  readonly expectedVersion?: number;
}

export interface ApprovalId {
  readonly id: string;
}

export interface DecideApproval extends ApprovalId {
  readonly reason?: string;
}

export interface RejectApproval extends ApprovalId {
  readonly reason: string;
}

/** What came of an approved action: the version that it made, or why it was refused. */
export type Outcome =
  { readonly id: string; readonly version: number } | { readonly refused: string; readonly detail: string };

export interface RecordOutcome extends ApprovalId {
  readonly outcome: Outcome;
}

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

export interface ListApprovals {
  readonly status?: ApprovalStatus;
  readonly action?: string;
  readonly requestedBy?: string;
  readonly limit: number;
}

export interface ListedApprovals {
  readonly items: ApprovalGlance[];
}

export interface ApprovalCalls {
  "approval.request": { params: RequestApproval; result: Receipt };
  "approval.list": { params: ListApprovals; result: ListedApprovals };
  "approval.get": { params: ApprovalId; result: ApprovalView };
  "approval.approve": { params: DecideApproval; result: Decided };
  "approval.grant": { params: DecideApproval; result: Receipt };
  "approval.reject": { params: RejectApproval; result: Receipt };
  "approval.withdraw": { params: ApprovalId; result: Receipt };
  "approval.expire": { params: ApprovalId; result: Receipt };
  "approval.carryOut": { params: ApprovalId; result: Decided };
  "approval.record": { params: RecordOutcome; result: Receipt };
}

const STATUSES = ["requested", "approved", "done", "refused", "rejected", "withdrawn", "expired"] as const;
const REASON_MAX = 500;
const GRANTS_MAX = 200;

const id = idSchema.required();
const wireName = plainText(80).pattern(/^[a-z]+\.[a-zA-Z]+$/, "action");
const principal = plainText(128);
const reason = plainText(REASON_MAX).min(1);
const moment = Joi.string().isoDate();
const status = Joi.string().valid(...STATUSES);
const byId = Joi.object<ApprovalId, true>({ id });
const outcome = Joi.alternatives<Outcome>(
  Joi.object({ id, version: Joi.number().integer().min(1).required() }),
  Joi.object({ refused: plainText(40).required(), detail: plainText(2_000).allow("").required() }),
);

const requester = Joi.object<Requester, true>({
  id: principal.required(),
  permissions: Joi.array().items(plainText(100)).max(GRANTS_MAX).required(),
  grants: Joi.array()
    .items(
      Joi.object({
        role: plainText(64).required(),
        party: plainText(128).allow(null).required(),
        channels: Joi.array().items(plainText(64)).max(GRANTS_MAX),
      }),
    )
    .max(GRANTS_MAX)
    .required(),
});

const glance = {
  id,
  version: Joi.number().integer().min(1).required(),
  status: status.required(),
  action: wireName.required(),
  requestedBy: principal.required(),
  requestedAt: moment.required(),
  expiresAt: moment.required(),
  decidedBy: principal.allow(null).required(),
  decidedAt: moment.allow(null).required(),
  reason: reason.allow(null).required(),
};

const path = "/v1/approvals/{id}";
const onOne = { kind: "command", key: "id", params: byId, owner: "platform" } as const;
const decide = { permission: "approval.decide", owner: "platform" } as const;
const read = { kind: "query", permission: "approval.read" } as const;

export const approvalContract: Contract<ApprovalCalls> = {
  aggregate: "approval",
  actions: {
    "approval.request": {
      kind: "create",
      summary: "Keep an action until a second person has decided",
      params: Joi.object<RequestApproval, true>({
        action: wireName.required(),
        params: Joi.object().unknown().required(),
        requester: requester.required(),
        expectedVersion: Joi.number().integer().min(0),
      }),
      permission: "approval.request",
      owner: "platform",
    },
    "approval.list": {
      ...read,
      owner: { field: "requestedBy" },
      summary: "Requests for approval, newest first",
      params: Joi.object<ListApprovals, true>({
        status,
        action: wireName,
        requestedBy: principal,
        limit: Joi.number().integer().min(1).max(200).default(50),
      }),
      result: Joi.object<ListedApprovals, true>({
        items: Joi.array().items(Joi.object<ApprovalGlance, true>(glance)).max(200).required(),
      }),
      http: { method: "GET", path: "/v1/approvals" },
    },
    "approval.get": {
      ...read,
      owner: { field: "requestedBy" },
      key: "id",
      summary: "One request for approval: what is to be done, and what came of it",
      params: byId,
      result: Joi.object<ApprovalView, true>({
        ...glance,
        params: Joi.object().unknown().required(),
        outcome: outcome.allow(null).required(),
      }),
      http: { method: "GET", path },
    },
    "approval.approve": {
      ...decide,
      kind: "procedure",
      key: "id",
      summary: "Approve what somebody else requested, and have it done",
      params: Joi.object<DecideApproval, true>({ id, reason }),
      result: Joi.object<Decided, true>({ id, status: status.required(), outcome: outcome.allow(null).required() }),
      http: { method: "POST", path: `${path}/approve` },
    },
    "approval.grant": {
      ...onOne,
      ...decide,
      summary: "Record that a second person approved",
      params: Joi.object<DecideApproval, true>({ id, reason }),
    },
    "approval.reject": {
      ...onOne,
      ...decide,
      summary: "Refuse what somebody requested, with a reason",
      params: Joi.object<RejectApproval, true>({ id, reason: reason.required() }),
      http: { method: "POST", path: `${path}/reject` },
    },
    "approval.withdraw": {
      ...onOne,
      summary: "Take one's own request back",
      permission: "approval.withdraw",
      owner: { field: "requestedBy" },
      http: { method: "POST", path: `${path}/withdraw` },
    },
    "approval.expire": { ...onOne, summary: "End a request that nobody decided", permission: "approval.expire" },
    "approval.carryOut": {
      ...onOne,
      kind: "procedure",
      summary: "Do what was approved",
      permission: "approval.carry-out",
      result: Joi.object<Decided, true>({ id, status: status.required(), outcome: outcome.allow(null).required() }),
    },
    "approval.record": {
      ...onOne,
      summary: "Record what came of an approved action",
      params: Joi.object<RecordOutcome, true>({ id, outcome: outcome.required() }),
      permission: "approval.carry-out",
    },
  },
};
