import type Stripe from "stripe";
import {
  amountThere,
  authorised,
  captured,
  heardIn,
  refunded,
  released,
} from "../../../../services/payment/stripe-answers.service";

const intent = (status: string, more: object = {}) =>
  ({
    ...{ object: "payment_intent", id: "pi_1", status, last_payment_error: null, next_action: null, metadata: {} },
    ...{ cancellation_reason: null, ...more },
  }) as unknown as Stripe.PaymentIntent;
const refund = (status: string, more: object = {}) =>
  ({ object: "refund", id: "re_1", status, ...more }) as unknown as Stripe.Refund;
const event = (type: string, object: object) => ({ type, data: { object } }) as unknown as Stripe.Event;

test.each([
  ["EUR", 1_234, 1_234],
  ["JPY", 1_234, 1_234],
  ["KWD", 1_230, 1_230],
  // no digits in ISO 4217, two at Stripe
  ["ISK", 1_234, 123_400],
  ["UGX", 1_234, 123_400],
])("an amount in %s of %i is %i there", (currency, minor, there) => expect(amountThere(minor, currency)).toBe(there));

describe("an authorisation", () => {
  const done = { status: "done", reference: "pi_1" };

  test("is done once it can be captured, or was", () => {
    expect(authorised(intent("requires_capture"))).toEqual(done);
    expect(authorised(intent("succeeded"))).toEqual(done);
  });

  test("is declined with the bank's own code, or Stripe's, or none", () => {
    const of = (last_payment_error: object | null) =>
      authorised(intent("requires_payment_method", { last_payment_error }));
    const failed = { status: "failed", reference: "pi_1" };
    expect(of({ decline_code: "stolen_card", code: "card_declined", message: "No." })).toEqual({
      ...{ ...failed, code: "stolen_card" },
      detail: "No.",
    });
    expect(of({ code: "expired_card" })).toMatchObject({ ...failed, code: "expired_card" });
    expect(of(null)).toMatchObject({ ...failed, code: "declined" });
    expect(of({ code: "x".repeat(100), message: "y".repeat(1_000) })).toMatchObject({
      ...{ code: "x".repeat(64), detail: "y".repeat(500) },
    });
  });

  test("is a challenge where there is a page for it", () => {
    const url = "https://bank.example/";
    const action = (next_action: object) => authorised(intent("requires_action", { next_action }));
    const page = { type: "redirect_to_url", redirect_to_url: { url } };
    expect(action(page)).toEqual({ status: "challenged", reference: "pi_1", url });
    expect(action({ type: "use_stripe_sdk" })).toMatchObject({ status: "failed", code: "action_unsupported" });
  });

  test("is over when it was given up, and else awaited", () => {
    expect(authorised(intent("canceled"))).toMatchObject({ status: "failed", code: "canceled" });
    expect(authorised(intent("processing"))).toEqual({ status: "pending", reference: "pi_1" });
  });
});

test("a capture is found by the name that it left", () => {
  const metadata = { "capture-1": "captured" };
  expect(captured(intent("succeeded", { metadata }), "capture-1")).toEqual({ status: "done", reference: "pi_1" });
  expect(captured(intent("processing", { metadata }), "capture-1")).toMatchObject({ status: "pending" });
  expect(captured(intent("succeeded", { metadata }), "capture-2")).toBeNull();
});

test("nothing is held of what was given up or captured for good", () => {
  expect(released(intent("canceled"))).toMatchObject({ status: "done" });
  expect(released(intent("succeeded"))).toMatchObject({ status: "done" });
  expect(released(intent("requires_capture"))).toBeNull();
});

test("a refund is done, awaited, or did not arrive", () => {
  expect(refunded(refund("succeeded"))).toEqual({ status: "done", reference: "re_1" });
  expect(refunded(refund("pending"))).toEqual({ status: "pending", reference: "re_1" });
  expect(refunded(refund("failed", { failure_reason: "lost_or_stolen_card" }))).toMatchObject({
    ...{ status: "failed", code: "lost_or_stolen_card" },
  });
  expect(refunded(refund("canceled"))).toMatchObject({ status: "failed", code: "canceled" });
});

describe("an event", () => {
  const metadata = { payment: "payment-1", operation: "operation-1" };

  test("tells of an authorisation or a refund", () => {
    expect(
      heardIn(event("payment_intent.amount_capturable_updated", intent("requires_capture", { metadata }))),
    ).toEqual({
      ...{ paymentId: "payment-1", operationId: "operation-1", outcome: { status: "done", reference: "pi_1" } },
    });
    expect(heardIn(event("refund.updated", refund("succeeded", { metadata })))).toMatchObject({
      outcome: { status: "done", reference: "re_1" },
    });
  });

  test("of the time before it was confirmed is no decline", () => {
    expect(heardIn(event("payment_intent.created", intent("requires_payment_method", { metadata })))).toBeNull();
  });

  test.each([{}, { payment: "payment-1" }, { payment: "NOT AN ID", operation: "x" }])("with %j is not ours", (of) => {
    expect(heardIn(event("payment_intent.succeeded", intent("succeeded", { metadata: of })))).toBeNull();
  });
});
