/** Goods that come back against other articles of the same seller: held, inspected, and only the difference moves. */
import type { RequestedReturn, ReturnView } from "../../../models/return/return.contract";
import type { PaymentView } from "../../../models/payment/payment.standing.contract";
import type { StockView } from "../../../models/stock/stock.contract";
import type { SupplementView } from "../../../models/supplement/supplement.contract";
import { sendDue } from "../../support/due";
import { openPurchases, type Bought, type Purchases } from "./purchase";

const MIA = { id: "mia", permissions: [], grants: [{ role: "shopper", party: "mia" }] };
const SAM = { id: "sam", permissions: [], grants: [{ role: "seller-staff", party: "seller-1" }] };
const DAY_MS = 86_400_000;
const ONE = [{ lineId: "l1", quantity: 1 }];

let mall: Purchases;
beforeAll(async () => {
  mall = await openPurchases();
  await mall.call("tax.set", { country: "DE", name: { en: "VAT" }, standardBp: 1_900 });
});
afterAll(() => mall.mall.stop());

let articles = 0;
/** Something else of a seller, of which five are there. */
async function article(amountMinor: number, sellerId = "seller-1"): Promise<string> {
  const title = { en: `Shade ${++articles}` };
  const { id: productId } = await mall.call("product.create", { title, channels: [mall.channelId], publish: true });
  const price = { amountMinor, currency: "EUR" };
  const sku = `shade-${articles}`;
  const { id } = await mall.call("offer.make", { productId, sellerId, sku, price, condition: "new" });
  await mall.call("stock.receive", { offerId: id, location: "berlin", quantity: 5 });
  return id;
}

/** Two lamps of 1,000, less a discount of 100, and 590 for sending. */
async function sent(): Promise<Bought> {
  const bought = await mall.bought(2);
  await mall.mall.call(SAM, "order.ship", { id: bought.id });
  await mall.settle();
  return bought;
}

const ask = (orderId: string, offerId: string, more: object = {}): Promise<RequestedReturn> =>
  mall.mall.call<RequestedReturn>(MIA, "return.request", {
    ...{ orderId, kind: "exchange", lines: ONE, articles: [{ offerId, quantity: 1 }], reason: "too small", ...more },
  });
const get = (id: string): Promise<ReturnView> => mall.mall.call<ReturnView>(MIA, "return.get", { id });
const shelf = async (offerId: string): Promise<readonly [number, number]> => {
  const { onHand, reserved } = await mall.call<StockView>("stock.get", { offerId, location: "berlin" });
  return [onHand, reserved];
};
const payment = (id: string): Promise<PaymentView> => mall.call<PaymentView>("payment.get", { id });

async function approved(id: string): Promise<void> {
  await mall.mall.call(SAM, "return.approve", { id });
  await mall.settle();
}

async function inspected(id: string, more: object = {}): Promise<ReturnView> {
  await mall.mall.call(SAM, "return.inspect", { id, lines: [{ ...ONE[0], restock: true }], ...more });
  await mall.settle();
  return get(id);
}

test("a cheaper article is held from the approval on; what is left over is paid back, and it is sent", async () => {
  const { id: orderId, paymentId } = await sent();
  const [offerId, lamps] = [await article(700), await mall.stock()];
  const { id } = await ask(orderId, offerId);
  expect(await get(id)).toMatchObject({
    exchange: { totalMinor: 700, creditMinor: 950, differenceMinor: -250, held: false, heldUntil: null },
  });
  expect(await shelf(offerId)).toEqual([5, 0]);
  await approved(id);
  expect(await shelf(offerId)).toEqual([5, 1]);
  expect(await get(id)).toMatchObject({ status: "approved", exchange: { held: true } });
  const done = await inspected(id, { keepMinor: 50 });
  expect(done).toMatchObject({ status: "settled", replacementId: null, exchange: { held: false } });
  const order = await mall.orderOf(orderId);
  expect(order).toMatchObject({ status: "part-shipped", raise: null, problems: [] });
  // 1,900 + 590, and 700 that 900 of the lamp were put against
  expect(order.money).toMatchObject({ capturedMinor: 3_190, refundedMinor: 900, exchangedMinor: 700 });
  expect(order.papers.map(({ kind }) => kind)).toEqual(["invoice", "credit-note", "invoice"]);
  expect(await payment(paymentId)).toMatchObject({ capturedMinor: 2_490, refundedMinor: 200 });
  expect((await mall.stock()).onHand).toBe(lamps.onHand + 1);
  await mall.mall.call(SAM, "order.ship", { id: orderId });
  await mall.settle();
  expect(await mall.orderOf(orderId)).toMatchObject({ status: "shipped", problems: [] });
  expect(await shelf(offerId)).toEqual([4, 0]);
  await mall.balanced();
});

test("a dearer one waits for the difference, which alone is charged; what came instead can be returned", async () => {
  const { id: orderId, paymentId } = await sent();
  const [offerId, book] = [await article(1_500), await mall.book()];
  const { id } = await ask(orderId, offerId);
  await approved(id);
  await inspected(id);
  const { raise, money } = await mall.orderOf(orderId);
  expect(raise).toMatchObject({ totalMinor: 550, exchange: { returnId: id, creditMinor: 950 } });
  expect(money).toMatchObject({ capturedMinor: 2_490, refundedMinor: 0 });
  const agreed = { orderId, raiseId: raise?.raiseId, payment: { provider: "test", method: "tok_ok" } };
  const paid = await mall.mall.call<SupplementView>(MIA, "supplement.start", agreed);
  expect(paid).toMatchObject({ status: "done", amountMinor: 550 });
  await mall.settle();
  const order = await mall.orderOf(orderId);
  expect(order).toMatchObject({ status: "part-shipped", raise: null, problems: [] });
  expect(order.money.payments).toMatchObject([
    { paymentId, capturedMinor: 2_490, refundedMinor: 0 },
    { paymentId: paid.paymentId, capturedMinor: 550, refundedMinor: 0 },
  ]);
  expect(order.money).toMatchObject({ status: "captured", exchangedMinor: 950 });
  // one fee for the payment of 550, none for what was put against it
  const after = await mall.book();
  expect(after.balances.cash - book.balances.cash).toBe(550);
  expect(after.balances.fees - book.balances.fees).toBe(-30);
  await mall.mall.call(SAM, "order.ship", { id: orderId });
  await mall.settle();
  const lineId = order.lines[1]?.lineId ?? "";
  const { id: back } = await mall.mall.call<RequestedReturn>(MIA, "return.request", {
    ...{ orderId, kind: "return", lines: [{ lineId, quantity: 1 }], reason: "too big" },
  });
  await mall.mall.call(SAM, "return.approve", { id: back });
  await mall.mall.call(SAM, "return.inspect", { id: back, lines: [{ lineId, quantity: 1, restock: true }] });
  await mall.settle();
  expect((await mall.orderOf(orderId)).money.refundedMinor).toBe(950 + 1_500);
  expect([await payment(paid.paymentId), await payment(paymentId)]).toMatchObject([
    { refundedMinor: 550 },
    { refundedMinor: 950 },
  ]);
  expect(await shelf(offerId)).toEqual([5, 0]);
  await mall.balanced();
});

test.each(["refused", "lapsed"])(
  "a difference that is %s: the money goes back, and nothing stays held",
  async (how) => {
    const { id: orderId } = await sent();
    const offerId = await article(1_500);
    const { id } = await ask(orderId, offerId);
    await approved(id);
    await inspected(id);
    const { raise } = await mall.orderOf(orderId);
    if (how === "refused") await mall.mall.call(MIA, "order.refuseRaise", { id: orderId, raiseId: raise?.raiseId });
    else await sendDue(mall.mall, ["order"], new Date(Date.now() + 4 * DAY_MS).toISOString());
    await mall.settle();
    expect(await mall.orderOf(orderId)).toMatchObject({ raise: null, problems: [], money: { refundedMinor: 950 } });
    expect(await shelf(offerId)).toEqual([5, 0]);
    await mall.balanced();
  },
);

test.each([
  ["rejected", SAM, "return.reject", { reason: "worn" }],
  ["withdrawn", MIA, "return.withdraw", {}],
])("nothing stays held for an exchange that is %s", async (status, who, action, more) => {
  const { id: orderId } = await sent();
  const offerId = await article(900);
  const { id } = await ask(orderId, offerId);
  await approved(id);
  expect(await shelf(offerId)).toEqual([5, 1]);
  await mall.mall.call(who, action, { id, ...more });
  await mall.settle();
  expect(await get(id)).toMatchObject({ status, exchange: { held: false } });
  expect(await shelf(offerId)).toEqual([5, 0]);
});

test("what nothing comes back for is held for thirty days; what comes later is paid back", async () => {
  const { id: orderId } = await sent();
  const offerId = await article(900);
  const { id } = await ask(orderId, offerId);
  await approved(id);
  const due = (days: number) => sendDue(mall.mall, ["return"], new Date(Date.now() + days * DAY_MS).toISOString());
  await due(29);
  expect(await shelf(offerId)).toEqual([5, 1]);
  await due(31);
  expect(await shelf(offerId)).toEqual([5, 0]);
  expect(await get(id)).toMatchObject({ status: "approved", exchange: { held: false } });
  await inspected(id);
  expect((await mall.orderOf(orderId)).money).toMatchObject({ refundedMinor: 950, exchangedMinor: 0 });
});

test("what is not there is not approved; what another takes in that moment waits for its seller again", async () => {
  const { id: orderId } = await sent();
  const offerId = await article(900);
  const { id } = await ask(orderId, offerId, { articles: [{ offerId, quantity: 5 }] });
  const other = { offerId, location: "berlin", quantity: 1, holdId: "another" };
  await mall.call("stock.reserve", other);
  await expect(mall.mall.call(SAM, "return.approve", { id })).rejects.toMatchObject({
    type: "STOCK_SHORT",
    data: { wanted: 5, available: 4 },
  });
  await mall.call("stock.release", other);
  await mall.mall.call(SAM, "return.approve", { id });
  await mall.call("stock.reserve", { ...other, holdId: "a-third" });
  await mall.settle();
  expect(await get(id)).toMatchObject({
    ...{ status: "requested", decision: expect.stringMatching(/^STOCK_SHORT/) as string, exchange: { held: false } },
  });
  expect(await shelf(offerId)).toEqual([5, 1]);
  await mall.call("stock.release", { ...other, holdId: "a-third" });
  await approved(id);
  expect(await shelf(offerId)).toEqual([5, 5]);
});

test("what is another's, gone, of a replacement or of no exchange is refused by name", async () => {
  const { id: orderId } = await sent();
  const [offerId, others] = [await article(900), await article(900, "seller-2")];
  await expect(ask(orderId, others)).rejects.toMatchObject({ type: "ORDER_RAISE", data: { offerId: others } });
  await expect(ask(orderId, "no-such-offer")).rejects.toMatchObject({ type: "OFFER_WITHDRAWN" });
  await expect(ask(orderId, offerId, { kind: "return" })).rejects.toMatchObject({ type: "RETURN_EXCHANGE" });
  const { id } = await ask(orderId, offerId, { articles: undefined });
  await approved(id);
  const { replacementId } = await inspected(id);
  await mall.mall.call(SAM, "order.ship", { id: replacementId });
  await mall.settle();
  await expect(ask(replacementId ?? "", offerId)).rejects.toMatchObject({ type: "RETURN_EXCHANGE" });
  // two differences at once would be two proposals: one after the other
  const dear = await article(2_000);
  const first = await ask(orderId, dear);
  await approved(first.id);
  await inspected(first.id);
  const next = await sent();
  const elsewhere = await ask(next.id, dear);
  await approved(elsewhere.id);
  await inspected(elsewhere.id);
  const again = await ask(next.id, dear);
  await approved(again.id);
  await expect(inspected(again.id)).rejects.toMatchObject({
    type: "RETURN_EXCHANGE",
    data: { returnId: elsewhere.id },
  });
});
