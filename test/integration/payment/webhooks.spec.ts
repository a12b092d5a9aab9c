/** Webhooks through the door: who signed them, when, and how often they come. */
import { pino } from "pino";
import { Registry } from "prom-client";
import Stripe from "stripe";
import { contracts } from "../../../models/contracts";
import type { Moved, PaymentView } from "../../../models/payment/payment.standing.contract";
import { gatewayService } from "../../../services/gateway/gateway.service";
import { openApi } from "../../../services/gateway/openapi";
import type { Principal } from "../../../services/kernel/call";
import { sign } from "../../../services/payment/signature.service";
import { memoryIdentity } from "../../support/identity";
import { memoryConfig, openMemoryNode, type MemoryNode } from "../../support/memory-node";

const admin: Principal = { id: "admin", permissions: ["*"] };
const webhookSecret = "whsec_of_the_tests";
const identity = {
  ...memoryIdentity(),
  accounts: { stripe: { secretKey: "sk_test_123", webhookSecret, url: "http://127.0.0.1:1" } },
};
const testSecret = identity.pepper.mac("payment.webhook", "test");

let mall: MemoryNode;
let url = "";
beforeAll(async () => {
  mall = await openMemoryNode({ identity });
  const { roles } = mall.node;
  const service = gatewayService({
    ...{ contracts, config: memoryConfig(), roles, accessTokens: identity.accessTokens, metrics: new Registry() },
    log: pino({ level: "silent" }),
    health: () => Promise.resolve({ checks: [] }),
    listening: (at) => (url = at),
  });
  mall.broker.createService(service);
  await mall.broker.waitForServices("gateway");
});
afterAll(() => mall.stop());

const post = (provider: string, payload: string, headers: Record<string, string> = {}) =>
  fetch(`${url}/v1/payments/webhooks/${provider}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: payload,
  });
const answerOf = async (response: Response) => ({
  status: response.status,
  body: (await response.json()) as { status?: string | number; type?: string; detail?: string },
});
const sent = async (provider: string, payload: string, signature: string) =>
  answerOf(await post(provider, payload, { [`${provider}-signature`]: signature }));
const tested = (payload: string, ageMs = 0) => sent("test", payload, sign(testSecret, payload, Date.now() - ageMs));

const paymentOf = (id: string): Promise<PaymentView> => mall.call(admin, "payment.get", { id });

/** A payment whose provider has not made up its mind; the authorisation's name. */
async function undecided(id: string): Promise<string> {
  const terms = { provider: "test", method: "tok_webhook_lost", currency: "EUR", amountMinor: 500, customerId: "mia" };
  const { operationId } = await mall.call<Moved>(admin, "payment.authorise", { id, ...terms });
  return operationId;
}

const saying = (paymentId: string, operationId: string, outcome: object): string =>
  JSON.stringify({ paymentId, operationId, outcome });
const done = { status: "done", reference: "test_1" };
const problem = (type: string, status: number) => ({
  status,
  body: expect.objectContaining({ type: `urn:stoa:refusal:${type}`, status }) as object,
});

it("records what its provider has signed, without a token", async () => {
  const operationId = await undecided("signed");
  const payload = saying("signed", operationId, done);
  expect(await tested(payload)).toEqual({ status: 200, body: { status: "recorded" } });
  expect(await paymentOf("signed")).toMatchObject({ status: "authorised", authorisedMinor: 500 });
});

it("refuses what is not signed, signed by somebody else, changed on its way, or too old", async () => {
  const operationId = await undecided("forged");
  const payload = saying("forged", operationId, done);
  const good = sign(testSecret, payload, Date.now());
  const invalid = problem("WEBHOOK_INVALID", 400);
  expect(await answerOf(await post("test", payload))).toEqual(invalid);
  expect(await sent("test", payload, "t=1,v1=00")).toEqual(invalid);
  expect(await sent("test", payload, sign("another secret", payload, Date.now()))).toEqual(invalid);
  expect(await sent("test", `${payload} `, good)).toEqual(invalid);
  expect(await answerOf(await post("test", payload, { "stripe-signature": good }))).toEqual(invalid);
  expect(await tested("no JSON")).toEqual(invalid);
  expect(await tested(payload, 301_000)).toEqual(problem("WEBHOOK_STALE", 400));
  expect(await sent("nobody", payload, good)).toEqual(problem("PAYMENT_PROVIDER", 409));
  expect(await sent("No.Body", payload, good)).toEqual(problem("VALIDATION_FAILED", 400));
  expect(await paymentOf("forged")).toMatchObject({ status: "requested", version: 2 });
});

it("records a replay once, and lets no older word undo a newer one", async () => {
  const operationId = await undecided("doubled");
  const payload = saying("doubled", operationId, done);
  const signature = sign(testSecret, payload, Date.now());
  await Promise.all(Array.from({ length: 5 }, () => sent("test", payload, signature)));
  const once = await paymentOf("doubled");
  expect(once).toMatchObject({ status: "authorised" });
  for (const older of [
    { status: "pending", reference: "test_1" },
    { status: "challenged", reference: "test_1", url: "https://bank.example/" },
    { status: "failed", code: "card_declined", detail: "" },
  ]) {
    expect((await tested(saying("doubled", operationId, older))).status).toBe(200);
  }
  expect(await paymentOf("doubled")).toEqual(once);
});

it("does not grow a payment by words that say nothing new", async () => {
  const operationId = await undecided("waiting");
  const { version } = await paymentOf("waiting");
  const pending = saying("waiting", operationId, { status: "pending", reference: "test_1" });
  for (let i = 0; i < 3; i++) expect((await tested(pending)).body).toEqual({ status: "ignored" });
  expect((await paymentOf("waiting")).version).toBe(version);
});

it("ignores what is about nothing that the mall knows: refused, it would come again", async () => {
  expect((await tested(saying("nowhere", "nothing", done))).body).toEqual({ status: "ignored" });
  const operationId = await undecided("known");
  expect((await tested(saying("known", `${operationId}x`, done))).body).toEqual({ status: "ignored" });
});

it("takes no body but a whole one in UTF-8, and no other method", async () => {
  const headers = { "test-signature": "t=1,v1=00" };
  const bytes = (body: Uint8Array<ArrayBuffer>) =>
    fetch(`${url}/v1/payments/webhooks/test`, { method: "POST", headers, body });
  expect(await answerOf(await bytes(new Uint8Array()))).toEqual(problem("BODY_INVALID", 400));
  expect(await answerOf(await bytes(Uint8Array.of(0xff, 0xfe)))).toEqual(problem("BODY_INVALID", 400));
  expect(await answerOf(await bytes(new Uint8Array(256 * 1024 + 1)))).toEqual(problem("BODY_TOO_LARGE", 413));
  expect((await fetch(`${url}/v1/payments/webhooks/test`)).status).toBe(405);
});

describe("of Stripe", () => {
  const { webhooks } = new Stripe("sk_test_123");
  const eventOf = (type: string, object: object): string =>
    // as Stripe writes it: over several lines
    JSON.stringify({ id: "evt_1", object: "event", type, data: { object } }, null, 2);
  const signed = (payload: string, secret = webhookSecret, ageSeconds = 0) => {
    const timestamp = Math.floor(Date.now() / 1_000) - ageSeconds;
    return sent("stripe", payload, webhooks.generateTestHeaderString({ payload, secret, timestamp }));
  };
  const intentOf = (payment: string, operation: string, status: string) => ({
    ...{ id: "pi_1", object: "payment_intent", status, last_payment_error: null, next_action: null },
    metadata: { payment, operation },
  });

  it("are heard, and settle an authorisation whose answer was lost", async () => {
    const terms = { provider: "stripe", method: "pm_card_visa", currency: "EUR", amountMinor: 500, customerId: "mia" };
    // nobody answers at its address
    const authorise = mall.call(admin, "payment.authorise", { id: "lost", ...terms });
    await expect(authorise).rejects.toMatchObject({ type: "PAYMENT_UNANSWERED" });
    const [{ operationId } = { operationId: "" }] = (await paymentOf("lost")).operations;
    const held = eventOf("payment_intent.amount_capturable_updated", intentOf("lost", operationId, "requires_capture"));
    expect(await signed(held)).toEqual({ status: 200, body: { status: "recorded" } });
    expect(await signed(held)).toEqual({ status: 200, body: { status: "recorded" } });
    expect(await paymentOf("lost")).toMatchObject({ status: "authorised", version: 2 });
  });

  it("are refused when the signature is not good, or too old", async () => {
    const payload = eventOf("payment_intent.succeeded", intentOf("signed", "x", "succeeded"));
    expect(await signed(payload, "whsec_another")).toEqual(problem("WEBHOOK_INVALID", 400));
    expect(await signed(payload, webhookSecret, 301)).toEqual(problem("WEBHOOK_STALE", 400));
    expect(await sent("stripe", payload, "nonsense")).toEqual(problem("WEBHOOK_INVALID", 400));
  });

  it("are ignored when they are of no concern", async () => {
    expect((await signed(eventOf("customer.created", { object: "customer" }))).body).toEqual({ status: "ignored" });
    const elsewhere = intentOf("elsewhere", "x", "succeeded");
    expect((await signed(eventOf("payment_intent.succeeded", elsewhere))).body).toEqual({ status: "ignored" });
  });
});

it("stands in the OpenAPI document, signature and refusals included", () => {
  const operation = openApi(contracts).paths["/v1/payments/webhooks/{provider}"]?.["post"];
  expect(operation).toMatchObject({ operationId: "payment.webhook", security: [{}] });
  expect(JSON.stringify(operation)).toContain("Stripe-Signature");
  expect(JSON.stringify(openApi(contracts).components)).toContain("urn:stoa:refusal:WEBHOOK_STALE");
});
