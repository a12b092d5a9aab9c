/**
 * Four eyes: an action that one person asked for waits here until another one has decided. What was approved is then
 * carried out in the name of who asked; a timer sees to it that this happens whatever is killed on the way.
 */
import type { Aggregate } from "../kernel/aggregate";
import type { Iso } from "../kernel/row";
import { refuse } from "../refusals";
import type { ApprovalStatus, DecideApproval, Outcome, RequestApproval } from "./approval.contract";

/** What the service adds to a request: how long it may be decided. */
export type Requested = RequestApproval & { readonly expiresAt: Iso };

/** What the service adds to a decision: who decides. */
interface By {
  readonly by: string;
}

/** And to a yes: when the timer looks whether it was carried out. Who approves does it at once. */
interface Granted extends By {
  readonly carryOutAt: Iso;
}

export interface OpenApproval extends Requested {
  readonly status: ApprovalStatus;
  /** The requester's id: who owns the request. */
  readonly requestedBy: string;
  readonly requestedAt: Iso;
  readonly decidedBy: string | null;
  readonly decidedAt: Iso | null;
  readonly reason: string | null;
  readonly outcome: Outcome | null;
  readonly carryOutAt: Iso | null;
}

export type ApprovalState = { readonly status: "absent" } | OpenApproval;

interface Decision extends By {
  readonly at: Iso;
  readonly reason: string | null;
}

export type ApprovalEvent =
  | { readonly type: "approval.requested"; readonly data: Requested & { readonly at: Iso } }
  | { readonly type: "approval.approved"; readonly data: Decision & { readonly carryOutAt: Iso } }
  | { readonly type: "approval.rejected"; readonly data: Decision }
  | { readonly type: "approval.withdrawn"; readonly data: { readonly at: Iso } }
  | { readonly type: "approval.expired"; readonly data: object }
  | { readonly type: "approval.carried-out"; readonly data: { readonly outcome: Outcome } };

export interface ApprovalCommands {
  "approval.request": Requested;
  "approval.grant": DecideApproval & Granted;
  "approval.reject": DecideApproval & By;
  "approval.withdraw": object;
  "approval.expire": object;
  "approval.record": { readonly outcome: Outcome };
}

const opened = (state: ApprovalState): OpenApproval =>
  state.status === "absent" ? refuse("NOT_FOUND", "There is no such request for approval.") : state;

/** The request, if it can still be decided. */
function undecided(state: ApprovalState): OpenApproval {
  const found = opened(state);
  const { status } = found;
  if (status !== "requested") refuse("APPROVAL_DECIDED", `The request is ${status}: ask again.`, { status });
  return found;
}

const was = (state: ApprovalState): OpenApproval => state as OpenApproval;

const decision = ({ by, reason }: DecideApproval & By, at: Iso): Decision => ({ by, at, reason: reason ?? null });
const decided = (status: ApprovalStatus, { by, at, reason }: Decision) =>
  ({ status, decidedBy: by, decidedAt: at, reason }) as const;

export const approval: Aggregate<ApprovalState, ApprovalCommands, ApprovalEvent> = {
  name: "approval",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "approval.request": (state, params, at) => {
      if (state.status !== "absent") refuse("ALREADY_EXISTS", "This was requested already.");
      return [{ type: "approval.requested", data: { ...params, at } }];
    },
    "approval.grant": (state, params, at) => {
      const { requestedBy, expiresAt } = undecided(state);
      if (params.by === requestedBy) {
        refuse("APPROVAL_OWN", "Who asked for something cannot approve it: another person has to.");
      }
      if (at >= expiresAt) refuse("APPROVAL_DECIDED", "The time to decide is over: ask again.", { status: "expired" });
      return [{ type: "approval.approved", data: { ...decision(params, at), carryOutAt: params.carryOutAt } }];
    },
    "approval.reject": (state, params, at) => {
      undecided(state);
      return [{ type: "approval.rejected", data: decision(params, at) }];
    },
    "approval.withdraw": (state, _params, at) => {
      if (opened(state).status === "withdrawn") return [];
      undecided(state);
      return [{ type: "approval.withdrawn", data: { at } }];
    },
    "approval.expire": (state) =>
      opened(state).status === "requested" ? [{ type: "approval.expired", data: {} }] : [],
    "approval.record": (state, { outcome }) => {
      const { status } = opened(state);
      if (status === "approved") return [{ type: "approval.carried-out", data: { outcome } }];
      if (status === "done" || status === "refused") return [];
      return refuse("APPROVAL_DECIDED", `The request is ${status}: nothing was to be done.`, { status });
    },
  },
  evolve: {
    "approval.requested": (_state, { at, ...data }) => ({
      ...data,
      status: "requested",
      requestedBy: data.requester.id,
      requestedAt: at,
      decidedBy: null,
      decidedAt: null,
      reason: null,
      outcome: null,
      carryOutAt: null,
    }),
    "approval.approved": (state, data) => ({
      ...was(state),
      ...decided("approved", data),
      carryOutAt: data.carryOutAt,
    }),
    "approval.rejected": (state, data) => ({ ...was(state), ...decided("rejected", data) }),
    "approval.withdrawn": (state, { at }) => ({ ...was(state), status: "withdrawn", decidedAt: at }),
    "approval.expired": (state) => ({ ...was(state), status: "expired", decidedAt: was(state).expiresAt }),
    "approval.carried-out": (state, { outcome }) => ({
      ...was(state),
      status: "refused" in outcome ? "refused" : "done",
      outcome,
    }),
  },
  due: (state) => {
    if (state.status === "requested") return [{ at: state.expiresAt, command: "approval.expire", params: {} }];
    if (state.status !== "approved" || state.carryOutAt === null) return [];
    return [{ at: state.carryOutAt, command: "approval.carryOut", params: {} }];
  },
};
