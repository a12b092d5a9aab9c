/** A person who buys with a card whose bank asks: the page, its two buttons, and what becomes of the checkout. */
import { pino } from "pino";
import { Registry } from "prom-client";
import type { CheckoutView } from "../../../models/checkout/checkout.contract";
import { contracts } from "../../../models/contracts";
import { gatewayService } from "../../../services/gateway/gateway.service";
import { memoryIdentity } from "../../support/identity";
import { memoryConfig } from "../../support/memory-node";
import { address, contact, openMarket, shopper, type Market } from "../cart/market";

const mia = shopper("mia");

let market: Market;
let url = "";
beforeAll(async () => {
  market = await openMarket();
  const { broker, node } = market.node;
  const service = gatewayService({
    ...{ contracts, config: memoryConfig(), roles: node.roles, metrics: new Registry() },
    accessTokens: memoryIdentity().accessTokens,
    log: pino({ level: "silent" }),
    health: () => Promise.resolve({ checks: [] }),
    listening: (at) => (url = at),
  });
  broker.createService(service);
  await broker.waitForServices("gateway");
});
afterAll(() => market.node.stop());

/** A checkout that waits for the bank, and the page to which it sends its customer. */
async function asked(): Promise<{ id: string; page: string }> {
  const { id } = await market.do("cart.open", { channelId: market.channelId }, mia);
  await market.do("cart.set", { id, offerId: market.offers.lamp, quantity: 1 }, mia);
  await market.do("cart.address", { id, contact, shippingAddress: address }, mia);
  await market.do("cart.ship", { id, sellerId: "lumen", methodId: market.post }, mia);
  const payment = { provider: "test", method: "tok_challenge_page" };
  const found = await market.do<CheckoutView>("checkout.start", { id, payment }, mia);
  expect(found).toMatchObject({ status: "waiting", step: "authorise" });
  return { id: found.id, page: url + new URL(found.challenge?.url ?? "").pathname };
}

const checkout = (id: string): Promise<CheckoutView> => market.do("checkout.get", { id }, mia);

const press = (page: string, answer: string): Promise<Response> =>
  fetch(`${page}?answer=${answer}`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    redirect: "manual",
    body: "",
  });

it("waits until the customer has confirmed at the page, and then places the orders", async () => {
  const { id, page } = await asked();
  const shown = await fetch(page);
  expect(shown.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(await shown.text()).toMatch(/Test payment of EUR 128\.90[^]*Confirm<[^]*Decline</);
  // only what is said at the page counts
  expect(await market.do("checkout.confirm", { id }, mia)).toMatchObject({ status: "waiting" });
  const answered = await press(page, "confirm");
  expect([answered.status, answered.headers.get("location")]).toEqual([303, new URL(page).pathname]);
  expect(await checkout(id)).toMatchObject({ status: "done" });
  expect(await market.do("checkout.confirm", { id }, mia)).toMatchObject({ status: "done" });
  // who comes back changes nothing
  await press(page, "decline");
  const after = await (await fetch(page)).text();
  expect(after).toContain("Confirmed.");
  expect(after).not.toContain("<form");
});

it("takes everything back when the customer declines", async () => {
  const { id, page } = await asked();
  expect((await press(page, "decline")).status).toBe(303);
  expect(await checkout(id)).toMatchObject({ status: "failed", failure: { type: "PAYMENT_DECLINED" } });
  // what was declined was given up with the checkout
  expect(await (await fetch(page)).text()).toMatch(/Declined\.|given up/);
});

it("shows nothing where there is no test payment, and takes no other answer", async () => {
  const { page } = await asked();
  expect((await press(page, "maybe")).status).toBe(400);
  for (const path of ["nobodys", "No.Id", "%00"]) {
    expect((await fetch(`${url}/test-payment/${path}`)).status).toBe(404);
  }
  expect((await fetch(page, { method: "DELETE" })).status).toBe(405);
});
