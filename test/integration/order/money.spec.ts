/** From the placing to the payout on all services in one process: stock, payment and books say the same. */
import type { ListedCommissions } from "../../../models/commission/commission.contract";
import type { InvoiceView, ListedInvoices } from "../../../models/invoice/invoice.contract";
import type { PagedEntries } from "../../../models/ledger/ledger.contract";
import type { PayoutView, Statement } from "../../../models/payout/payout.contract";
import type { PaymentView } from "../../../models/payment/payment.standing.contract";
import { amountText } from "../../../models/kernel/money";
import { invoicePdf } from "../../../services/gateway/papers";
import { openPurchases, seller, type Purchases } from "./purchase";

let mall: Purchases;
beforeAll(async () => {
  mall = await openPurchases();
});
afterAll(() => mall.mall.stop());

test("a sale is entered once, by the rule that is most specific, whoever carries it out how often", async () => {
  const before = await mall.book();
  const { id } = await mall.bought(3);
  for (let again = 0; again < 2; again++) await mall.call("order.carryOut", { id });
  const { items } = await mall.call<PagedEntries>("ledger.entries", { ...seller, after: before.entries, limit: 10 });
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
  expect(await mall.orderOf(id)).toMatchObject({ status: "placed", problems: [], money: { status: "captured" } });
  const { groupId } = await mall.orderOf(id);
  expect(await mall.call("ordergroup.get", { id: groupId })).toMatchObject({
    orders: [{ orderId: id }],
    totalMinor: 3_490,
  });
  await mall.balanced();
});

test("the rules by which the mall takes its part are listed, page by page", async () => {
  const list = (more: object) => mall.call<ListedCommissions>("commission.list", { limit: 50, ...more });
  const { items } = await list({});
  expect(items.map(({ rateBp }) => rateBp).sort((a, b) => a - b)).toEqual([500, 1_000]);
  expect((await list({ sellerId: "seller-1" })).items).toMatchObject([{ rateBp: 500, status: "active", version: 1 }]);
  const [first, second] = items;
  expect((await list({ limit: 1 })).items).toEqual([first]);
  expect((await list({ after: first?.id })).items).toEqual([second]);
  expect((await list({ status: "ended" })).items).toEqual([]);
});

test("what is sent leaves the stock; what is declined goes back to it, and its price to the customer", async () => {
  const start = await mall.stock();
  const { id, paymentId } = await mall.bought(4);
  expect((await mall.stock()).reserved).toBe(start.reserved + 4);
  await mall.call("order.ship", { id, lines: [{ lineId: "l1", quantity: 1 }], carrier: "DHL", tracking: "1" });
  await mall.call("order.decline", { id, lines: [{ lineId: "l1", quantity: 2 }], reason: "broken" });
  await mall.call("order.ship", { id });
  await mall.settle();
  const found = await mall.orderOf(id);
  expect(found).toMatchObject({ status: "shipped", problems: [], money: { refundedMinor: 1_950 } });
  expect(found.lines[0]?.progress).toMatchObject({ open: 0, shipped: 2, cancelled: 2, refunded: 2 });
  expect(await mall.stock()).toMatchObject({ onHand: start.onHand - 2, reserved: start.reserved });
  expect((await mall.call<PaymentView>("payment.get", { id: paymentId })).refundedMinor).toBe(1_950);
  await mall.balanced();
});

test("by shipment, money is taken for what is sent; a cancelled order gives up what was authorised", async () => {
  const { id, paymentId } = await mall.bought(2, "shipment");
  expect((await mall.call<PaymentView>("payment.get", { id: paymentId })).capturedMinor).toBe(0);
  await mall.call("order.ship", { id, lines: [{ lineId: "l1", quantity: 1 }] });
  await mall.settle();
  expect((await mall.call<PaymentView>("payment.get", { id: paymentId })).capturedMinor).toBe(950 + 590);
  await mall.call("order.ship", { id });
  await mall.settle();
  expect(await mall.orderOf(id)).toMatchObject({ money: { capturedMinor: 2_490, status: "captured" }, problems: [] });
  const other = await mall.bought(1, "shipment");
  await mall.call("order.cancel", { id: other.id });
  await mall.settle();
  expect(await mall.orderOf(other.id)).toMatchObject({
    status: "cancelled",
    money: { capturedMinor: 0 },
    problems: [],
  });
  expect((await mall.call<PaymentView>("payment.get", { id: other.paymentId })).status).toBe("voided");
  await mall.balanced();
});

test("a payout pays what is payable; what is refunded afterwards the next one takes", async () => {
  const { id } = await mall.bought(5);
  const { payableMinor, entries } = await mall.book();
  await mall.call("ledger.payOut", seller);
  await mall.settle();
  expect(await mall.book()).toMatchObject({ payableMinor: 0 });
  const { items } = await mall.call<PagedEntries>("ledger.entries", { ...seller, after: entries, limit: 10 });
  const payoutId = items[0]?.reference ?? "";
  const payout = await mall.call<PayoutView>("payout.get", { id: payoutId });
  expect(payout).toMatchObject({ status: "open", amountMinor: payableMinor, cycle: 1 });
  const statement = await mall.call<Statement>("payout.statement", { id: payoutId, limit: 500 });
  expect(statement.items.at(-1)).toMatchObject({ kind: "payout", n: payout.upTo });
  const owed = statement.items.flatMap((entry) => entry.postings).filter(({ account }) => account === "payable");
  expect(owed.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(0);

  await mall.call("order.cancel", { id });
  await mall.settle();
  const { payableMinor: negative } = await mall.book();
  expect(negative).toBeLessThan(0);
  await mall.call("ledger.payOut", seller);
  await mall.settle();
  expect((await mall.book()).payableMinor).toBe(negative);
  await mall.bought(9);
  const { payableMinor: left } = await mall.book();
  expect(left).toBeGreaterThan(0);
  await mall.call("ledger.payOut", seller);
  await mall.settle();
  expect((await mall.book()).payableMinor).toBe(0);
  await mall.balanced();
});

test("what a bank could not pay is payable again", async () => {
  await mall.bought(1);
  const { payableMinor, entries } = await mall.book();
  await mall.call("ledger.payOut", seller);
  await mall.settle();
  const { items } = await mall.call<PagedEntries>("ledger.entries", { ...seller, after: entries, limit: 10 });
  await mall.call("payout.fail", { id: items[0]?.reference, reason: "account closed" });
  await mall.settle();
  expect((await mall.book()).payableMinor).toBe(payableMinor);
  await mall.balanced();
});

test("what the payment refuses stays on the order until it is tried again", async () => {
  const { id } = await mall.bought(1);
  await mall.call("order.refund", { id, amountMinor: 100, reason: "sorry" });
  await mall.settle();
  expect(await mall.orderOf(id)).toMatchObject({ problems: [], money: { refundedMinor: 100 } });
  await expect(mall.call("order.refund", { id, amountMinor: 100_000, reason: "much" })).rejects.toMatchObject({
    type: "ORDER_REFUND_MAX",
  });
  await mall.balanced();
});

test("invoices and credit notes of a seller have no gaps, and come to what was moved", async () => {
  const { items: before } = await mall.call<ListedInvoices>("invoice.list", {
    ...{ sellerId: "seller-1", kind: "invoice", limit: 50 },
  });
  expect(before.map(({ number }) => number)).toEqual(before.map((_one, i) => i + 1));
  const { id } = await mall.bought(2);
  await mall.call("order.carryOut", { id });
  await mall.call("order.cancel", { id });
  await mall.settle();
  const { papers } = await mall.orderOf(id);
  expect(papers.map(({ kind }) => kind)).toEqual(["invoice", "credit-note"]);
  expect(papers[0]?.number).toBe(before.length + 1);
  for (const paper of papers) {
    const found = await mall.call<InvoiceView>("invoice.get", { sellerId: "seller-1", ...paper });
    expect(found).toMatchObject({ totalMinor: 2_490, orderId: id, buyer: { contact: { email: "mia@example.com" } } });
    expect(found.lines.reduce((sum, line) => sum + line.totalMinor, 0)).toBe(2_490);
    const pdf = await invoicePdf(found);
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
  }
  expect(amountText(123_450, "EUR", "de")).toBe("1.234,50 EUR");
  expect(amountText(500, "JPY")).toBe("JPY 500");
});
