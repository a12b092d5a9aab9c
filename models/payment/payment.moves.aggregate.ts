/** What may be done with a payment, and what follows from what the provider says: pure steps over its operations. */
import type { Iso } from "../kernel/row";
import { refuse } from "../refusals";
import type { PaymentTerms, RecordOperation } from "./payment.contract";
import {
  OPERATIONS_MAX,
  type OperationKind,
  type OperationStatus,
  type Outcome,
  type PaymentStatus,
} from "./payment.operation.contract";

export interface Operation {
  readonly operationId: string;
  readonly kind: OperationKind;
  readonly amountMinor: number;
  readonly status: OperationStatus;
  readonly at: Iso;
  /** When the provider last said something, and how often it said nothing that counts. */
  readonly heardAt?: Iso;
  readonly looks: number;
  readonly final?: boolean;
  readonly reason?: string;
  readonly reference?: string;
  /** The provider's name for it. */
  readonly providerReference?: string;
  readonly code?: string;
  /** Where the customer does what the provider asks for. */
  readonly url?: string;
}

export interface OpenPayment extends PaymentTerms {
  readonly status: PaymentStatus;
  readonly operations: readonly Operation[];
}

export type PaymentState = { readonly status: "absent" | "barred" } | OpenPayment;

export interface KeptOutcome {
  readonly operationId: string;
  readonly outcome: Outcome;
  readonly at: Iso;
}

export const isOpen = (state: PaymentState): state is OpenPayment => "operations" in state;

/** @throws NOT_FOUND, PAYMENT_STATUS for what was voided before it was opened */
export function openPayment(state: PaymentState): OpenPayment {
  if (isOpen(state)) return state;
  if (state.status === "absent") return refuse("NOT_FOUND", "There is no such payment.");
  return refuse("PAYMENT_STATUS", "This payment was given up before it began: begin another one.", {
    status: "voided",
  });
}

export const isFinal = ({ status }: Operation): boolean => status === "done" || status === "failed";
const ofKind = ({ operations }: OpenPayment, kind: OperationKind): Operation[] =>
  operations.filter((one) => one.kind === kind && one.status !== "failed");
const sum = (operations: readonly Operation[]): number => operations.reduce((all, one) => all + one.amountMinor, 0);
const done = (operations: readonly Operation[]): Operation[] => operations.filter(({ status }) => status === "done");

export const authorisation = ({ operations }: OpenPayment): Operation | undefined =>
  operations.find(({ kind }) => kind === "authorise");

export const capturedMinor = (payment: OpenPayment): number => sum(done(ofKind(payment, "capture")));
export const refundedMinor = (payment: OpenPayment): number => sum(done(ofKind(payment, "refund")));
export const authorisedMinor = (payment: OpenPayment): number => sum(done(ofKind(payment, "authorise")));

/** What the provider has to be asked for, oldest first. */
export const unanswered = ({ operations }: OpenPayment): Operation[] => operations.filter((one) => !isFinal(one));

const STATUS_BY_AUTHORISATION: Readonly<Record<OperationStatus, PaymentStatus>> = {
  pending: "requested",
  challenged: "challenged",
  done: "authorised",
  failed: "declined",
};

/** What is voided stays so, whatever the provider says of the authorisation later. */
export function statusAfter(payment: OpenPayment): PaymentStatus {
  const status = STATUS_BY_AUTHORISATION[authorisation(payment)?.status ?? "pending"];
  return status !== "declined" && ofKind(payment, "void").length > 0 ? "voided" : status;
}

interface Asked {
  readonly kind: OperationKind;
  readonly amountMinor?: number;
}

function within(asked: number, left: number, what: string): number {
  if (asked <= left) return asked;
  return refuse("PAYMENT_EXCEEDED", `Of ${asked} to be ${what}, ${left} are left.`, { leftMinor: left });
}

function checkCapture(payment: OpenPayment, amountMinor: number): number {
  const { status } = payment;
  const captures = ofKind(payment, "capture");
  if (status !== "authorised" || captures.some(({ final }) => final === true)) {
    refuse("PAYMENT_STATUS", `Nothing more can be captured of a payment that is ${status}.`, { status });
  }
  return within(amountMinor, payment.amountMinor - sum(captures), "captured");
}

const checkRefund = (payment: OpenPayment, amountMinor: number): number =>
  within(amountMinor, capturedMinor(payment) - sum(ofKind(payment, "refund")), "refunded");

/** Null where nothing is left to be voided. */
function checkVoid(payment: OpenPayment): number | null {
  const left = payment.amountMinor - sum(ofKind(payment, "capture"));
  return payment.status === "voided" || payment.status === "declined" || left === 0 ? null : left;
}

/** The amount of what is to be done; null: nothing is. @throws what speaks against it */
export function checkMove(payment: OpenPayment, { kind, amountMinor = 0 }: Asked): number | null {
  if (kind === "authorise") return refuse("ALREADY_EXISTS", "This payment was authorised, or tried to be, before.");
  if (payment.operations.length >= OPERATIONS_MAX) {
    refuse("PAYMENT_FULL", `A payment takes ${OPERATIONS_MAX} operations: use another one.`);
  }
  if (kind === "capture") return checkCapture(payment, amountMinor);
  return kind === "refund" ? checkRefund(payment, amountMinor) : checkVoid(payment);
}

/** The operation that an answer is about; null when nothing follows from it. */
export function answerable(state: PaymentState, { operationId }: RecordOperation): Operation | null {
  const found = openPayment(state).operations.find((one) => one.operationId === operationId);
  if (!found) return refuse("NOT_FOUND", "The payment has no such operation.");
  return isFinal(found) ? null : found;
}

/** A challenge stays one until it is settled, however late an older word arrives. */
function answered(operation: Operation, outcome: Outcome, heardAt: Iso): Operation {
  const { url, ...was } = operation;
  const known = outcome.reference === undefined ? {} : { providerReference: outcome.reference };
  const looks = operation.looks + 1;
  if (outcome.status === "done") return { ...was, ...known, status: "done", heardAt, looks };
  if (outcome.status === "failed") return { ...was, ...known, status: "failed", heardAt, looks, code: outcome.code };
  if (outcome.status === "challenged") {
    return { ...was, ...known, status: "challenged", heardAt, looks, url: outcome.url };
  }
  return { ...operation, ...known, heardAt, looks };
}

/** With an authorisation that is given up, what was not answered of it never will be. */
function givenUp(operation: Operation, heardAt: Iso): Operation {
  if (operation.kind !== "authorise" || isFinal(operation)) return operation;
  const { url: _url, ...was } = operation;
  return { ...was, status: "failed", code: "voided", heardAt };
}

export function heard(payment: OpenPayment, { operationId, outcome, at }: KeptOutcome): OpenPayment {
  const about = payment.operations.find((one) => one.operationId === operationId);
  const voided = about?.kind === "void" && outcome.status === "done";
  const operations = payment.operations.map((one) => {
    if (one.operationId === operationId) return answered(one, outcome, at);
    return voided ? givenUp(one, at) : one;
  });
  const next = { ...payment, operations };
  return { ...next, status: voided ? "voided" : statusAfter(next) };
}
