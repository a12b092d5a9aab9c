/**
 * Money of one payment at one provider: authorised, then captured, voided, refunded, in parts or as a whole. Every
 * movement is an operation with an id of its own: it is committed before the provider is asked, and asked again under
 * the same id until there is an answer, so that nothing is moved twice and nothing is forgotten.
 */
import Joi from "../kernel/schema";
import type { Contract, Receipt } from "../kernel/contract";
import { currencySchema } from "../kernel/money";
import { idSchema, plainText } from "../kernel/text";
import { KINDS, outcomeSchema, type OperationKind, type Outcome } from "./payment.operation.contract";
import {
  movedSchema,
  paymentAmount as amount,
  providerSchema,
  standingSchema,
  viewSchema,
  type Moved,
  type PaymentStanding,
  type PaymentView,
} from "./payment.standing.contract";

export interface PaymentId {
  readonly id: string;
}

/** Who wants to know when an authorisation was settled by somebody else than the one who asked for it. */
export interface PaymentListener {
  /** Wire name of a procedure that takes `{ id }`: `checkout.resume`. */
  readonly action: string;
  readonly id: string;
}

export interface PaymentTerms {
  /** `test`, `stripe`. */
  readonly provider: string;
  /** What the provider knows the means of payment by: a token that its form gave to the customer. */
  readonly method: string;
  readonly currency: string;
  readonly amountMinor: number;
  readonly customerId: string | null;
  /** True: the customer has to prove who they are, however the bank sees it. */
  readonly strong?: boolean;
  readonly listener?: PaymentListener;
}

export type AuthorisePayment = PaymentId & PaymentTerms;

export interface CapturePayment extends PaymentId {
  readonly amountMinor: number;
  /** True: nothing more will be captured, the rest goes back to the customer. */
  readonly final?: boolean;
}

export interface RefundPayment extends PaymentId {
  readonly amountMinor: number;
  readonly reason: string;
  /** What it is refunded for, in the words of who asks: `return/…`. */
  readonly reference: string;
}

/** Sent by the procedures: what is to be done is committed before it is done. */
export interface RequestOperation extends PaymentId {
  readonly operationId: string;
  readonly kind: OperationKind;
  /** Left out: all there is to void. */
  readonly amountMinor?: number;
  readonly final?: boolean;
  readonly reason?: string;
  readonly reference?: string;
  /** With the authorisation, which opens the payment. */
  readonly terms?: PaymentTerms;
}

export interface RecordOperation extends PaymentId {
  readonly operationId: string;
  readonly outcome: Outcome;
}

/** What a provider sent, as it came: it is signed byte by byte. */
export interface HearWebhook {
  readonly provider: string;
  readonly signature: string;
  readonly payload: string;
}

/** What somebody has said at the embedded provider's page, in place of their bank. */
export interface AnswerChallenge extends PaymentId {
  readonly answer: "confirm" | "decline";
}

export interface Heard {
  /** `ignored`: it is about nothing that the mall knows, or not of interest. */
  readonly status: "recorded" | "ignored";
}

export interface PaymentCalls {
  "payment.authorise": { params: AuthorisePayment; result: Moved };
  "payment.capture": { params: CapturePayment; result: Moved };
  "payment.void": { params: PaymentId; result: Moved };
  "payment.refund": { params: RefundPayment; result: Moved };
  "payment.confirm": { params: PaymentId; result: PaymentStanding };
  "payment.settle": { params: PaymentId; result: PaymentStanding };
  "payment.notify": { params: PaymentId; result: PaymentStanding };
  "payment.webhook": { params: HearWebhook; result: Heard };
  "payment.answer": { params: AnswerChallenge; result: PaymentStanding };
  "payment.request": { params: RequestOperation; result: Receipt };
  "payment.record": { params: RecordOperation; result: Receipt };
  "payment.get": { params: PaymentId; result: PaymentView };
}

export const WEBHOOK_BYTES_MAX = 256 * 1024;

const id = idSchema.required();
const some = amount.min(1).required();
const byId = Joi.object<PaymentId, true>({ id });
export const methodSchema = plainText(200).min(1);

const terms = {
  provider: providerSchema.required(),
  method: methodSchema.required(),
  currency: currencySchema.required(),
  amountMinor: some,
  customerId: idSchema.allow(null).required(),
  strong: Joi.boolean(),
  listener: Joi.object<PaymentListener, true>({
    action: plainText(80)
      .pattern(/^[a-z]+\.[a-zA-Z]+$/, "action")
      .required(),
    id,
  }),
};

/** Only the mall moves money: for a checkout, an order, a timer. */
const mall = { permission: "payment.move", owner: "platform" } as const;
const move = { kind: "procedure", key: "id", result: movedSchema, ...mall } as const;
const look = { kind: "procedure", key: "id", params: byId, result: standingSchema, ...mall } as const;
const command = { kind: "command", key: "id", ...mall } as const;

export const paymentContract: Contract<PaymentCalls> = {
  aggregate: "payment",
  actions: {
    "payment.authorise": {
      ...move,
      summary: "Have an amount authorised by a provider",
      params: Joi.object<AuthorisePayment, true>({ id, ...terms }),
    },
    "payment.capture": {
      ...move,
      summary: "Take what was authorised, or a part of it",
      params: Joi.object<CapturePayment, true>({ id, amountMinor: some, final: Joi.boolean() }),
    },
    "payment.void": { ...move, summary: "Give up what was authorised and not captured", params: byId },
    "payment.refund": {
      ...move,
      summary: "Give back what was captured, or a part of it",
      params: Joi.object<RefundPayment, true>({
        id,
        amountMinor: some,
        reason: plainText(500).min(1).required(),
        reference: plainText(200).min(1).required(),
      }),
    },
    "payment.confirm": { ...look, summary: "Look at the provider's whether the customer has done what was asked" },
    "payment.settle": { ...look, summary: "Ask the provider for what has no answer yet; sent by the mall's timers" },
    "payment.notify": { ...look, summary: "Tell who waits for a payment how it stands; sent by the mall's timers" },
    "payment.webhook": {
      kind: "procedure",
      summary: "Hear what a provider tells of itself, when its signature is good",
      params: Joi.object<HearWebhook, true>({
        provider: providerSchema.required(),
        signature: plainText(1_000).required(),
        payload: plainText(WEBHOOK_BYTES_MAX).required(),
      }),
      result: Joi.object<Heard, true>({ status: Joi.string().valid("recorded", "ignored").required() }),
      permission: "payment.hear",
      owner: "platform",
    },
    // reached over /test-payment/{id}, the page that stands for a bank's
    "payment.answer": {
      kind: "procedure",
      key: "id",
      summary: "Hear what the customer has said at the page of the embedded provider",
      params: Joi.object<AnswerChallenge, true>({
        id,
        answer: Joi.string().valid("confirm", "decline").required(),
      }),
      result: standingSchema,
      permission: "payment.hear",
      owner: "platform",
    },
    "payment.request": {
      ...command,
      first: true,
      summary: "Keep what is to be done with a payment, before it is done",
      params: Joi.object<RequestOperation, true>({
        id,
        operationId: id,
        kind: Joi.string()
          .valid(...KINDS)
          .required(),
        amountMinor: amount.min(1),
        final: Joi.boolean(),
        reason: plainText(500).min(1),
        reference: plainText(200).min(1),
        terms: Joi.object<PaymentTerms, true>(terms),
      }),
    },
    "payment.record": {
      ...command,
      summary: "Keep what the provider answered",
      params: Joi.object<RecordOperation, true>({ id, operationId: id, outcome: outcomeSchema.required() }),
    },
    "payment.get": {
      kind: "query",
      key: "id",
      summary: "A payment with everything that was done with it",
      params: byId,
      result: viewSchema,
      permission: "payment.read",
      owner: { field: "customerId" },
      http: { method: "GET", path: "/v1/payments/{id}" },
    },
  },
};
