/** Buying over the real services: what a checkout leaves behind, whoever dies, refuses or goes away. */
import { checkoutSaga } from "../../../models/checkout/checkout.aggregate";
import type { CheckoutView } from "../../../models/checkout/checkout.contract";
import type { CheckoutData } from "../../../models/checkout/checkout.data.contract";
import { paymentIdOf } from "../../../models/checkout/checkout.orders.contract";
import { contracts } from "../../../models/contracts";
import { hasEnded, type Begun } from "../../../models/kernel/saga";
import { orderIdOf } from "../../../models/order/order.place.contract";
import type { PaymentView } from "../../../models/payment/payment.standing.contract";
import type { StockView } from "../../../models/stock/stock.contract";
import { ANONYMOUS, type Caller, type Principal } from "../../../services/kernel/call";
import { createDrive } from "../../../services/kernel/saga";
import { eventually } from "../../support/eventually";
import { newestIn } from "../../support/memory-actors";
import { atEveryBoundary, SAGA_FAULTS, type Stage } from "../../support/saga-faults";
import { address, admin, contact, openMarket, shopper, type Market } from "../cart/market";

const UNITS = 1_000_000;
const mia = shopper("mia");

let market: Market;
beforeAll(async () => {
  market = await openMarket();
  for (const [offer, locations] of [
    [market.offers.lamp, ["main"]],
    [market.offers.rug, ["berlin", "hamburg"]],
  ] as const) {
    for (const location of locations) {
      await market.do("stock.receive", { offerId: offer, location, quantity: UNITS });
    }
  }
});
afterAll(() => market.node.stop());

/** A cart of two sellers' goods, ready to be bought. */
async function ready(who: Principal, quantity = 1): Promise<string> {
  const { id } = await market.do("cart.open", { channelId: market.channelId }, who);
  await market.do("cart.add", { id, offerId: market.offers.lamp, quantity: 1 }, who);
  await market.do("cart.add", { id, offerId: market.offers.rug, quantity }, who);
  await market.do("cart.address", { id, contact, shippingAddress: address }, who);
  for (const sellerId of ["lumen", "weave"]) {
    await market.do("cart.ship", { id, sellerId, methodId: market.post }, who);
  }
  return id;
}

async function buy(who: Principal, id: string, method = "tok_ok"): Promise<CheckoutView> {
  const { wrote: _wrote, ...view } = await market.do<CheckoutView & { wrote?: unknown }>(
    "checkout.start",
    { id, payment: { provider: "test", method } },
    who,
  );
  const { result } = contracts.flatMap(({ actions }) => actions["checkout.start"] ?? [])[0] ?? {};
  expect(result?.validate(view, { convert: false })).toEqual({ value: view });
  return view;
}

const paymentOf = (id: string): Promise<PaymentView> => market.do("payment.get", { id }, admin);

const stockOf = (offerId: string, location: string): Promise<StockView> =>
  market.do("stock.get", { offerId, location }, admin);

async function reserved(): Promise<number> {
  const { lamp, rug } = market.offers;
  const all = [stockOf(lamp, "main"), stockOf(rug, "berlin"), stockOf(rug, "hamburg")];
  return (await Promise.all(all)).reduce((sum, one) => sum + one.reserved, 0);
}

it("ends with an order per seller, reserved and paid, and an empty cart; the same key buys once", async () => {
  const before = await reserved();
  const cart = await ready(mia);
  const bought = await market.node.call<CheckoutView>(
    mia,
    "checkout.start",
    { id: cart, payment: { provider: "test", method: "tok_ok" } },
    { commandId: "once" },
  );
  expect(bought).toMatchObject({ status: "done", step: null, failure: null, customerId: "mia" });
  expect(bought.orders.map(({ sellerId }) => sellerId).sort()).toEqual(["lumen", "weave"]);
  const payment = await paymentOf(bought.paymentId ?? "");
  expect(payment).toMatchObject({ status: "authorised", capturedMinor: bought.totalMinor, refundedMinor: 0 });
  expect(await reserved()).toBe(before + 2);
  expect(await market.do("cart.peek", { id: cart }, mia)).toMatchObject({ status: "open", lines: 0, completed: 1 });
  const again = await market.node.call<CheckoutView>(
    mia,
    "checkout.start",
    { id: cart, payment: { provider: "test", method: "tok_ok" } },
    { commandId: "once" },
  );
  expect(again.orders).toEqual(bought.orders);
  expect(await reserved()).toBe(before + 2);
});

it("lets somebody buy whom nobody knows, and shows it to who knows its id", async () => {
  const cart = await ready(ANONYMOUS);
  const { id, status } = await buy(ANONYMOUS, cart);
  expect(status).toBe("done");
  expect(await market.do("checkout.get", { id }, ANONYMOUS)).toMatchObject({ status: "done", customerId: null });
  const own = await buy(mia, await ready(mia));
  await expect(market.do("checkout.get", { id: own.id }, shopper("ben"))).rejects.toMatchObject({
    type: "CART_FOREIGN",
  });
  await expect(
    market.do("checkout.start", { id: await ready(mia), payment: { provider: "test", method: "x" } }, shopper("ben")),
  ).rejects.toMatchObject({ type: "CART_FOREIGN" });
});

it("takes everything back when the card is declined, and lets the customer try again", async () => {
  const before = await reserved();
  const cart = await ready(mia);
  const failed = await buy(mia, cart, "tok_declined");
  expect(failed).toMatchObject({ status: "failed", orders: [], failure: { type: "PAYMENT_DECLINED" } });
  expect(await reserved()).toBe(before);
  expect(await buy(mia, cart)).toMatchObject({ status: "done" });
});

it("cancels the orders when the money cannot be taken", async () => {
  const before = await reserved();
  const failed = await buy(mia, await ready(mia), "tok_capture_declined");
  expect(failed).toMatchObject({ status: "failed", orders: [], failure: { type: "PAYMENT_DECLINED" } });
  expect(await paymentOf(failed.paymentId ?? "")).toMatchObject({ status: "voided", capturedMinor: 0 });
  await eventually("the cancelled orders have given back what they held", async () => (await reserved()) === before);
});

it("waits for the customer whom the bank asks, and goes on when they confirm", async () => {
  const waiting = await buy(mia, await ready(mia), "tok_challenge");
  expect(waiting).toMatchObject({ status: "waiting", step: "authorise" });
  expect(waiting.challenge?.url).toContain("/test-payment/");
  expect(await market.do("checkout.confirm", { id: waiting.id }, mia)).toMatchObject({ status: "done" });
});

it("holds nothing any more when the customer gives up instead", async () => {
  const before = await reserved();
  const cart = await ready(mia);
  const { id } = await buy(mia, cart, "tok_challenge_ignored");
  expect(await reserved()).toBe(before + 2);
  expect(await market.do("checkout.confirm", { id }, mia)).toMatchObject({ status: "waiting" });
  await expect(
    market.do("cart.add", { id: cart, offerId: market.offers.lamp, quantity: 1 }, mia),
  ).rejects.toMatchObject({ type: "CART_LOCKED" });
  const given = await market.do<CheckoutView>("checkout.cancel", { id }, mia);
  expect(given).toMatchObject({ status: "failed", failure: { type: "CANCELLED" } });
  expect(await paymentOf(given.paymentId ?? "")).toMatchObject({ status: "voided" });
  expect(await reserved()).toBe(before);
});

it.each(["tok_webhook", "tok_webhook_doubled", "tok_webhook_reordered"])(
  "goes on by itself when the provider tells by a webhook: %s",
  async (method) => {
    const { id, status, paymentId } = await buy(mia, await ready(mia), method);
    // on a slow machine the webhook may be faster than the answer
    expect(["waiting", "done"]).toContain(status);
    const done = async (): Promise<boolean> =>
      (await market.do<CheckoutView>("checkout.get", { id }, mia)).status === "done";
    await eventually("the webhook has brought the checkout to its end", done);
    const { operations } = await paymentOf(paymentId ?? "");
    expect(operations.map(({ kind, status: end }) => `${kind} ${end}`)).toEqual(["authorise done", "capture done"]);
  },
);

it("refuses more than there is, and says how much can be had", async () => {
  const cart = await ready(mia, 3);
  const { offerId } = { offerId: market.offers.lamp };
  await market.do("stock.adjust", { offerId, location: "main", by: -UNITS, reason: "lost" });
  const failed = await buy(mia, cart);
  await market.do("stock.adjust", { offerId, location: "main", by: UNITS, reason: "found" });
  expect(failed).toMatchObject({
    status: "failed",
    failure: { type: "STOCK_SHORT", data: { offerId, wanted: 1, available: 0 } },
  });
  expect(await buy(mia, cart)).toMatchObject({ status: "done" });
});

it("refuses a provider that there is not", async () => {
  const start = { id: await ready(mia), payment: { provider: "nowhere", method: "tok_ok" } };
  expect(await market.do<CheckoutView>("checkout.start", start, mia)).toMatchObject({
    status: "failed",
    failure: { type: "PAYMENT_PROVIDER" },
  });
});

let customers = 0;

/** A checkout that has begun, to be driven by the test instead of the service. */
async function stage(method: string): Promise<Stage> {
  const who = shopper(`customer-${++customers}`);
  const cartId = await ready(who);
  const cart = await market.do<object>("cart.peek", { id: cartId }, who);
  const { shippingAddress, billingAddress } = cart as { shippingAddress: object; billingAddress: null };
  const id = `checkout-${customers}`;
  const before = await reserved();
  const caller: Caller = { call: (action, params, { meta }) => market.node.broker.call(action, params, { meta }) };
  await market.do("checkout.begin", {
    ...{ id, cartId, channelId: market.channelId, customerId: who.id, provider: "test", method, capture: "order" },
    ...{ agreedMinor: null, contact, shippingAddress, billingAddress },
  });
  const histories = market.node.histories.get("checkout");
  if (!histories) throw new Error("there are no checkouts");
  const newest = newestIn(histories);
  const deps = { reader: { newest }, now: () => market.node.node.clock.now(), pause: () => Promise.resolve() };
  const drive = createDrive(checkoutSaga, deps);
  return {
    caller,
    drive: (by) => drive(id, { caller: by, meta: { trace: "test" } }),
    async judge() {
      const state = (await newest(id))?.state as Begun<CheckoutData>;
      const units = state.status === "done" ? 2 : 0;
      const orders = await Promise.all(["lumen", "weave"].map((sellerId) => carriedOut(id, sellerId)));
      const { status: cartStatus } = await market.do<{ status: string }>("cart.peek", { id: cartId }, who);
      const found = {
        ended: hasEnded(state),
        held: (await reserved()) - before,
        orders: orders.filter((status) => status === "placed").length,
        taken: await capturedOf(id),
        locked: cartStatus === "locked",
      };
      const taken = units === 0 ? 0 : (state.totalMinor ?? 0);
      const wanted = { ended: true, held: units, orders: units, taken, locked: false };
      const text = JSON.stringify(found);
      return text === JSON.stringify(wanted) ? [] : [`${state.status}: ${text}`];
    },
  };
}

/** How an order stands after everything that it asked for was done; null where there is none. */
async function carriedOut(checkoutId: string, sellerId: string): Promise<string | null> {
  const id = orderIdOf({ checkoutId, sellerId });
  try {
    await market.do("order.carryOut", { id });
    return (await market.do<{ status: string }>("order.get", { id })).status;
  } catch (error) {
    if ((error as { type?: string }).type === "NOT_FOUND") return null;
    throw error;
  }
}

async function capturedOf(id: string): Promise<number> {
  const found = await market.do<PaymentView>("payment.get", { id: paymentIdOf(id) }).catch(() => null);
  return found?.capturedMinor ?? 0;
}

describe.each(["tok_ok", "tok_declined", "tok_capture_declined"])("with %s, a fault at any boundary", (method) => {
  it("ends with orders that are paid, or with nothing held", async () => {
    const boundaries = await atEveryBoundary("checkout", () => stage(method));
    expect(new Set(boundaries.map(({ fault }) => fault)).size).toBe(SAGA_FAULTS.length);
    expect(boundaries.length).toBeGreaterThan(40);
    expect(boundaries.filter(({ faults }) => faults.length > 0)).toEqual([]);
  }, 120_000);
});
