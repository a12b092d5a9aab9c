/** What sending an order cost goes back with the whole of it, by the least expensive way, and once. */
import type { PlaceOrder } from "../../../../models/order/order.place.contract";
import type { PlacedOrder, Refund } from "../../../../models/order/order.state.aggregate";
import { placeOrder, quoteLine } from "../../../support/orders";
import { after, begunWith, captureAll, type OrderStep } from "../../../support/order-steps";

const id = "order-1";
const units = (quantity: number, lineId = "a") => [{ lineId, quantity }];
const file = quoteLine("c", 1, 500, { delivery: "digital" });

/** Sent by a way that cost 590; `standardMinor`: by another one it would have cost less. */
function sent(standardMinor?: number, lines = [quoteLine("a", 3, 1_000), file]): PlacedOrder {
  const params = placeOrder(lines);
  const parcel = { ...params.parcel, ...(standardMinor !== undefined && { standardMinor }) };
  const order = { ...params, parcel } as PlaceOrder;
  return after(begunWith(order), captureAll, ["order.ship", { id }]);
}

function back(quantity: number, more: object = {}, lineId = "a"): OrderStep[] {
  const lines = units(quantity, lineId);
  const settled = { admitted: lines, accepted: lines, refund: true, keepMinor: 0, sendingBack: true, ...more };
  return [
    ["order.admitReturn", { id, returnId: "r", lines }],
    ["order.settleReturn", { id, returnId: "r", ...settled }],
  ];
}

const refundOf = ({ tasks }: PlacedOrder): Refund => {
  const last = tasks.at(-1);
  if (last?.kind !== "refund") throw new Error("nothing was given back");
  return last;
};

test("the whole parcel withdrawn from: its sending goes back with it, whatever file stays", () => {
  const done = after(sent(), ...back(3));
  expect(refundOf(done)).toMatchObject({ amountMinor: 3_590, shipping: true, extraMinor: 0 });
  expect(done.shipping).toMatchObject({ refunded: true });
});

test("a part that comes back, or that comes back too late, leaves the sending paid", () => {
  expect(refundOf(after(sent(), ...back(2)))).toMatchObject({ amountMinor: 2_000, shipping: false });
  expect(refundOf(after(sent(), ...back(3, { sendingBack: false })))).toMatchObject({ shipping: false });
  const some = units(2);
  // one of them is not taken back
  const rest = after(sent(), ...back(3, { accepted: some }));
  expect(refundOf(rest)).toMatchObject({ amountMinor: 2_000, shipping: false });
  // … and is after all
  expect(refundOf(after(rest, ...back(1)))).toMatchObject({ amountMinor: 1_590, shipping: true });
});

test("what was not sent at all counts as given up: with the last part of the rest the sending goes back", () => {
  const begun = after(begunWith(placeOrder([quoteLine("a", 3, 1_000), quoteLine("b", 1, 800)])), captureAll);
  const parts = after(begun, ["order.ship", { id, lines: units(3) }], ["order.decline", { id, reason: "none left" }]);
  expect(parts.money.refundedMinor).toBe(800);
  const done = after(parts, ...back(3));
  expect(done).toMatchObject({ money: { refundedMinor: 4_390, capturedMinor: 4_390 }, shipping: { refunded: true } });
});

test("of a dearer way than the least expensive one its difference stays, and is no price of goods", () => {
  const done = after(sent(390), ...back(3, { keepMinor: 100 }));
  const refund = refundOf(done);
  expect(refund).toMatchObject({ amountMinor: 3_290, shipping: true, shippingMinor: 390, extraMinor: -100 });
  expect(done.shipping).toMatchObject({ refunded: true, keptMinor: 200 });
  // the file comes back, too: what is there for it and the rest of the sending is as much as they are worth, less 100
  const file = refundOf(after(done, ...back(1, {}, "c")));
  expect(file).toMatchObject({ amountMinor: 500, shipping: false, cut: { worthMinor: 700, netMinor: 800 } });
});

test("what is kept for wear is kept of the goods, and never of the sending", () => {
  expect(refundOf(after(sent(), ...back(3, { keepMinor: 9_999 })))).toMatchObject({ amountMinor: 590 });
});

test("what replaced something and comes back whole brings the sending back where it was paid", () => {
  const swapped = after(sent(), ...back(3, { refund: false }));
  expect(swapped).toMatchObject({ shipping: { refunded: false }, money: { refundedMinor: 0 } });
  const replaced = { id, returnId: "r2", keepMinor: 0, sendingBack: true };
  const part = after(swapped, ["order.refundReplaced", { ...replaced, lines: units(2) }]);
  expect(refundOf(part)).toMatchObject({ amountMinor: 2_000, shipping: false });
  const whole = after(part, ["order.refundReplaced", { ...replaced, lines: units(1) }]);
  expect(refundOf(whole)).toMatchObject({ amountMinor: 1_590, shipping: true });
});

test("an order that is being exchanged is not withdrawn from", () => {
  const exchange = {
    ...{ lines: [quoteLine("n", 1, 9_000)], commissions: [{ rateBp: 700, ruleId: null, version: null }] },
    ...{ reservations: [], reason: "too small" },
  };
  const asked = after(sent(), ...back(1, { exchange }));
  expect(asked.raise?.swap).toMatchObject({ creditMinor: 1_000 });
  expect(refundOf(after(asked, ...back(2)))).toMatchObject({ amountMinor: 2_000, shipping: false });
});
