/** What a seller's and an order's live boards show of what really happened to the aggregates. */
import type { Client } from "@elastic/elasticsearch";
import { createBoard, type Board } from "../../../indexers/kernel/live-board";
import { liveBoards } from "../../../indexers/live";
import { erased, fold, type AnyAggregate } from "../../../models/kernel/aggregate";
import type { DomainEvent } from "../../../models/kernel/row";
import type { Commit } from "../../../models/kernel/row";
import { ledger } from "../../../models/ledger/ledger.aggregate";
import { order } from "../../../models/order/order.aggregate";
import { payout } from "../../../models/payout/payout.aggregate";
import { orderReturn } from "../../../models/return/return.aggregate";
import { stock } from "../../../models/stock/stock.aggregate";
import { liveWidgets, type WidgetName } from "../../../models/live/live.contract";
import { cellFaults } from "../../support/cells";
import { placed, placeOrder, quoteLine } from "../../support/orders";

const NOW = "2026-01-31T12:00:00.000Z";
const frame = { since: "2026-01-30T00:00:00.000Z" };
const kinds = liveBoards({ client: {} as Client, namespace: "test" });

/** An aggregate that is told commands, and what it commits taken in by boards. */
function told(aggregate: AnyAggregate, id: string, boards: readonly Board[]) {
  let state: unknown = aggregate.initial;
  let version = 0;
  return (command: string, params: object, at = NOW): void => {
    const events: readonly DomainEvent[] = aggregate.decide[command]?.(state, params, at) ?? [];
    state = fold(aggregate, state, events);
    version += 1;
    const commit = { aggregate: aggregate.name, aggregateId: id, version, state, committedAt: at } as Commit;
    for (const board of boards) {
      board.take(commit, version);
      board.flush(version);
    }
  };
}

const boardOf = (kind: string): Board =>
  createBoard(kinds.find((one) => one.kind === kind)?.projections ?? [], frame, 0);

let seller: Board;
let page: Board;
beforeEach(() => {
  seller = boardOf("seller");
  page = boardOf("order");
});
afterEach(() => {
  // whatever a test has made of them, a client reads it by its types
  expect(cellFaults(seller, Object.keys(liveWidgets.seller) as WidgetName[])).toEqual([]);
  expect(cellFaults(page, ["order"])).toEqual([]);
});

const anOrder = (id: string, quantity = 2, productId = "p1", title = "Lamp") => {
  const tell = told(erased(order), id, [seller, page]);
  const params = placed(placeOrder([quoteLine("l1", quantity, 1_000, { productId })]));
  const payment = { ...params.payment, capture: "shipment" };
  tell("order.place", { ...params, payment, id, titles: [title] });
  return tell;
};

test("a sale stands in its minute, and is gone when it is cancelled", () => {
  anOrder("o1");
  const second = anOrder("o2");
  expect(seller.cells("sales")).toEqual({ "EUR|2026-01-31T12:00": { orders: 2, units: 4, totalMinor: 5_180 } });
  second("order.cancel", { id: "o2" });
  expect(seller.cells("sales")).toEqual({ "EUR|2026-01-31T12:00": { orders: 1, units: 2, totalMinor: 2_590 } });
  expect(seller.cells("waiting")).toEqual({ "placed|EUR": { orders: 1, totalMinor: 2_590 } });
});

test("an order moves from waiting to partly sent to done, and a stuck one is an alert", () => {
  const tell = anOrder("o1");
  tell("order.ship", { id: "o1", lines: [{ lineId: "l1", quantity: 1 }], carrier: "dhl", tracking: "1" });
  expect(Object.keys(seller.cells("waiting"))).toEqual(["part-shipped|EUR"]);
  tell("order.finish", { id: "o1", done: [], failed: [{ id: "t1", reason: "no stock" }] });
  expect(Object.keys(seller.cells("waiting"))).toEqual(["part-shipped|EUR", "stuck|EUR"]);
  expect(seller.cells("alerts")).toMatchObject({ "order-stuck|o1": { kind: "order-stuck", reason: "no stock" } });
  tell("order.retry", { id: "o1" });
  tell("order.ship", { id: "o1" });
  expect([seller.cells("waiting"), seller.cells("alerts")]).toEqual([{}, {}]);
});

test("the best products come with money and units, called what most orders call them", () => {
  anOrder("o1", 1, "p1", "Lampe");
  anOrder("o2", 1, "p1", "Lamp");
  anOrder("o3", 1, "p1", "Lamp");
  const dropped = anOrder("o4", 9, "p2", "Chair");
  dropped("order.decline", { id: "o4", lines: [{ lineId: "l1", quantity: 7 }], reason: "none left" });
  expect(seller.cells("products")).toEqual({
    "EUR|p1": { title: "Lamp", units: 3, totalMinor: 3_000 },
    "EUR|p2": { title: "Chair", units: 2, totalMinor: 2_000 },
  });
});

test("stock that is running out comes with its days, and is an alert when it is gone", () => {
  const tell = told(erased(stock), "s1", [seller]);
  const at = { offerId: "offer-1", location: "berlin" };
  tell("stock.receive", { ...at, productId: "p1", sellerId: "seller-1", quantity: 10 });
  expect(seller.cells("stock")).toEqual({});
  anOrder("o1", 4);
  // four in two days are two a day, and ten last for five
  expect(seller.cells("stock")).toEqual({
    "offer-1|berlin": { ...at, productId: "p1", available: 10, perDay: 2, days: 5 },
  });
  tell("stock.count", { ...at, counted: 0 });
  expect(seller.cells("stock")).toMatchObject({ "offer-1|berlin": { available: 0, days: 0 } });
  expect(Object.keys(seller.cells("alerts"))).toEqual(["stock-gone|offer-1|berlin"]);
});

test("returns stand by status, on the seller's board and on the order's page", () => {
  const tell = told(erased(orderReturn), "r1", [seller, page]);
  const lines = [{ lineId: "l1", quantity: 2 }];
  const asked = { orderId: "o1", kind: "return", lines, reason: "too small" };
  tell("return.open", { ...asked, id: "r1", sellerId: "seller-1", customerId: "mia" });
  expect(seller.cells("returns")).toEqual({ requested: { returns: 1, units: 2 } });
  tell("return.record", { id: "r1", did: "admit" });
  tell("return.approve", { id: "r1" });
  expect(seller.cells("returns")).toEqual({ approved: { returns: 1, units: 2 } });
  expect(page.cells("order")).toMatchObject({ "return|r1": { status: "approved" } });
});

test("the balance is what will be paid and when, with the payouts under way", () => {
  const key = { sellerId: "seller-1", currency: "EUR" };
  const book = told(erased(ledger), "b1", [seller]);
  book("ledger.terms", { ...key, holdDays: 0 });
  book("ledger.adjust", { ...key, amountMinor: 500, account: "goodwill", memo: "sorry" });
  expect(seller.cells("balance")).toEqual({
    EUR: { payableMinor: 500, heldMinor: 0, nextPayoutAt: "2026-02-07T12:00:00.000Z" },
  });
  const paid = told(erased(payout), "po1", [seller]);
  paid("payout.open", { id: "po1", ...key, cycle: 1, amountMinor: 500, after: 0, upTo: 1 });
  expect(seller.cells("balance")).toMatchObject({ "payout|po1": { amountMinor: 500, currency: "EUR" } });
  paid("payout.fail", { id: "po1", reason: "no such account" });
  expect(Object.keys(seller.cells("balance"))).toEqual(["EUR"]);
  expect(seller.cells("alerts")).toMatchObject({ "payout-failed|po1": { reason: "no such account" } });
});

test("an order's page shows status, lines and parcels, and nothing personal", () => {
  const tell = anOrder("o1");
  tell("order.ship", { id: "o1", carrier: "dhl", tracking: "77" });
  const cells = page.cells("order");
  expect(cells).toMatchObject({ order: { status: "shipped" }, "line|l1": { quantity: 2, shipped: 2 } });
  expect(Object.keys(cells).filter((name) => name.startsWith("parcel|"))).toHaveLength(1);
  expect(JSON.stringify(cells)).not.toContain("Mia");
});
