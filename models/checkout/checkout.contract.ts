/**
 * From a cart to orders, in one go: held as it is, reserved, authorised, placed, paid. A checkout ends with orders or
 * with nothing held, whoever goes away meanwhile. Open to everybody, like the cart that it is of: a checkout of an
 * account is shown to its customer, one of nobody to whoever knows its id, which follows from the cart's.
 */
import Joi from "../kernel/schema";
import { PUBLIC, type Actions, type Contract } from "../kernel/contract";
import { currencySchema } from "../kernel/money";
import type { Failure, SagaStatus } from "../kernel/saga";
import { failureSchema, sagaActions, type SagaCalls } from "../kernel/saga.contract";
import { idSchema, plainText } from "../kernel/text";
import { deviceSchema } from "../fraud/fraud.device.contract";
import { orderLanguage, type OrderLanguage } from "../order/order.place.contract";
import { beginKeys, checkoutAmount, patchKeys, type CheckoutData } from "./checkout.data.contract";

export interface CheckoutId {
  readonly id: string;
}

/** `id` is the cart's. */
export interface StartCheckout extends CheckoutId {
  readonly payment: {
    /** `test`, `stripe`: one of the channel's. */
    readonly provider: string;
    /** The token that the provider's form gave; see services/payment for those of `test`. */
    readonly method: string;
  };
  /** What the customer was shown and agrees to pay: another total is refused. */
  readonly totalMinor?: number;
  /** In which the customer is written to about what is bought; left out: English. */
  readonly language?: OrderLanguage;
  /** A random word that this browser keeps: many payments of one device may be a fraud. Left out: not known. */
  readonly device?: string;
}

export interface CheckoutOrder {
  readonly sellerId: string;
  readonly orderId: string;
}

export interface CheckoutView {
  readonly id: string;
  readonly version: number;
  /** `waiting`: for the customer, see `challenge`, or for the provider. `failed`: nothing is held, see `failure`. */
  readonly status: SagaStatus;
  readonly step: string | null;
  readonly cartId: string;
  readonly channelId: string;
  readonly customerId: string | null;
  readonly currency: string | null;
  readonly totalMinor: number | null;
  readonly paymentId: string | null;
  readonly challenge: { readonly url: string } | null;
  /** When it is given up unless something happens; null where nothing more can fail. */
  readonly until: string | null;
  readonly orders: readonly CheckoutOrder[];
  readonly failure: Failure | null;
  /** Bought, and yet something is left to be done by somebody of the mall. */
  readonly unfinished: Failure | null;
}

interface CustomerCalls {
  "checkout.start": { params: StartCheckout; result: CheckoutView };
  "checkout.confirm": { params: CheckoutId; result: CheckoutView };
  "checkout.cancel": { params: CheckoutId; result: CheckoutView };
  "checkout.get": { params: CheckoutId; result: CheckoutView };
}

type StepCalls = SagaCalls<"checkout", CheckoutData>;

export type CheckoutCalls = CustomerCalls & StepCalls;

const id = idSchema.required();
const byId = Joi.object<CheckoutId, true>({ id });
const moment = Joi.string().isoDate();

// not strict: Joi has no word for read-only lists
const view = Joi.object<CheckoutView>({
  id,
  version: Joi.number().integer().min(1).required(),
  status: Joi.string().valid("running", "waiting", "undoing", "done", "failed").required(),
  step: plainText(64).allow(null).required(),
  cartId: id,
  channelId: id,
  customerId: idSchema.allow(null).required(),
  currency: currencySchema.allow(null).required(),
  totalMinor: checkoutAmount.allow(null).required(),
  paymentId: idSchema.allow(null).required(),
  challenge: Joi.object({ url: plainText(2_000).required() })
    .allow(null)
    .required(),
  until: moment.allow(null).required(),
  orders: Joi.array()
    .items(Joi.object<CheckoutOrder, true>({ sellerId: id, orderId: id }))
    .max(200)
    .required(),
  failure: failureSchema.allow(null).required(),
  unfinished: failureSchema.allow(null).required(),
});

const open = { permission: PUBLIC, owner: "caller", result: view } as const;
const path = "/v1/checkouts/{id}";

const own: Actions<CustomerCalls> = {
  "checkout.start": {
    ...open,
    kind: "procedure",
    summary: "Buy what is in a cart: reserve it, have the payment authorised, place the orders",
    params: Joi.object<StartCheckout, true>({
      id,
      payment: Joi.object({
        provider: plainText(32).min(1).required(),
        method: plainText(200).min(1).required(),
      }).required(),
      totalMinor: checkoutAmount,
      language: orderLanguage.description("Of the mails and papers; left out: en"),
      device: deviceSchema.description("A random word that this browser keeps, against fraud"),
    }),
    http: { method: "POST", path: "/v1/carts/{id}/checkout" },
  },
  "checkout.confirm": {
    ...open,
    kind: "procedure",
    key: "id",
    summary: "Say that what the bank asked for is done: the checkout goes on",
    params: byId,
    http: { method: "POST", path: `${path}/confirm` },
  },
  "checkout.cancel": {
    ...open,
    kind: "procedure",
    key: "id",
    summary: "Give a checkout up before its orders are placed: everything is taken back",
    params: byId,
    http: { method: "POST", path: `${path}/cancel` },
  },
  "checkout.get": {
    ...open,
    kind: "query",
    key: "id",
    summary: "How a checkout stands",
    params: byId,
    http: { method: "GET", path },
  },
};

const steps = sagaActions({ name: "checkout", noun: "a checkout", begin: beginKeys, patch: patchKeys });

export const checkoutContract: Contract<CheckoutCalls> = {
  aggregate: "checkout",
  // the kernel builds them by name; `SagaCalls` says of what type they are
  actions: { ...own, ...(steps as unknown as Actions<StepCalls>) },
};
