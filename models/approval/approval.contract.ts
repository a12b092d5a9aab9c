import Joi from "../kernel/schema";
import type { Contract, Receipt } from "../kernel/contract";
import { idSchema, plainText } from "../kernel/text";
import {
  decidedSchema,
  LIST_MAX,
  listedSchema,
  outcome,
  principal,
  reason,
  status,
  viewSchema,
  wireName,
  type ApprovalStatus,
  type ApprovalView,
  type Decided,
  type ListedApprovals,
  type Outcome,
} from "./approval.result.contract";

export type {
  ApprovalGlance,
  ApprovalStatus,
  ApprovalView,
  Decided,
  ListedApprovals,
  Outcome,
} from "./approval.result.contract";

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

export interface RecordOutcome extends ApprovalId {
  readonly outcome: Outcome;
}

export interface ListApprovals {
  readonly status?: ApprovalStatus;
  readonly action?: string;
  readonly requestedBy?: string;
  readonly limit: number;
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

const GRANTS_MAX = 200;

const id = idSchema.required();
const byId = Joi.object<ApprovalId, true>({ id });
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
        limit: Joi.number().integer().min(1).max(LIST_MAX).default(50),
      }),
      result: listedSchema,
      http: { method: "GET", path: "/v1/approvals" },
    },
    "approval.get": {
      ...read,
      owner: { field: "requestedBy" },
      key: "id",
      summary: "One request for approval: what is to be done, and what came of it",
      params: byId,
      result: viewSchema,
      http: { method: "GET", path },
    },
    "approval.approve": {
      ...decide,
      kind: "procedure",
      key: "id",
      summary: "Approve what somebody else requested, and have it done",
      params: Joi.object<DecideApproval, true>({ id, reason }),
      result: decidedSchema,
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
      result: decidedSchema,
    },
    "approval.record": {
      ...onOne,
      summary: "Record what came of an approved action",
      params: Joi.object<RecordOutcome, true>({ id, outcome: outcome.required() }),
      permission: "approval.carry-out",
    },
  },
};
