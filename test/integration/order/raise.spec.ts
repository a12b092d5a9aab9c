/** More of an order than was bought: proposed by its seller, paid by its customer, or the order stays as it was. */
import type { OrderView } from "../../../models/order/order.view.contract";
import type { OrderGroupView } from "../../../models/ordergroup/ordergroup.contract";
import type { PaymentView } from "../../../models/payment/payment.standing.contract";
import type { StockView } from "../../../models/stock/stock.contract";
import type { SupplementView } from "../../../models/supplement/supplement.contract";
import { contracts } from "../../../models/contracts";
import type { Principal } from "../../../services/kernel/call";
import { sendDue } from "../../support/due";
import { eventually } from "../../support/eventually";
import { openPurchases, type Bought, type Purchases } from "./purchase";

const MIA: Principal = { id: "mia", permissions: [], grants: [{ role: "shopper", party: "mia" }] };
const EVE: Principal = { id: "eve", permissions: [], grants: [{ role: "shopper", party: "eve" }] };
const SAM: Principal = { id: "sam", permissions: [], grants: [{ role: "seller-staff", party: "seller-1" }] };
const DAY_MS = 86_400_000;

let mall: Purchases;
beforeAll(async () => {
  mall = await openPurchases();
});
afterAll(() => mall.mall.stop());

/** Two more lamps of 1,000 are proposed for an order of two. */
async function raised(capture: "order" | "shipment" = "order"): Promise<Bought & { readonly raiseId: string }> {
  const bought = await mall.bought(2, capture);
  const lines = [{ lineId: "l1", quantity: 2 }];
  await mall.mall.call(SAM, "order.raise", { id: bought.id, lines, reason: "asked on the phone" });
  const { raise } = await mall.orderOf(bought.id);
  expect(raise).toMatchObject({ totalMinor: 2_000, lines: [{ quantity: 2, unitMinor: 1_000, discounts: [] }] });
  return { ...bought, raiseId: raise?.raiseId ?? "" };
}

const pay = (orderId: string, raiseId: string, method = "tok_ok", who = MIA): Promise<SupplementView> =>
  mall.mall.call<SupplementView>(who, "supplement.start", { orderId, raiseId, payment: { provider: "test", method } });
const payment = (id: string): Promise<PaymentView> => mall.call<PaymentView>("payment.get", { id });
/** What of an order a proposal may not touch before it is paid. */
const asItWas = ({ raise: _raise, version: _version, ...order }: OrderView): object => order;

test("the order grows when the difference is paid: reserved, booked, on an invoice of its own", async () => {
  const [before, book] = [await mall.stock(), await mall.book()];
  const { id, raiseId, paymentId } = await raised();
  const view = await pay(id, raiseId);
  expect(view).toMatchObject({ status: "done", amountMinor: 2_000, failure: null });
  await mall.settle();
  const order = await mall.orderOf(id);
  expect(order).toMatchObject({ status: "placed", raise: null, problems: [] });
  expect(order.lines.map(({ quantity, totalMinor }) => [quantity, totalMinor])).toEqual([
    [2, 1_900],
    [2, 2_000],
  ]);
  expect(order.money).toMatchObject({ status: "captured", totalMinor: 4_490, capturedMinor: 4_490 });
  expect(order.money.payments).toEqual([
    { paymentId, capturedMinor: 2_490, refundedMinor: 0 },
    { paymentId: view.paymentId, capturedMinor: 2_000, refundedMinor: 0 },
  ]);
  expect(order.papers.map(({ kind }) => kind)).toEqual(["invoice", "invoice"]);
  expect((await mall.stock()).reserved).toBe(before.reserved + 4);
  expect((await mall.book()).balances.cash).toBe(book.balances.cash + 4_490);
  await mall.balanced();
  // what was agreed is agreed once: the same proposal takes no second payment
  await expect(pay(id, raiseId)).rejects.toMatchObject({ type: "ORDER_RAISE" });
  await mall.mall.call(SAM, "order.ship", { id });
  await mall.settle();
  expect(await mall.orderOf(id)).toMatchObject({ status: "shipped", problems: [] });
  expect((await mall.stock()).onHand).toBe(before.onHand - 4);
});

/** Something of a seller that is sold in the order's channel. */
async function article(sku: string, sellerId = "seller-1", more: object = {}): Promise<string> {
  const title = { en: `Shade ${sku}` };
  const { id: productId } = await mall.call("product.create", { title, channels: [mall.channelId], publish: true });
  const price = { amountMinor: 2_500, currency: "EUR" };
  const { id } = await mall.call("offer.make", { productId, sellerId, sku, price, condition: "new", ...more });
  if (!("delivery" in more)) await mall.call("stock.receive", { offerId: id, location: "berlin", quantity: 5 });
  return id;
}

test("what was not in it comes to an order, at the price that its customer has now; refusals are named", async () => {
  await mall.call("tax.set", { country: "DE", name: { en: "VAT" }, standardBp: 700 });
  const [offerId, file, others] = [
    await article("shade"),
    await article("book", "seller-1", { delivery: "digital" }),
    await article("lamp", "seller-2"),
  ];
  const { id } = await mall.bought(2);
  const propose = (more: object) => mall.mall.call(SAM, "order.raise", { id, reason: "asked on the phone", ...more });
  await expect(propose({ articles: [{ offerId: others, quantity: 1 }] })).rejects.toMatchObject({
    type: "ORDER_RAISE",
    data: { offerId: others },
  });
  await expect(propose({ articles: [{ offerId: "no-such-offer", quantity: 1 }] })).rejects.toMatchObject({
    type: "OFFER_WITHDRAWN",
  });
  const articles = [
    { offerId, quantity: 2 },
    { offerId: file, quantity: 1 },
  ];
  await propose({ articles, lines: [{ lineId: "l1", quantity: 1 }] });
  const { raise } = await mall.orderOf(id);
  expect(raise).toMatchObject({ totalMinor: 1_000 + 2 * 2_500 + 2_500 });
  expect(raise?.lines.map(({ taxRateBp, taxMinor, discounts }) => [taxRateBp, taxMinor, discounts])).toEqual([
    [1_900, 160, []],
    [700, 327, []],
    [700, 164, []],
  ]);
  expect(await pay(id, raise?.raiseId ?? "")).toMatchObject({ status: "done", amountMinor: 8_500 });
  await mall.settle();
  const grown = await mall.orderOf(id);
  expect(grown.money).toMatchObject({ capturedMinor: 2_490 + 8_500 });
  expect(grown.lines.map(({ offerId: of, quantity }) => [of, quantity]).slice(2)).toEqual([
    [offerId, 2],
    [file, 1],
  ]);
  await mall.mall.call(SAM, "order.ship", { id });
  await mall.settle();
  expect(await mall.orderOf(id)).toMatchObject({ status: "shipped", problems: [] });
  const { onHand, reserved } = await mall.call<StockView>("stock.get", { offerId, location: "berlin" });
  expect([onHand, reserved]).toEqual([3, 0]);
  await mall.balanced();
});

test("what is given back comes from the newest payment first, and never from one more than it took", async () => {
  const { id, raiseId, paymentId } = await raised();
  const { paymentId: second } = await pay(id, raiseId);
  await mall.settle();
  await mall.call("order.refund", { id, amountMinor: 2_100, reason: "scratched" });
  await mall.settle();
  expect([await payment(second), await payment(paymentId)]).toMatchObject([
    { refundedMinor: 2_000 },
    { refundedMinor: 100 },
  ]);
  const left = { type: "ORDER_REFUND_MAX", data: { leftMinor: 2_390 } };
  await expect(mall.call("order.refund", { id, amountMinor: 2_391, reason: "more" })).rejects.toMatchObject(left);
  await mall.mall.call(MIA, "order.cancel", { id });
  await mall.settle();
  expect((await mall.orderOf(id)).money).toMatchObject({ capturedMinor: 4_490, refundedMinor: 4_490 });
  expect(await payment(paymentId)).toMatchObject({ refundedMinor: 2_490 });
  await mall.balanced();
});

test("an order that is paid by shipment takes the rest as it is sent; what came to it is paid", async () => {
  const { id, raiseId, paymentId } = await raised("shipment");
  const { paymentId: second } = await pay(id, raiseId);
  await mall.settle();
  expect((await mall.orderOf(id)).money).toMatchObject({ status: "part-captured", capturedMinor: 2_000 });
  await mall.mall.call(SAM, "order.ship", { id });
  await mall.settle();
  expect(await mall.orderOf(id)).toMatchObject({ problems: [], money: { status: "captured", capturedMinor: 4_490 } });
  expect([await payment(second), await payment(paymentId)]).toMatchObject([
    { capturedMinor: 2_000 },
    { capturedMinor: 2_490 },
  ]);
  await mall.balanced();
});

let probes = 0;
/** What is done about a payment of 20.00, known to whoever judges. */
async function judging(outcome: "allow" | "review" | "block"): Promise<void> {
  const rules = outcome === "allow" ? [] : [{ name: "more", feature: "TX_AMOUNT", atLeast: 20, outcome }];
  const thresholds = { challenge: 0.97, review: 0.98, block: 0.99 };
  await mall.call("fraudpolicy.set", { thresholds, rules, releaseAloneMaxMinor: 50_000 });
  const whose = { customerId: null, subject: "probe", contact: null, address: null, sellerId: "seller-1" };
  const paid = { provider: "test", method: "tok_ok", amountMinor: 2_000, currency: "EUR" };
  await eventually("the policy is known", async () => {
    const asked = { checkoutId: `probe-${++probes}`, round: 1, ...whose, ...paid };
    const judged = await mall.call<{ outcome: string }>("fraud.assess", asked).catch(() => ({ outcome: "block" }));
    return judged.outcome === outcome;
  });
}

test("the payment for more is judged as one at checkout is: it waits for a person, or is not taken", async () => {
  const before = await mall.stock();
  await judging("review");
  const { id, raiseId } = await raised();
  const held = await pay(id, raiseId);
  expect(held).toMatchObject({ status: "waiting", step: "assess", challenge: null });
  expect(await mall.call("assessment.get", { id: held.id })).toMatchObject({
    ...{ status: "waiting", listener: "supplement", customerId: "mia", amountMinor: 2_000 },
  });
  await mall.call("assessment.release", { id: held.id });
  await sendDue(mall.mall, ["assessment"], new Date(Date.now() + 60_000).toISOString());
  await mall.settle();
  expect((await mall.orderOf(id)).lines).toHaveLength(2);
  expect((await mall.stock()).reserved).toBe(before.reserved + 4);
  await judging("block");
  const next = await raised();
  const was = asItWas(await mall.orderOf(next.id));
  expect(await pay(next.id, next.raiseId)).toMatchObject({ status: "failed", failure: { type: "CHECKOUT_BLOCKED" } });
  expect(asItWas(await mall.orderOf(next.id))).toEqual(was);
  await judging("allow");
});

test.each([
  ["is declined", "tok_declined", "PAYMENT_DECLINED"],
  ["cannot be captured", "tok_capture_declined", "PAYMENT_DECLINED"],
])("a payment that %s leaves the order as it was", async (_what, method, type) => {
  const before = await mall.stock();
  const { id, raiseId } = await raised();
  const was = asItWas(await mall.orderOf(id));
  const view = await pay(id, raiseId, method);
  expect(view).toMatchObject({ status: "failed", failure: { type } });
  await mall.settle();
  expect(asItWas(await mall.orderOf(id))).toEqual(was);
  expect((await mall.stock()).reserved).toBe(before.reserved + 2);
  expect((await payment(view.paymentId)).capturedMinor).toBe(0);
  // it is still proposed, and another card may do
  expect(await pay(id, raiseId)).toMatchObject({ status: "done" });
});

test("refused, lapsed or overtaken, it leaves the order as it was; what was taken meanwhile goes back", async () => {
  const { id, raiseId } = await raised();
  const was = asItWas(await mall.orderOf(id));
  await expect(pay(id, raiseId, "tok_ok", EVE)).rejects.toMatchObject({ type: "NOT_FOUND" });
  const waiting = await pay(id, raiseId, "tok_challenge");
  expect(waiting).toMatchObject({ status: "waiting", challenge: { url: expect.any(String) as string } });
  await expect(mall.mall.call(EVE, "order.refuseRaise", { id, raiseId })).rejects.toMatchObject({ type: "FORBIDDEN" });
  await mall.mall.call(MIA, "order.refuseRaise", { id, raiseId });
  const ended = await mall.mall.call<SupplementView>(MIA, "supplement.confirm", { id: waiting.id });
  expect(ended).toMatchObject({ status: "failed", failure: { type: "ORDER_RAISE" } });
  const { capturedMinor, refundedMinor } = await payment(waiting.paymentId);
  expect([capturedMinor, refundedMinor]).toEqual([2_000, 2_000]);
  await mall.settle();
  expect(asItWas(await mall.orderOf(id))).toEqual(was);
  const lapsed = await raised();
  const soon = new Date(Date.now() + 4 * DAY_MS).toISOString();
  await sendDue(mall.mall, ["order"], soon);
  expect((await mall.orderOf(lapsed.id)).raise).toBeNull();
  await expect(pay(lapsed.id, lapsed.raiseId)).rejects.toMatchObject({ type: "ORDER_RAISE" });
  await mall.balanced();
});

test("more than there is, or of an order that is over, cannot be had; each is said", async () => {
  const { id } = await mall.bought(1);
  const raise = (lines: object[]) => mall.mall.call(SAM, "order.raise", { id, lines, reason: "more" });
  await expect(raise([{ lineId: "l9", quantity: 1 }])).rejects.toMatchObject({ type: "ORDER_UNITS" });
  await raise([{ lineId: "l1", quantity: 5_000 }]);
  const { raise: proposed } = await mall.orderOf(id);
  const view = await pay(id, proposed?.raiseId ?? "");
  expect(view).toMatchObject({ status: "failed", failure: { type: "STOCK_SHORT" } });
  await mall.mall.call(SAM, "order.ship", { id });
  await expect(raise([{ lineId: "l1", quantity: 1 }])).rejects.toMatchObject({ type: "ORDER_STATUS" });
});

test("the group shows every payment and every return of its orders, to whom it belongs", async () => {
  const { id, raiseId, paymentId } = await raised();
  const { paymentId: second } = await pay(id, raiseId);
  await mall.mall.call(SAM, "order.ship", { id });
  await mall.settle();
  const lines = [{ lineId: "l1", quantity: 1 }];
  const asked = await mall.mall.call<{ id: string }>(MIA, "return.request", {
    ...{ orderId: id, kind: "return", lines, reason: "does not fit" },
  });
  const { groupId } = await mall.orderOf(id);
  const group = await mall.mall.call<OrderGroupView>(MIA, "ordergroup.get", { id: groupId });
  expect(group.payments).toMatchObject([
    { paymentId, capturedMinor: 2_490, refundedMinor: 0, orderIds: [id] },
    { paymentId: second, capturedMinor: 2_000, refundedMinor: 0, orderIds: [id] },
  ]);
  expect(group).toMatchObject({ totalMinor: 4_490, orders: [{ orderId: id, status: "shipped", totalMinor: 4_490 }] });
  expect(group.returns).toMatchObject([{ returnId: asked.id, orderId: id, kind: "return", status: "requested" }]);
  const { result } = contracts.flatMap(({ actions }) => actions["ordergroup.get"] ?? [])[0] ?? {};
  expect(result?.validate(group, { convert: false }).error).toBeUndefined();
  await expect(mall.mall.call(EVE, "ordergroup.get", { id: groupId })).rejects.toMatchObject({ type: "FORBIDDEN" });
});
