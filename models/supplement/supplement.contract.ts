/**
 * A customer agrees to what a seller proposes: reserved, authorised, taken, and only then a part of the order. A saga
 * that ends with the order as it was agreed, or with the order as it was and nothing held.
 */
import Joi from "../kernel/schema";
import type { Actions, Contract } from "../kernel/contract";
import { currencySchema } from "../kernel/money";
import type { Failure, SagaStatus } from "../kernel/saga";
import { failureSchema, sagaActions, type SagaCalls } from "../kernel/saga.contract";
import { idSchema, plainText } from "../kernel/text";
import { byGuest, guestKey, type GuestKey } from "../order/order.guest.contract";
import { orderAmount } from "../order/order.place.contract";
import { beginKeys, patchKeys, type SupplementData } from "./supplement.data.contract";

export interface SupplementId {
  readonly id: string;
}

export interface StartSupplement {
  readonly orderId: string;
  /** As the order shows it. */
  readonly raiseId: string;
  readonly payment: { readonly provider: string; readonly method: string };
}

export interface GuestsSupplement extends SupplementId, GuestKey {
  readonly orderId: string;
}

export interface SupplementView {
  readonly id: string;
  readonly version: number;
  /** `waiting`: for the customer, see `challenge`. `failed`: the order is as it was, see `failure`. */
  readonly status: SagaStatus;
  readonly step: string | null;
  readonly orderId: string;
  readonly raiseId: string;
  /** Null for a guest. */
  readonly customerId: string | null;
  readonly currency: string;
  readonly amountMinor: number;
  readonly paymentId: string;
  readonly challenge: { readonly url: string } | null;
  readonly failure: Failure | null;
}

interface CustomerCalls {
  "supplement.start": { params: StartSupplement; result: SupplementView };
  "supplement.confirm": { params: SupplementId; result: SupplementView };
  "supplement.get": { params: SupplementId; result: SupplementView };
  "supplement.trackStart": { params: StartSupplement & GuestKey; result: SupplementView };
  "supplement.trackConfirm": { params: GuestsSupplement; result: SupplementView };
}

type StepCalls = SagaCalls<"supplement", SupplementData>;
export type SupplementCalls = CustomerCalls & StepCalls;

const id = idSchema.required();
const byId = Joi.object<SupplementId, true>({ id });
// not strict: Joi has no word for read-only lists
const view = Joi.object<SupplementView>({
  ...{ id, orderId: id, paymentId: id },
  customerId: idSchema.allow(null).required(),
  raiseId: plainText(12).required(),
  version: Joi.number().integer().min(1).required(),
  status: Joi.string().valid("running", "waiting", "undoing", "done", "failed").required(),
  step: plainText(64).allow(null).required(),
  currency: currencySchema.required(),
  amountMinor: orderAmount.required(),
  challenge: Joi.object({ url: plainText(2_000).required() })
    .allow(null)
    .required(),
  failure: failureSchema.allow(null).required(),
});

const ofCustomer = { permission: "order.cancel", result: view } as const;

const agreed = {
  orderId: id,
  raiseId: plainText(12).min(1).required(),
  payment: Joi.object({
    provider: plainText(32).min(1).required(),
    method: plainText(200).min(1).required(),
  }).required(),
};
const ofGuests = { ...byGuest, result: view } as const;

const own: Actions<CustomerCalls> = {
  "supplement.trackStart": {
    ...ofGuests,
    summary: "Agree to more of a guest's order than was bought, and pay the difference, by the key that came by mail",
    params: Joi.object<StartSupplement & GuestKey, true>({ ...agreed, key: guestKey }),
    http: { method: "POST", path: "/v1/orders/{orderId}/track/supplements" },
  },
  "supplement.trackConfirm": {
    ...ofGuests,
    key: "id",
    summary: "Say that what the bank asked for is done, or look how the payment stands, as a guest",
    params: Joi.object<GuestsSupplement, true>({ id, orderId: id, key: guestKey }),
    http: { method: "POST", path: "/v1/orders/{orderId}/track/supplements/{id}/confirm" },
  },
  "supplement.start": {
    ...ofCustomer,
    kind: "procedure",
    owner: "caller",
    summary: "Agree to more of an own order than was bought, and pay the difference",
    params: Joi.object<StartSupplement, true>(agreed),
    http: { method: "POST", path: "/v1/me/supplements" },
  },
  "supplement.confirm": {
    ...ofCustomer,
    kind: "procedure",
    key: "id",
    owner: "caller",
    summary: "Say that what the bank asked for is done: the order grows",
    params: byId,
    http: { method: "POST", path: "/v1/me/supplements/{id}/confirm" },
  },
  "supplement.get": {
    ...ofCustomer,
    kind: "query",
    key: "id",
    permission: "order.read",
    owner: { field: "customerId" },
    summary: "How the payment for more of an order stands",
    params: byId,
    http: { method: "GET", path: "/v1/me/supplements/{id}" },
  },
};

const steps = sagaActions({
  name: "supplement",
  noun: "the payment for more of an order",
  begin: beginKeys,
  patch: patchKeys,
});

export const supplementContract: Contract<SupplementCalls> = {
  aggregate: "supplement",
  // the kernel builds them by name; `SagaCalls` says of what type they are
  actions: { ...own, ...(steps as unknown as Actions<StepCalls>) },
};
