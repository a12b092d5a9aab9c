/**
 * A payment and its operations. What is asked for is kept before the provider is asked, and counted at once: two
 * captures under way can never come to more than was authorised, nor two refunds to more than was captured.
 */
import { momentAfter, type Aggregate, type Due } from "../kernel/aggregate";
import type { Iso } from "../kernel/row";
import { refuse } from "../refusals";
import type { PaymentTerms, RecordOperation, RequestOperation } from "./payment.contract";
import {
  answerable,
  checkMove,
  heard,
  isFinal,
  isOpen,
  openPayment,
  statusAfter,
  unanswered,
  type KeptOutcome,
  type OpenPayment,
  type Operation,
  type PaymentState,
} from "./payment.moves.aggregate";

export type { OpenPayment, Operation, PaymentState } from "./payment.moves.aggregate";

export type PaymentEvent =
  | { readonly type: "payment.opened"; readonly data: PaymentTerms }
  /** Voided before it was heard of: it can never be opened any more. */
  | { readonly type: "payment.barred"; readonly data: object }
  | { readonly type: "payment.requested"; readonly data: Operation }
  | { readonly type: "payment.answered"; readonly data: KeptOutcome };

export interface PaymentCommands {
  "payment.request": RequestOperation;
  "payment.record": RecordOperation;
}

/** When the provider is asked next for what it has not answered: soon, then ever more rarely. */
const LOOK_FIRST_MS = 10_000;
const LOOKS_DOUBLED_MAX = 9;
/** Who waits for the payment is told by whoever heard of it; by the timer, should that one have died. */
const NOTIFY_AFTER_MS = 5_000;

function operationOf(params: RequestOperation, amountMinor: number, at: Iso): Operation {
  const { operationId, kind, final, reason, reference } = params;
  return {
    ...{ operationId, kind, amountMinor, status: "pending", at, looks: 0 },
    ...(final === true && { final }),
    ...(reason !== undefined && { reason }),
    ...(reference !== undefined && { reference }),
  };
}

/** The authorisation opens the payment; a void that arrives before it shuts it for good. */
function opening(params: RequestOperation, at: Iso): PaymentEvent[] {
  const { terms, kind } = params;
  if (kind === "void") return [{ type: "payment.barred", data: {} }];
  if (kind !== "authorise" || !terms) return refuse("NOT_FOUND", "There is no such payment.");
  const operation = operationOf(params, terms.amountMinor, at);
  return [
    { type: "payment.opened", data: terms },
    { type: "payment.requested", data: operation },
  ];
}

function requested(state: PaymentState, params: RequestOperation, at: Iso): PaymentEvent[] {
  if (state.status === "absent") return opening(params, at);
  if (state.status === "barred" && params.kind === "void") return [];
  const known = openPayment(state);
  if (known.operations.some(({ operationId }) => operationId === params.operationId)) return [];
  const amountMinor = checkMove(known, params);
  return amountMinor === null ? [] : [{ type: "payment.requested", data: operationOf(params, amountMinor, at) }];
}

const was = (state: PaymentState): OpenPayment => state as OpenPayment;

const nextLook = ({ at, heardAt = at, looks }: Operation): Iso =>
  momentAfter(heardAt, LOOK_FIRST_MS * 2 ** Math.min(looks, LOOKS_DOUBLED_MAX));

function looksDue(payment: OpenPayment): Due[] {
  const [first] = unanswered(payment).map(nextLook).sort();
  return first === undefined ? [] : [{ at: first, command: "payment.settle", params: {} }];
}

/** Once, when the authorisation has been settled and nothing has followed from it yet. */
function notifyDue({ listener, operations }: OpenPayment): Due[] {
  const [only] = operations;
  if (!listener || !only || operations.length > 1 || !isFinal(only)) return [];
  const at = momentAfter(only.heardAt ?? only.at, NOTIFY_AFTER_MS);
  return [{ at, command: "payment.notify", params: {} }];
}

/** The provider took it in, so that others count it as done, and said no later: it is left to a person of the mall. */
const refusedLate = ({ kind, status, looks }: Operation): boolean =>
  (kind === "capture" || kind === "refund") && status === "failed" && looks > 1;

function leftDue({ operations, customerId, currency }: OpenPayment): Due[] {
  return operations.filter(refusedLate).map(({ kind, operationId: cause, amountMinor, code = "unknown", ...one }) => {
    const detail = `The provider took it in, and refused it later: ${code}.`;
    const params = { kind, cause, customerId, type: code, detail, amountMinor, currency };
    return { at: one.heardAt ?? one.at, command: "errand.open", params };
  });
}

export const payment: Aggregate<PaymentState, PaymentCommands, PaymentEvent> = {
  name: "payment",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "payment.request": requested,
    "payment.record": (state, params, at) => {
      const { operationId, outcome } = params;
      return answerable(state, params) ? [{ type: "payment.answered", data: { operationId, outcome, at } }] : [];
    },
  },
  evolve: {
    "payment.opened": (_state, terms) => ({ ...terms, status: "requested", operations: [] }),
    "payment.barred": () => ({ status: "barred" }),
    "payment.requested": (state, operation) => {
      const next = { ...was(state), operations: [...was(state).operations, operation] };
      return { ...next, status: statusAfter(next) };
    },
    "payment.answered": (state, outcome) => heard(was(state), outcome),
  },
  due: (state) => (isOpen(state) ? [...looksDue(state), ...notifyDue(state), ...leftDue(state)] : []),
};
