/** Buying over the real services: what a checkout leaves behind, whoever dies, refuses or goes away. */
import type { CheckoutView } from "../../../models/checkout/checkout.contract";
import { contracts } from "../../../models/contracts";
import type { WriteMark } from "../../../models/kernel/contract";
import type { PagedEntries } from "../../../models/ledger/ledger.contract";
import type { Row } from "../../../models/kernel/row";
import { OWN_LANGUAGES } from "../../../models/kernel/text";
import { orderIdOf } from "../../../models/order/order.place.contract";
import type { PlacedOrder } from "../../../models/order/order.state.aggregate";
import type { OrderView } from "../../../models/order/order.view.contract";
import type { PaymentView } from "../../../models/payment/payment.standing.contract";
import type { StockView } from "../../../models/stock/stock.contract";
import { ANONYMOUS, type Principal } from "../../../services/kernel/call";
import { eventually } from "../../support/eventually";
import { address, admin, contact, openMarket, shopper, type Market } from "../cart/market";

const mia = shopper("mia");
/** What the market has of a thing, and then some, in two places for one of them. */
const MORE = 900;

let market: Market;
beforeAll(async () => {
  market = await openMarket();
  await market.do("stock.receive", { offerId: market.offers.lamp, location: "berlin", quantity: MORE });
  await market.do("stock.receive", { offerId: market.offers.rug, location: "hamburg", quantity: MORE });
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
  const all = [stockOf(lamp, "berlin"), stockOf(rug, "berlin"), stockOf(rug, "hamburg")];
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

it.each(OWN_LANGUAGES)(
  "places orders in the language that was asked for, in which is written to them (%s)",
  async (language) => {
    const payment = { provider: "test", method: "tok_ok" };
    const start = { id: await ready(mia), payment, language };
    const { orders } = await market.do<CheckoutView>("checkout.start", start, mia);
    const ids = orders.map(({ orderId }) => orderId);
    const rows = (await market.node.histories.get("order")?.newest(ids)) ?? new Map<string, Row>();
    expect(ids.map((id) => (rows.get(id)?.state as PlacedOrder | undefined)?.language)).toEqual([language, language]);
  },
);

it("answers with what it wrote of its orders, also to who asks again", async () => {
  const cart = await ready(mia);
  const start = { id: cart, payment: { provider: "test", method: "tok_ok" } };
  const buyIt = () =>
    market.node.call<CheckoutView & { wrote: WriteMark[] }>(mia, "checkout.start", start, { commandId: "marked" });
  const { orders, wrote } = await buyIt();
  expect(wrote).toHaveLength(orders.length);
  for (const { orderId } of orders) {
    const { version } = await market.do<OrderView>("order.get", { id: orderId }, admin);
    expect(wrote.find(({ source }) => source === `order/${orderId}`)?.version).toBe(version);
  }
  expect((await buyIt()).wrote).toEqual(wrote);
});

it("gives whoever repeats the request the same order, also when the cart is another one by then", async () => {
  const cart = await ready(ANONYMOUS);
  const start = (method: string) =>
    market.node.call<CheckoutView>(
      ANONYMOUS,
      "checkout.start",
      { id: cart, payment: { provider: "test", method } },
      { commandId: "lost" },
    );
  const { id, orders } = await start("tok_ok");
  expect(await start("tok_ok")).toMatchObject({ id, orders, status: "done" });
  await expect(start("tok_other")).rejects.toMatchObject({ type: "IDEMPOTENCY_KEY_REUSED" });
});

it("stands in the books of its sellers, and with its invoice at each order", async () => {
  const { id: checkoutId, totalMinor } = await buy(mia, await ready(mia));
  const sold = ["lumen", "weave"].map((sellerId) => ({ sellerId, id: orderIdOf({ checkoutId, sellerId }) }));
  let paidMinor = 0;
  for (const { sellerId, id } of sold) {
    // what the orders' timers do in a mall that runs
    await market.do("order.carryOut", { id });
    const { problems, papers } = await market.do<OrderView>("order.get", { id }, admin);
    expect([problems, papers.map(({ kind }) => kind)]).toEqual([[], ["invoice"]]);
    const { items } = await market.do<PagedEntries>("ledger.entries", { sellerId, currency: "EUR" }, admin);
    const postings = items.filter(({ reference }) => reference.startsWith(`${id}/`)).flatMap((one) => one.postings);
    expect(postings.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(0);
    paidMinor += postings.find(({ account }) => account === "cash")?.amountMinor ?? 0;
  }
  expect(paidMinor).toBe(totalMinor);
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
  // what the orders' timers do in a mall that runs
  for (const sellerId of ["lumen", "weave"]) {
    await market.do("order.carryOut", { id: orderIdOf({ checkoutId: failed.id, sellerId }) });
  }
  expect(await reserved()).toBe(before);
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
  const offerId = market.offers.lamp;
  const { onHand, reserved: held } = await stockOf(offerId, "berlin");
  await market.do("stock.adjust", { offerId, location: "berlin", by: held - onHand, reason: "lost" });
  const { status, failure } = await buy(mia, cart);
  await market.do("stock.adjust", { offerId, location: "berlin", by: onHand - held, reason: "found" });
  expect([status, failure?.type]).toEqual(["failed", "CART_CHANGED"]);
  expect(failure?.data).toMatchObject({ changes: [{ kind: "stock", wanted: 1, available: 0 }] });
  expect(await buy(mia, cart)).toMatchObject({ status: "done" });
});

it.each(["contact and the country alone", "an address, too"])("sells files, which nobody sends: %s", async (said) => {
  const product = { title: { en: `Book, ${said}` }, channels: [market.channelId], publish: true };
  const { id: productId } = await market.do("product.create", product);
  const price = { amountMinor: 500, currency: "EUR" };
  const file = { productId, sellerId: "lumen", sku: productId, price, condition: "new", delivery: "digital" };
  const { id: offerId } = await market.do("offer.make", file);
  const { id } = await market.do("cart.open", { channelId: market.channelId }, ANONYMOUS);
  await market.do("cart.add", { id, offerId, quantity: 1 }, ANONYMOUS);
  const where = said === "an address, too" ? { shippingAddress: address } : { country: "DE" };
  await market.do("cart.address", { id, contact, ...where }, ANONYMOUS);
  const view = await buy(ANONYMOUS, id);
  expect([view.failure, view.status]).toEqual([null, "done"]);
  const order = await market.do<OrderView>("order.get", { id: view.orders[0]?.orderId ?? "" }, admin);
  expect(order).toMatchObject({ status: "delivered", parcel: null, money: { status: "captured", totalMinor: 500 } });
});

it("refuses a provider that there is not", async () => {
  const start = { id: await ready(mia), payment: { provider: "nowhere", method: "tok_ok" } };
  expect(await market.do<CheckoutView>("checkout.start", start, mia)).toMatchObject({
    status: "failed",
    failure: { type: "PAYMENT_PROVIDER" },
  });
});
