import { regularsOf, salesOf } from "../../../../bin/demo/sales";
import { voicesOf } from "../../../../bin/demo/voices";
import { contracts } from "../../../../models/contracts";
import { recordedOrderId, type RecordOrder } from "../../../../models/order/order.record.contract";

const offers = [
  { id: "o1", productId: "p1", sku: "A", title: { en: "A" }, price: { amountMinor: 900, currency: "EUR" } },
];
const selling = {
  seed: 1,
  sellerId: "s1",
  channelId: "main",
  currency: "EUR",
  offers,
  nowMs: Date.UTC(2026, 5, 15, 18),
};
const write = contracts.flatMap(({ actions }) => actions["review.write"] ?? [])[0];

describe("what the demo market says of what it bought", () => {
  const sales = regularsOf(selling);
  const voices = voicesOf(sales);

  it("is said by those who are known, each of an order of their own, and fits the contract", () => {
    expect(voices.length).toBeGreaterThan(5);
    const orders = new Set(sales.map(({ params }) => recordedOrderId(params as RecordOrder)));
    expect(voices.every(({ params }) => orders.has((params as { orderId: string }).orderId))).toBe(true);
    expect(voices.flatMap(({ params }) => write?.params.validate(params).error ?? [])).toEqual([]);
    expect(new Set(voices.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(voices.length);
  });

  it("is nothing where only the till sold", () => expect(voicesOf(salesOf(selling))).toEqual([]));
});
