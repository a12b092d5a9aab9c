/** Stripe's provider against Stripe's own test server, which refuses whatever its API would not understand. */
import type { Move } from "../../../services/payment/provider.service";
import { stripeProvider } from "../../../services/payment/stripe.service";
import { startStripeMock, type StripeMock } from "../../support/stripe-mock";

const AT = "2026-03-01T10:00:00.000Z";
const HOUR_MS = 3_600_000;
const aName = expect.any(String) as string;
const account = (url: string) => ({ secretKey: "sk_test_123", webhookSecret: "whsec_of_the_tests", url });

const intent = { object: "payment_intent", id: "pi_1", last_payment_error: null, next_action: null, metadata: {} };
const refund = { object: "refund", id: "re_1", status: "succeeded", failure_reason: null };

const move = (kind: Move["kind"], more: Partial<Move> = {}): Move => ({
  ...{ paymentId: "payment-1", operationId: `${kind}-1`, kind, amountMinor: 1_234, currency: "EUR" },
  ...{ method: "pm_card_visa", strong: false, final: true, reason: null, captured: false, at: AT },
  authorisation: kind === "authorise" ? null : "pi_1",
  ...more,
});

let mock: StripeMock;
let challenging: StripeMock;
beforeAll(async () => {
  const metadata = { "capture-old": "captured" };
  [mock, challenging] = await Promise.all([
    startStripeMock({
      payment_intent: { ...intent, status: "requires_capture", metadata },
      refund: { ...refund, metadata: { operation: "refund-old" } },
    }),
    startStripeMock({
      payment_intent: {
        ...{ ...intent, status: "requires_action" },
        next_action: { type: "redirect_to_url", redirect_to_url: { url: "https://bank.example/challenge" } },
      },
      refund: { ...refund, status: "pending" },
    }),
  ]);
});
afterAll(() => Promise.all([mock.stop(), challenging.stop()]));
beforeEach(() => {
  mock.asked.length = 0;
  challenging.asked.length = 0;
});

const provider = (url = mock.url, laterMs = 0) =>
  stripeProvider({ account: account(url), publicUrl: "https://mall.example", nowMs: () => Date.parse(AT) + laterMs });

const asked = (at: StripeMock) => at.asked.map(({ method, path }) => `${method} ${path}`);

it("authorises, to be captured later, under the operation's id", async () => {
  expect(await provider().perform(move("authorise"))).toEqual({ status: "done", reference: aName });
  expect(mock.asked).toHaveLength(1);
  const [{ fields, idempotencyKey } = { fields: {}, idempotencyKey: "" }] = mock.asked;
  expect(idempotencyKey).toBe("authorise-1");
  expect(fields).toMatchObject({
    ...{ amount: "1234", currency: "eur", capture_method: "manual", confirm: "true", payment_method: "pm_card_visa" },
    ...{ "metadata[payment]": "payment-1", "metadata[operation]": "authorise-1" },
    return_url: "https://mall.example/",
  });
});

it("sends the customer to the bank, and looks again whether they have been there", async () => {
  const challenge = { status: "challenged", reference: aName, url: "https://bank.example/challenge" };
  expect(await provider(challenging.url).perform(move("authorise"))).toEqual(challenge);
  expect(await provider(challenging.url).look(move("authorise"), "pi_1", true)).toEqual(challenge);
  expect(await provider().look(move("authorise"), "pi_1", true)).toEqual({ status: "done", reference: "pi_1" });
  expect(asked(mock)).toEqual(["GET /v1/payment_intents/pi_1"]);
});

it("captures a part and keeps the rest, and captures for the last time", async () => {
  expect(await provider().perform(move("capture", { final: false }))).toEqual({ status: "done", reference: "pi_1" });
  await provider().perform(move("capture", { operationId: "capture-2" }));
  const [part, last] = mock.asked;
  expect(part).toMatchObject({ path: "/v1/payment_intents/pi_1/capture", idempotencyKey: "capture-1" });
  expect(part?.fields).toMatchObject({ amount_to_capture: "1234", final_capture: "false" });
  expect(part?.fields["metadata[capture-1]"]).toBe("captured");
  expect(last?.fields).not.toHaveProperty("final_capture");
});

it("gives up what was authorised", async () => {
  expect(await provider().perform(move("void"))).toEqual({ status: "done", reference: "pi_1" });
  expect(mock.asked).toMatchObject([{ path: "/v1/payment_intents/pi_1/cancel", idempotencyKey: "void-1" }]);
});

it("refunds, at once or later", async () => {
  const back = move("refund", { reason: "broken" });
  expect(await provider().perform(back)).toMatchObject({ status: "done" });
  expect(mock.asked[0]?.fields).toMatchObject({ payment_intent: "pi_1", amount: "1234", "metadata[reason]": "broken" });
  expect(await provider(challenging.url).perform(back)).toMatchObject({ status: "pending" });
  expect(await provider().look(back, "re_1", false)).toEqual({ status: "done", reference: "re_1" });
});

it("does not know what became of what was not answered, and asks again under the same id", async () => {
  // the package asks a second time by itself
  mock.lose(2);
  await expect(provider().perform(move("authorise"))).rejects.toThrow("connection to Stripe");
  expect(await provider().perform(move("authorise"))).toMatchObject({ status: "done" });
  expect(new Set(mock.asked.map(({ idempotencyKey }) => idempotencyKey))).toEqual(new Set(["authorise-1"]));
  expect(mock.asked).toHaveLength(3);
});

it("does not void or capture what may still be authorised", async () => {
  const unknown = { authorisation: null };
  for (const kind of ["void", "capture", "refund"] as const) {
    await expect(provider().perform(move(kind, unknown))).rejects.toThrow("has not said yet");
  }
  expect(mock.asked).toEqual([]);
});

it("looks for what was asked for a day ago before it asks anew: the key is forgotten by then", async () => {
  const late = provider(mock.url, 24 * HOUR_MS);
  expect(await late.perform(move("authorise"))).toMatchObject({ status: "done" });
  expect(await late.perform(move("capture", { operationId: "capture-old" }))).toMatchObject({ status: "done" });
  expect(await late.perform(move("refund", { operationId: "refund-old" }))).toMatchObject({ status: "done" });
  expect(asked(mock)).toEqual(["GET /v1/payment_intents/search", "GET /v1/payment_intents/pi_1", "GET /v1/refunds"]);
  await late.perform(move("refund", { operationId: "refund-new" }));
  expect(asked(mock).slice(3)).toEqual(["GET /v1/refunds", "POST /v1/refunds"]);
});

it("takes a definite no for one", async () => {
  const none = await provider().perform(move("refund", { amountMinor: 0.5 }));
  expect(none).toMatchObject({ status: "failed", code: aName, detail: expect.stringMatching(/amount/) as string });
});

it("knows nothing where nobody answers", async () => {
  await expect(provider("http://127.0.0.1:1").perform(move("authorise"))).rejects.toThrow("connection to Stripe");
});
