/** One movement of money: what was asked of the provider, and what it said. */
import Joi from "../kernel/schema";
import { AMOUNT_MINOR_MAX } from "../kernel/money";
import { idSchema, plainText } from "../kernel/text";

export const KINDS = ["authorise", "capture", "void", "refund"] as const;
export type OperationKind = (typeof KINDS)[number];

/**
 * `pending`: the provider has not said anything that counts; `challenged`: the customer has to do something there.
 */
export type OperationStatus = "pending" | "challenged" | "done" | "failed";

/**
 * Of a payment: `requested` and `challenged` are on their way to `authorised` or `declined`; what is voided will
 * never be captured any more.
 */
export const STATUSES = ["requested", "challenged", "authorised", "declined", "voided"] as const;
export type PaymentStatus = (typeof STATUSES)[number];

/** What a provider answers. `reference` is its own name for the thing, by which it is asked again. */
export type Outcome =
  | { readonly status: "done"; readonly reference: string }
  | { readonly status: "failed"; readonly code: string; readonly detail: string; readonly reference?: string }
  | { readonly status: "challenged"; readonly reference: string; readonly url: string }
  /** It will say later: by a webhook, or when it is asked again. */
  | { readonly status: "pending"; readonly reference: string };

export interface OperationView {
  readonly operationId: string;
  readonly kind: OperationKind;
  readonly amountMinor: number;
  readonly status: OperationStatus;
  readonly at: string;
  /** The provider's name for it. */
  readonly providerReference: string | null;
  /** Why it failed, in the provider's words. */
  readonly code: string | null;
  readonly reason: string | null;
  readonly reference: string | null;
}

/** Of one payment; more is more than any order needs. */
export const OPERATIONS_MAX = 100;

const code = plainText(64);
const providerReference = plainText(200);
const detail = plainText(500).allow("");

export const outcomeSchema = Joi.alternatives<Outcome>(
  Joi.object({ status: Joi.string().valid("done", "pending").required(), reference: providerReference.required() }),
  Joi.object({
    status: Joi.string().valid("failed").required(),
    code: code.required(),
    detail: detail.required(),
    reference: providerReference,
  }),
  Joi.object({
    status: Joi.string().valid("challenged").required(),
    reference: providerReference.required(),
    url: plainText(2_000).required(),
  }),
);

export const operationSchema = Joi.object<OperationView, true>({
  operationId: idSchema.required(),
  kind: Joi.string()
    .valid(...KINDS)
    .required(),
  amountMinor: Joi.number()
    .integer()
    .min(0)
    .max(AMOUNT_MINOR_MAX * 4)
    .required(),
  status: Joi.string().valid("pending", "challenged", "done", "failed").required(),
  at: Joi.string().isoDate().required(),
  providerReference: providerReference.allow(null).required(),
  code: code.allow(null).required(),
  reason: plainText(500).allow(null).required(),
  reference: plainText(200).allow(null).required(),
});
