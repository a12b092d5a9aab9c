/** How a payment stands, as it is told to those who moved it and to those who look at it. */
import Joi from "../kernel/schema";
import { AMOUNT_MINOR_MAX, currencySchema } from "../kernel/money";
import { idSchema, plainText } from "../kernel/text";
import {
  operationSchema,
  OPERATIONS_MAX,
  STATUSES,
  type OperationView,
  type PaymentStatus,
} from "./payment.operation.contract";

/** A customer has to do something at the provider's: open the address, then confirm. */
export interface PaymentChallenge {
  readonly url: string;
}

export interface PaymentStanding {
  readonly id: string;
  readonly status: PaymentStatus;
  /** Null for one that was given up before it began. */
  readonly currency: string | null;
  readonly authorisedMinor: number;
  readonly capturedMinor: number;
  readonly refundedMinor: number;
  readonly challenge: PaymentChallenge | null;
}

/** How the payment stands after an operation, and which one it was. */
export interface Moved extends PaymentStanding {
  readonly operationId: string;
  readonly amountMinor: number;
}

export interface PaymentView extends PaymentStanding {
  readonly version: number;
  readonly provider: string;
  readonly amountMinor: number;
  readonly customerId: string | null;
  readonly operations: readonly OperationView[];
}

const id = idSchema.required();
export const paymentAmount = Joi.number()
  .integer()
  .min(0)
  .max(AMOUNT_MINOR_MAX * 4);
export const providerSchema = plainText(32).pattern(/^[a-z][a-z0-9-]*$/, "payment provider");

const standing = {
  id,
  status: Joi.string()
    .valid(...STATUSES)
    .required(),
  currency: currencySchema.allow(null).required(),
  authorisedMinor: paymentAmount.required(),
  capturedMinor: paymentAmount.required(),
  refundedMinor: paymentAmount.required(),
  challenge: Joi.object<PaymentChallenge, true>({ url: plainText(2_000).required() })
    .allow(null)
    .required(),
};
export const standingSchema = Joi.object<PaymentStanding, true>(standing);
export const movedSchema = Joi.object<Moved, true>({
  ...standing,
  operationId: id,
  amountMinor: paymentAmount.required(),
});

// not strict: Joi has no word for read-only lists
export const viewSchema = Joi.object<PaymentView>({
  ...standing,
  version: Joi.number().integer().min(1).required(),
  provider: providerSchema.required(),
  amountMinor: paymentAmount.required(),
  customerId: idSchema.allow(null).required(),
  operations: Joi.array().items(operationSchema).max(OPERATIONS_MAX).required(),
});
