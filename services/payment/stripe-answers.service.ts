/** What Stripe says, in the words of the mall: pure, so that each case can be tried. */
import Stripe from "stripe";
import { ID_PATTERN } from "../../models/kernel/ids";
import type { Outcome } from "../../models/payment/payment.operation.contract";
import type { HeardMove } from "./provider.service";

const CODE_CHARS = 64;
const DETAIL_CHARS = 500;

/** Stripe's smallest units; all others have two digits. https://docs.stripe.com/currencies#minor-units */
const DIGITS: Readonly<Record<string, number>> = Object.fromEntries([
  ..."BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF".split(" ").map((name) => [name, 0] as const),
  ..."BHD JOD KWD OMR TND".split(" ").map((name) => [name, 3] as const),
]);

const ownDigits = (currency: string): number =>
  new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** An amount as Stripe wants it: some currencies have other minor units there than in ISO 4217. */
export const amountThere = (amountMinor: number, currency: string): number =>
  amountMinor * 10 ** ((DIGITS[currency] ?? 2) - ownDigits(currency));

export const failed = (code: string, detail: string, reference?: string): Outcome => ({
  status: "failed",
  code: code.slice(0, CODE_CHARS) || "unknown",
  detail: detail.slice(0, DETAIL_CHARS),
  ...(reference !== undefined && { reference }),
});

type Intent = Pick<
  Stripe.PaymentIntent,
  "id" | "status" | "last_payment_error" | "next_action" | "cancellation_reason"
>;

function declined({ id, last_payment_error: error }: Intent): Outcome {
  const code = error?.decline_code ?? error?.code ?? "declined";
  return failed(code, error?.message ?? "Stripe says no more than that.", id);
}

/** The customer can only be sent to a page: what needs Stripe's script in a page of the mall cannot be done. */
function challenged({ id, next_action: action }: Intent): Outcome {
  const url = action?.redirect_to_url?.url;
  if (typeof url === "string") return { status: "challenged", reference: id, url };
  return failed("action_unsupported", `Stripe asks for ${action?.type ?? "something"}, without a page for it.`, id);
}

const held = ({ id }: Intent): Outcome => ({ status: "done", reference: id });
const awaited = ({ id }: Intent): Outcome => ({ status: "pending", reference: id });
const canceled = ({ id, cancellation_reason: reason }: Intent): Outcome =>
  failed("canceled", `Given up at Stripe: ${reason ?? "without a reason"}.`, id);

const BY_STATUS: Readonly<Record<string, (intent: Intent) => Outcome>> = {
  requires_capture: held,
  // what was captured was authorised before
  succeeded: held,
  requires_action: challenged,
  requires_payment_method: declined,
  canceled,
};

/** How an authorisation stands; what Stripe may have a new word for is awaited. */
export const authorised = (intent: Intent): Outcome => (BY_STATUS[intent.status] ?? awaited)(intent);

/** Each capture leaves its operation's name on the payment, by which it is found again. */
export function captured({ id, status, metadata }: Stripe.PaymentIntent, operationId: string): Outcome | null {
  if (metadata[operationId] === undefined) return null;
  return { status: status === "processing" ? "pending" : "done", reference: id };
}

/** Nothing is held any more, be it that all was given up, or the rest with the last capture. */
export const released = ({ id, status }: Pick<Intent, "id" | "status">): Outcome | null =>
  status === "canceled" || status === "succeeded" ? { status: "done", reference: id } : null;

export function refunded({ id, status, failure_reason: reason }: Stripe.Refund): Outcome {
  if (status === "succeeded") return { status: "done", reference: id };
  if (status !== "failed" && status !== "canceled") return { status: "pending", reference: id };
  return failed(reason ?? status, "Stripe could not give the money back.", id);
}

/** They say that the same is being done right now: what comes of it is not known. */
const UNDER_WAY = ["idempotency_key_in_use", "lock_timeout"];

/** A definite no; null where nobody knows what became of it, or the fault is not the payment's. */
export function refusedBy(error: unknown): Outcome | null {
  const { StripeCardError, StripeInvalidRequestError } = Stripe.errors;
  const definite = error instanceof StripeCardError || error instanceof StripeInvalidRequestError;
  if (!definite || UNDER_WAY.includes(error.code ?? "")) return null;
  const code = error.decline_code ?? error.code ?? error.type;
  return failed(code, error.message, error.payment_intent?.id);
}

/** Others tell of a payment as it was before it was confirmed, or of what is known anyway. */
const INTENTS: readonly string[] = [
  "payment_intent.amount_capturable_updated",
  "payment_intent.canceled",
  "payment_intent.payment_failed",
  "payment_intent.processing",
  "payment_intent.requires_action",
  "payment_intent.succeeded",
];
const REFUNDS: readonly string[] = ["refund.created", "refund.failed", "refund.updated"];

/** Null: of something that the mall has not asked for. */
export function heardIn({ type, data }: Pick<Stripe.Event, "type" | "data">): HeardMove | null {
  const about = data.object as Stripe.PaymentIntent | Stripe.Refund;
  const { payment: paymentId = "", operation: operationId = "" } = about.metadata ?? {};
  if (!ID_PATTERN.test(paymentId) || !ID_PATTERN.test(operationId)) return null;
  if (INTENTS.includes(type)) return { paymentId, operationId, outcome: authorised(about as Stripe.PaymentIntent) };
  return REFUNDS.includes(type) ? { paymentId, operationId, outcome: refunded(about as Stripe.Refund) } : null;
}
