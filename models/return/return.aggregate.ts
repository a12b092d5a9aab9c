/** A return: each step is a commit; what it asks of the order, the stock and the payment follows from that commit. */
import type { Allocation } from "../checkout/checkout.allocation.contract";
import { momentAfter, type Aggregate } from "../kernel/aggregate";
import type { Iso } from "../kernel/row";
import { refuse } from "../refusals";
import type {
  InspectedLine,
  KeptReturn,
  OpenReturn,
  RecordReturn,
  ReturnCalls,
  ReturnId,
  ReturnStatus,
} from "./return.contract";

export type { KeptReturn } from "./return.contract";

export type ReturnState = { readonly status: "absent" } | KeptReturn;

interface At {
  readonly at: Iso;
}

export type ReturnEvent =
  | { readonly type: "return.requested"; readonly data: OpenReturn & At }
  | { readonly type: "return.admitted"; readonly data: object }
  | { readonly type: "return.approved"; readonly data: At & Partial<Allocated> }
  | { readonly type: "return.reserved"; readonly data: object }
  | { readonly type: "return.not-reserved"; readonly data: { readonly reason: string } & At }
  | { readonly type: "return.over-held"; readonly data: At }
  | { readonly type: "return.let-go"; readonly data: object }
  | { readonly type: "return.rejected"; readonly data: { readonly reason: string } & At }
  | { readonly type: "return.not-admitted"; readonly data: { readonly reason: string } & At }
  | { readonly type: "return.withdrawn"; readonly data: At }
  | {
      readonly type: "return.inspected";
      readonly data: { readonly lines: readonly InspectedLine[]; readonly keepMinor: number } & At;
    }
  | { readonly type: "return.settled"; readonly data: { readonly replacementId: string | null } };

type Other =
  | `return.track${"Request" | "Get" | "Withdraw"}`
  | "return.request"
  | "return.carryOut"
  | "return.get"
  | "return.sold"
  | "return.terms"
  | "return.mine"
  | "return.ofSeller";

/** From where the articles of an exchange are to be had: what the service adds. */
export interface Allocated {
  readonly allocations: readonly Allocation[];
}
type Own = Exclude<keyof ReturnCalls, Other | "return.approve">;
export type ReturnCommands = { [N in Own]: ReturnCalls[N]["params"] } & {
  readonly "return.approve": ReturnId & Partial<Allocated>;
};

/** So long the articles of an exchange are held for what is on its way back. */
const HELD_MS = 30 * 24 * 60 * 60_000;

/** @throws RETURN_STATUS */
function standing(state: ReturnState, ...allowed: readonly ReturnStatus[]): KeptReturn {
  if (state.status === "absent") return refuse("NOT_FOUND", "There is no such return.");
  const { status, pending } = state;
  if (!allowed.includes(status) || pending !== null) {
    refuse(
      "RETURN_STATUS",
      `The return is ${status}${pending ? ", and being worked on" : ""}: that does not allow it.`,
      {
        status,
      },
    );
  }
  return state;
}

const was = (state: ReturnState): KeptReturn => state as KeptReturn;
const settling = (state: ReturnState, pendingAt: Iso, more: Partial<KeptReturn>): KeptReturn => ({
  ...was(state),
  ...more,
  pending: "settle",
  pendingAt,
});

function inspected(found: KeptReturn, lines: readonly InspectedLine[]): void {
  for (const { lineId, quantity } of lines) {
    const most = found.lines.find((line) => line.lineId === lineId)?.quantity ?? 0;
    if (quantity > most) refuse("ORDER_UNITS", `Of line ${lineId} ${most} units were to come back.`, { lineId });
  }
}

/** Whether there is something to tell: who asked for what the order does not admit was told at once. */
const decided = ({ status, pendingAt, requestedAt }: KeptReturn): boolean =>
  status === "rejected" ? pendingAt !== requestedAt : status === "approved" || status === "settled";

function recorded({ did, refused, replacementId }: RecordReturn, at: Iso): ReturnEvent {
  switch (did) {
    case "settle":
      return { type: "return.settled", data: { replacementId: replacementId ?? null } };
    case "let-go":
      return { type: "return.let-go", data: {} };
    case "reserve":
      if (refused === undefined) return { type: "return.reserved", data: {} };
      return { type: "return.not-reserved", data: { reason: refused, at } };
    case "admit":
      if (refused === undefined) return { type: "return.admitted", data: {} };
      return { type: "return.not-admitted", data: { reason: refused, at } };
  }
}

function approvedState(state: ReturnState, { at, allocations }: At & Partial<Allocated>): KeptReturn {
  const now: KeptReturn = { ...was(state), status: "approved", decision: null };
  if (!allocations) return now;
  return { ...now, allocations, heldUntil: momentAfter(at, HELD_MS), pending: "reserve", pendingAt: at };
}

/** What was held is held no longer. */
function unheld(state: ReturnState): KeptReturn {
  const { allocations: _allocations, heldUntil: _until, ...now } = was(state);
  return { ...now, pending: null };
}

export const orderReturn: Aggregate<ReturnState, ReturnCommands, ReturnEvent> = {
  name: "return",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "return.open": (state, params, at) =>
      state.status === "absent" ? [{ type: "return.requested", data: { ...params, at } }] : [],
    "return.approve": (state, { allocations = [] }, at) => {
      const { kind, lines } = standing(state, "requested");
      const data = { at, ...(allocations.length > 0 && { allocations }) };
      const approved = { type: "return.approved", data } as const;
      if (kind !== "claim") return [approved];
      // nothing comes back that could be inspected
      const all = lines.map((line) => ({ ...line, restock: false }));
      return [approved, { type: "return.inspected", data: { lines: all, keepMinor: 0, at } }];
    },
    "return.reject": (state, { reason }, at) => {
      standing(state, "requested", "approved");
      return [{ type: "return.rejected", data: { reason, at } }];
    },
    "return.withdraw": (state, _params, at) => {
      standing(state, "requested", "approved");
      return [{ type: "return.withdrawn", data: { at } }];
    },
    "return.inspect": (state, { lines, keepMinor = 0 }, at) => {
      inspected(standing(state, "approved"), lines);
      return [{ type: "return.inspected", data: { lines, keepMinor, at } }];
    },
    "return.letGo": (state, _params, at) =>
      state.status === "approved" && state.pending === null && state.allocations
        ? [{ type: "return.over-held", data: { at } }]
        : [],
    "return.record": (state, params, at) => {
      if (state.status === "absent") return refuse("NOT_FOUND", "There is no such return.");
      return state.pending === params.did ? [recorded(params, at)] : [];
    },
  },
  evolve: {
    "return.requested": (_state, { at, ...data }) => ({
      ...data,
      ...{ status: "requested", requestedAt: at, decision: null, inspected: [], keepMinor: 0, replacementId: null },
      ...{ pending: "admit", pendingAt: at },
    }),
    "return.admitted": (state) => ({ ...was(state), pending: null }),
    "return.not-admitted": (state, { reason }) => ({
      ...was(state),
      ...{ status: "rejected", decision: reason, pending: null },
    }),
    "return.approved": approvedState,
    "return.reserved": (state) => ({ ...was(state), pending: null }),
    // its seller decides again
    "return.not-reserved": (state, { reason }) => ({ ...unheld(state), status: "requested", decision: reason }),
    "return.over-held": (state, { at }) => ({ ...was(state), pending: "let-go", pendingAt: at }),
    "return.let-go": unheld,
    "return.rejected": (state, { reason, at }) => settling(state, at, { status: "rejected", decision: reason }),
    "return.withdrawn": (state, { at }) => settling(state, at, { status: "withdrawn" }),
    "return.inspected": (state, { lines, keepMinor, at }) =>
      settling(state, at, { status: "settling", inspected: [...lines], keepMinor }),
    "return.settled": (state, { replacementId }) => {
      const now = was(state);
      const status = now.status === "settling" ? "settled" : now.status;
      return { ...unheld(state), status, replacementId };
    },
  },
  due: (state) => {
    if (state.status === "absent") return [];
    const { id, pending, pendingAt: at, heldUntil } = state;
    if (pending !== null) return [{ at, command: "return.carryOut", params: { id } }];
    const told = decided(state) ? [{ at, command: "message.tellReturn", params: { returnId: id } }] : [];
    return heldUntil === undefined ? told : [...told, { at: heldUntil, command: "return.letGo", params: { id } }];
  },
};
