/** What people of the mall give back alone, and what takes a second person. */
import { order } from "../../../../models/order/order.aggregate";
import type { PlacedOrder } from "../../../../models/order/order.state.aggregate";
import { placeOrder, quoteLine } from "../../../support/orders";
import { after, begunWith, firstOf, folded, NOW, refused } from "../../../support/order-steps";

const id = "order-1";
const reason = "because";

test("people of the mall give back 500.00 of an order alone, in whatever parts; more takes a second person", () => {
  const params = placeOrder([quoteLine("a", 3, 100_000)]);
  const all = { units: {}, shipping: true, amountMinor: params.payment.totalMinor };
  const begun = folded(order.initial, [
    firstOf(params),
    { type: "order.captured", data: { ...all, captureId: "c", take: false, at: NOW } },
  ]);
  const give = (state: PlacedOrder, amountMinor: number, alone: boolean): PlacedOrder =>
    after(state, ["order.refund", { id, amountMinor, reason, alone }]);
  const twice = give(give(begun, 20_000, true), 30_000, true);
  const told = { type: "SECOND_PERSON", data: { aloneMinor: 50_000, aloneMaxMinor: 50_000 } };
  expect(() => give(twice, 1, true)).toThrow(expect.objectContaining(told) as Error);
  // what two people or the seller decided about is not counted, and counts for nobody
  const more = give(twice, 90_000, false);
  expect(more.money).toMatchObject({ aloneMinor: 50_000, refundedMinor: 140_000 });
  expect(() => give(more, 1_000_000, true)).toThrow(expect.objectContaining({ type: "ORDER_REFUND_MAX" }) as Error);
});

test("a price that is lowered before it is paid counts as given back alone, too", () => {
  const begun = begunWith(placeOrder([quoteLine("a", 3, 100_000)]));
  const lower = (reductionMinor: number, alone: boolean) =>
    ["order.edit", { id, reductionMinor, reason, alone }] as const;
  const once = after(begun, lower(50_000, true));
  expect(once.money).toMatchObject({ reducedMinor: 50_000, aloneMinor: 50_000 });
  expect(refused(once, lower(1, true))).toBe("SECOND_PERSON");
  expect(after(once, lower(1, false)).money).toMatchObject({ reducedMinor: 50_001, aloneMinor: 50_000 });
});
