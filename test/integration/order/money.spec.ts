/** From the placing to the payout on all services in one process: stock, payment and books say the same. */
import { ACCOUNTS } from "../../../models/ledger/ledger.book.contract";
import type { BookView, PagedEntries } from "../../../models/ledger/ledger.contract";
import type { Receipt } from "../../../models/kernel/contract";
import type { OrderView } from "../../../models/order/order.view.contract";
import type { PlaceOrder } from "../../../models/order/order.place.contract";
import type { PayoutView, Statement } from "../../../models/payout/payout.contract";
import type { PaymentView } from "../../../models/payment/payment.standing.contract";
import type { StockView } from "../../../models/stock/stock.contract";
import { openMemoryNode, type MemoryNode } from "../../support/memory-node";
import { sendDue } from "../../support/due";
import { placeOrder, quoteLine } from "../../support/orders";

const ROOT = { id: "root", permissions: ["*"] };
const TIMED = ["order", "ledger", "payout"];
const seller = { sellerId: "seller-1", currency: "EUR" };

let mall: MemoryNode;
let channelId: string;
let offerId: string;
let runs = 0;

const call = <R = Receipt>(action: string, params: object): Promise<R> =>
  mall.call<R>(ROOT, action, params, { exempt: "approved" });
const now = (): string => new Date(Date.now() + 60_000).toISOString();
const settle = (): Promise<void> => sendDue(mall, TIMED, now());

beforeAll(async () => {
  mall = await openMemoryNode();
  ({ id: channelId } = await call("channel.open", {
    ...{ code: "main", name: { en: "Main" }, currency: "EUR", languages: ["en"], taxInclusive: true },
  }));
  const { id: productId } = await call("product.create", { title: { en: "Lamp" }, channels: [], publish: true });
  ({ id: offerId } = await call("offer.make", {
    ...{
      productId,
      sellerId: "seller-1",
      sku: "lamp",
      price: { amountMinor: 1_000, currency: "EUR" },
      condition: "new",
    },
  }));
  await call("stock.receive", { offerId, location: "berlin", quantity: 100 });
  await call("commission.set", { rateBp: 1_000 });
  await call("commission.set", { sellerId: "seller-1", rateBp: 500 });
  await call("ledger.terms", { ...seller, holdDays: 0, feeMinor: 30 });
});
afterAll(() => mall.stop());

/** As checkout does it: reserved, authorised, placed; and, unless the order takes it itself, captured. */
async function bought(
  quantity: number,
  capture: "order" | "shipment" = "order",
): Promise<{ id: string; paymentId: string }> {
  const n = ++runs;
  const paymentId = `payment-${n}`;
  const holdId = `hold-${n}`;
  const line = quoteLine("l1", quantity, 1_000, {
    offerId,
    discounts: [{ promotionId: "p", fundedBy: "platform", amountMinor: 100 }],
  });
  await call("stock.reserve", { offerId, location: "berlin", quantity, holdId });
  const params: PlaceOrder = placeOrder([line], {
    ...{ checkoutId: `checkout-${n}`, channelId },
    reservations: [{ lineId: "l1", offerId, location: "berlin", quantity, holdId }],
  });
  const amountMinor = params.payment.totalMinor;
  await call("payment.authorise", {
    ...{ id: paymentId, provider: "test", method: "tok_ok", currency: "EUR", amountMinor, customerId: "mia" },
  });
  const { id } = await call("order.place", { ...params, payment: { paymentId, totalMinor: amountMinor, capture } });
  if (capture === "order") {
    await call("payment.capture", { id: paymentId, amountMinor });
    await call("order.recordCapture", { id, captureId: `capture-${n}`, amountMinor });
  }
  await settle();
  return { id, paymentId };
}

const book = (): Promise<BookView> => call<BookView>("ledger.get", seller);
const stock = (): Promise<StockView> => call<StockView>("stock.get", { offerId, location: "berlin" });
const orderOf = (id: string): Promise<OrderView> => call<OrderView>("order.get", { id });

async function balanced(): Promise<void> {
  const { balances } = await book();
  expect(ACCOUNTS.reduce((sum, account) => sum + balances[account], 0)).toBe(0);
}

test("a sale is entered once, by the rule that is most specific, whoever carries it out how often", async () => {
  const before = await book();
  const { id } = await bought(3);
  for (let again = 0; again < 2; again++) await call("order.carryOut", { id });
  const { items } = await call<PagedEntries>("ledger.entries", { ...seller, after: before.entries, limit: 10 });
  expect(items.map(({ kind }) => kind)).toEqual(["sale"]);
  const [entry] = items;
  // 2,900 for the lamps, 590 for sending; the mall bears 100 and takes 5 % of 3,000, and 30 for the payment
  expect(entry?.postings).toEqual([
    { account: "cash", amountMinor: 3_490 },
    { account: "payable", amountMinor: -3_410 },
    { account: "commission", amountMinor: -150 },
    { account: "fees", amountMinor: -30 },
    { account: "subsidy", amountMinor: 100 },
  ]);
  expect(entry?.commissions).toMatchObject([{ rateBp: 500, version: 1, amountMinor: 150 }]);
  expect(await orderOf(id)).toMatchObject({ status: "placed", problems: [], money: { status: "captured" } });
  const { groupId } = await orderOf(id);
  expect(await call("ordergroup.get", { id: groupId })).toMatchObject({ orders: [{ orderId: id }], totalMinor: 3_490 });
  await balanced();
});

test("what is sent leaves the stock; what is declined goes back to it, and its price to the customer", async () => {
  const start = await stock();
  const { id, paymentId } = await bought(4);
  expect((await stock()).reserved).toBe(start.reserved + 4);
  await call("order.ship", { id, lines: [{ lineId: "l1", quantity: 1 }], carrier: "DHL", tracking: "1" });
  await call("order.decline", { id, lines: [{ lineId: "l1", quantity: 2 }], reason: "broken" });
  await call("order.ship", { id });
  await settle();
  const found = await orderOf(id);
  expect(found).toMatchObject({ status: "shipped", problems: [], money: { refundedMinor: 1_950 } });
  expect(found.lines[0]?.progress).toMatchObject({ open: 0, shipped: 2, cancelled: 2, refunded: 2 });
  expect(await stock()).toMatchObject({ onHand: start.onHand - 2, reserved: start.reserved });
  expect((await call<PaymentView>("payment.get", { id: paymentId })).refundedMinor).toBe(1_950);
  await balanced();
});

test("by shipment, money is taken for what is sent; a cancelled order gives up what was authorised", async () => {
  const { id, paymentId } = await bought(2, "shipment");
  expect((await call<PaymentView>("payment.get", { id: paymentId })).capturedMinor).toBe(0);
  await call("order.ship", { id, lines: [{ lineId: "l1", quantity: 1 }] });
  await settle();
  expect((await call<PaymentView>("payment.get", { id: paymentId })).capturedMinor).toBe(950 + 590);
  await call("order.ship", { id });
  await settle();
  expect(await orderOf(id)).toMatchObject({ money: { capturedMinor: 2_490, status: "captured" }, problems: [] });
  const other = await bought(1, "shipment");
  await call("order.cancel", { id: other.id });
  await settle();
  expect(await orderOf(other.id)).toMatchObject({ status: "cancelled", money: { capturedMinor: 0 }, problems: [] });
  expect((await call<PaymentView>("payment.get", { id: other.paymentId })).status).toBe("voided");
  await balanced();
});

test("a payout pays what is payable; what is refunded afterwards the next one takes", async () => {
  const { id } = await bought(5);
  const { payableMinor, entries } = await book();
  await call("ledger.payOut", seller);
  await settle();
  expect(await book()).toMatchObject({ payableMinor: 0 });
  const { items } = await call<PagedEntries>("ledger.entries", { ...seller, after: entries, limit: 10 });
  const payoutId = items[0]?.reference ?? "";
  const payout = await call<PayoutView>("payout.get", { id: payoutId });
  expect(payout).toMatchObject({ status: "open", amountMinor: payableMinor, cycle: 1 });
  const statement = await call<Statement>("payout.statement", { id: payoutId, limit: 500 });
  expect(statement.items.at(-1)).toMatchObject({ kind: "payout", n: payout.upTo });
  const owed = statement.items.flatMap((entry) => entry.postings).filter(({ account }) => account === "payable");
  expect(owed.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(0);

  await call("order.cancel", { id });
  await settle();
  const { payableMinor: negative } = await book();
  expect(negative).toBeLessThan(0);
  await call("ledger.payOut", seller);
  await settle();
  expect((await book()).payableMinor).toBe(negative);
  await bought(9);
  const { payableMinor: left } = await book();
  expect(left).toBeGreaterThan(0);
  await call("ledger.payOut", seller);
  await settle();
  expect((await book()).payableMinor).toBe(0);
  await balanced();
});

test("what a bank could not pay is payable again", async () => {
  await bought(1);
  const { payableMinor, entries } = await book();
  await call("ledger.payOut", seller);
  await settle();
  const { items } = await call<PagedEntries>("ledger.entries", { ...seller, after: entries, limit: 10 });
  await call("payout.fail", { id: items[0]?.reference, reason: "account closed" });
  await settle();
  expect((await book()).payableMinor).toBe(payableMinor);
  await balanced();
});

test("what the payment refuses stays on the order until it is tried again", async () => {
  const { id } = await bought(1);
  await call("order.refund", { id, amountMinor: 100, reason: "sorry" });
  await settle();
  expect(await orderOf(id)).toMatchObject({ problems: [], money: { refundedMinor: 100 } });
  await expect(call("order.refund", { id, amountMinor: 100_000, reason: "much" })).rejects.toMatchObject({
    type: "ORDER_REFUND_MAX",
  });
  await balanced();
});
