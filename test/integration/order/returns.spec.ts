/** Goods that come back: to the shelf, against money or the same again, and never for more than was paid. */
import type { InvoiceView } from "../../../models/invoice/invoice.contract";
import type { RequestedReturn, ReturnView } from "../../../models/return/return.contract";
import { openPurchases, type Purchases } from "./purchase";

const MIA = { id: "mia", permissions: [], grants: [{ role: "shopper", party: "mia" }] };
const SELLER = { id: "sam", permissions: [], grants: [{ role: "seller-staff", party: "seller-1" }] };

let mall: Purchases;
beforeAll(async () => {
  mall = await openPurchases();
});
afterAll(() => mall.mall.stop());

async function sent(quantity: number): Promise<string> {
  const { id } = await mall.bought(quantity);
  await mall.mall.call(SELLER, "order.ship", { id });
  await mall.settle();
  return id;
}

const ask = (orderId: string, kind: string, quantity: number): Promise<RequestedReturn> =>
  mall.mall.call<RequestedReturn>(MIA, "return.request", {
    ...{ orderId, kind, lines: [{ lineId: "l1", quantity }], reason: "does not fit" },
  });
const get = (id: string): Promise<ReturnView> => mall.mall.call<ReturnView>(MIA, "return.get", { id });

async function decided(id: string, lines: object[], more: object = {}): Promise<ReturnView> {
  await mall.mall.call(SELLER, "return.approve", { id });
  await mall.mall.call(SELLER, "return.inspect", { id, lines, ...more });
  await mall.settle();
  return get(id);
}

test("what comes back in order is restocked and paid back; what does not is not", async () => {
  const orderId = await sent(4);
  const before = await mall.stock();
  const { id } = await ask(orderId, "return", 3);
  await expect(ask(orderId, "return", 2)).rejects.toMatchObject({ type: "ORDER_UNITS", data: { available: 1 } });
  const found = await decided(id, [{ lineId: "l1", quantity: 2, restock: true }], { keepMinor: 50 });
  expect(found).toMatchObject({ status: "settled", keepMinor: 50 });
  const order = await mall.orderOf(orderId);
  expect(order.money.refundedMinor).toBe(2 * 975 - 50);
  expect(order.lines[0]?.progress).toMatchObject({ returning: 0, returned: 2, refunded: 2 });
  expect((await mall.stock()).onHand).toBe(before.onHand + 2);
  await mall.balanced();
  // the one that was not accepted can be asked for again, and the last one, too
  const { id: rest } = await ask(orderId, "return", 2);
  await decided(rest, [{ lineId: "l1", quantity: 2, restock: false }]);
  expect(await mall.orderOf(orderId)).toMatchObject({ status: "returned", problems: [] });
  await mall.balanced();
});

test("who withdraws from the whole order gets back what sending it cost, in the books and on paper, once", async () => {
  const orderId = await sent(2);
  const book = await mall.book();
  const { id } = await ask(orderId, "return", 2);
  await decided(id, [{ lineId: "l1", quantity: 2, restock: true }]);
  expect(await get(id)).toMatchObject({ status: "settled", sendingBack: true });
  const order = await mall.orderOf(orderId);
  // two lamps for 1,900, and 590 for sending
  expect(order).toMatchObject({ status: "returned", money: { refundedMinor: 2_490, capturedMinor: 2_490 } });
  const after = await mall.book();
  expect(after.balances.cash - book.balances.cash).toBe(-2_490);
  // what was taken of the sale and the subsidy are back; the fee for the payment is not
  expect(after.balances.commission - book.balances.commission).toBe(100);
  const paper = order.papers.find(({ kind }) => kind === "credit-note");
  const { lines, totalMinor, taxMinor } = await mall.call<InvoiceView>("invoice.get", {
    ...{ sellerId: "seller-1", kind: "credit-note", number: paper?.number },
  });
  expect({ totalMinor, taxMinor }).toEqual({ totalMinor: 2_490, taxMinor: 303 + 94 });
  expect(lines.map(({ totalMinor: one }) => one)).toEqual([1_900, 590]);
  await mall.balanced();
});

test("a claim is paid back without anything coming back, and a rejected return frees its units", async () => {
  const orderId = await sent(2);
  const { id } = await ask(orderId, "claim", 1);
  await mall.mall.call(SELLER, "return.approve", { id });
  await mall.settle();
  expect(await get(id)).toMatchObject({ status: "settled" });
  expect((await mall.orderOf(orderId)).money.refundedMinor).toBe(950);
  const { id: other } = await ask(orderId, "return", 1);
  await mall.mall.call(SELLER, "return.reject", { id: other, reason: "worn" });
  await mall.settle();
  expect(await get(other)).toMatchObject({ status: "rejected", decision: "worn" });
  expect((await mall.orderOf(orderId)).lines[0]?.progress).toMatchObject({ returning: 0, returned: 1 });
});

test("an exchange is a new order that costs nothing; where nothing is left, the money goes back", async () => {
  const orderId = await sent(2);
  const { id } = await ask(orderId, "exchange", 1);
  const { replacementId } = await decided(id, [{ lineId: "l1", quantity: 1, restock: false }]);
  const replacement = await mall.orderOf(replacementId ?? "");
  expect(replacement).toMatchObject({ status: "placed", money: { totalMinor: 0, status: "captured" }, problems: [] });
  await mall.mall.call(SELLER, "order.ship", { id: replacement.id });
  await mall.settle();
  expect(await mall.orderOf(replacement.id)).toMatchObject({ status: "shipped", problems: [] });
  const { onHand, reserved, offerId } = await mall.stock();
  await mall.call("stock.adjust", { offerId, location: "berlin", by: reserved - onHand, reason: "lost" });
  const { id: second } = await ask(orderId, "exchange", 1);
  expect(await decided(second, [{ lineId: "l1", quantity: 1, restock: false }])).toMatchObject({ replacementId: null });
  expect((await mall.orderOf(orderId)).money.refundedMinor).toBeGreaterThan(0);
  await mall.balanced();
});

test("what replaced something is paid back where it was paid for, also when it was exchanged twice", async () => {
  const { offerId, onHand, reserved } = await mall.stock();
  if (onHand < reserved + 10) await mall.call("stock.receive", { offerId, location: "berlin", quantity: 20 });
  const orderId = await sent(3);
  const replaced = async (of: string): Promise<string> => {
    const { id } = await ask(of, "exchange", 2);
    const { replacementId } = await decided(id, [{ lineId: "l1", quantity: 2, restock: true }]);
    await mall.mall.call(SELLER, "order.ship", { id: replacementId });
    await mall.settle();
    return replacementId ?? "";
  };
  const second = await replaced(await replaced(orderId));
  expect(await mall.orderOf(second)).toMatchObject({ replaces: orderId, status: "shipped" });
  expect((await mall.orderOf(orderId)).money.refundedMinor).toBe(0);
  const { id } = await ask(second, "return", 1);
  await decided(id, [{ lineId: "l1", quantity: 1, restock: true }], { keepMinor: 66 });
  expect(await mall.orderOf(orderId)).toMatchObject({ money: { refundedMinor: 900 }, problems: [] });
  const { id: claim } = await ask(second, "claim", 1);
  await mall.mall.call(SELLER, "return.approve", { id: claim });
  await mall.settle();
  const { money, papers, lines } = await mall.orderOf(orderId);
  // two of three lamps, worth 2,900 with a discount of 100, less what was kept
  expect(money.refundedMinor).toBe(1_933 - 66);
  expect(lines[0]?.progress).toMatchObject({ returned: 2, refunded: 2 });
  expect(papers.map(({ kind }) => kind)).toEqual(["invoice", "credit-note", "credit-note"]);
  expect(await mall.orderOf(second)).toMatchObject({ status: "returned", money: { refundedMinor: 0 }, problems: [] });
  await mall.balanced();
});

test("nobody asks for what is another's", async () => {
  const eve = { ...MIA, id: "eve", grants: [{ role: "shopper", party: "eve" }] };
  const { id: orderId } = await mall
    .call<{ id: string }>("stock.receive", {
      ...{ offerId: (await mall.stock()).offerId, location: "berlin", quantity: 10 },
    })
    .then(() => mall.bought(1));
  const params = { orderId, kind: "return", lines: [{ lineId: "l1", quantity: 1 }], reason: "mine" };
  await expect(mall.mall.call(eve, "return.request", params)).rejects.toMatchObject({ type: "NOT_FOUND" });
  await expect(ask(orderId, "return", 1)).rejects.toMatchObject({ type: "ORDER_STATUS" });
});
