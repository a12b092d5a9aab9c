/** Files among parcels: what came with the payment, and what is yet to be sent. */
import { address, placeOrder, quoteLine } from "../../../support/orders";
import { after, begunWith, captureAll, NOW, refused } from "../../../support/order-steps";
import type { CapturePolicy } from "../../../../models/order/order.place.contract";
import type { OrderUnits } from "../../../../models/order/order.commands.contract";
import type { PlacedOrder } from "../../../../models/order/order.state.aggregate";

const id = "order-1";
const reason = "because";
const oneMore: OrderUnits[] = [{ lineId: "a", quantity: 1 }];

/** Three parcels of one line and a file, paid for as a whole. */
const mixed = (): PlacedOrder =>
  after(begunWith(placeOrder([quoteLine("a", 3, 1_000), quoteLine("b", 1, 500, { delivery: "digital" })])), captureAll);

const many = (capture: CapturePolicy): PlacedOrder => {
  const file = quoteLine("c", 1, 5, { delivery: "digital" });
  return begunWith(placeOrder([quoteLine("a", 3, 1_299), quoteLine("b", 7, 101), file]), capture);
};

test("a file that came with the payment keeps nobody from giving up the parcel, nor pays it for the sending", () => {
  const begun = mixed();
  expect(begun).toMatchObject({ status: "part-shipped", money: { capturedMinor: 4_090 } });
  const redirected = after(begun, ["order.redirect", { id, shippingAddress: { ...address, city: "Bonn" } }]);
  expect(redirected.shippingAddress).toMatchObject({ city: "Bonn" });
  const ended = after(redirected, ["order.cancel", { id }]);
  // three lamps and 5.90 for sending go back; the file stays
  expect(ended).toMatchObject({ status: "delivered", money: { refundedMinor: 3_590 }, shipping: { refunded: true } });
  const declined = after(begun, ["order.decline", { id, lines: [{ lineId: "a", quantity: 2 }], reason }]);
  expect(declined.money.refundedMinor).toBe(2_000);
  const sent = after(declined, ["order.ship", { id }]);
  expect(sent).toMatchObject({ status: "shipped", shipping: { refunded: false } });
  const going = after(begun, ["order.ship", { id, lines: oneMore }]);
  expect([refused(going, ["order.cancel", { id }]), refused(begun, ["order.ship", { id, lines: [] }])]).toEqual([
    "ORDER_STATUS",
    "ORDER_UNITS",
  ]);
  // the rest of what was begun to be sent: its seller may decline it, and the sending is paid
  const rest = after(going, ["order.decline", { id, reason }]);
  expect(rest).toMatchObject({ status: "shipped", money: { refundedMinor: 2_000 }, shipping: { refunded: false } });
});

test("what was given up before the money came goes back with it, and the file is there all the same", () => {
  const lines = [quoteLine("a", 2, 1_000), quoteLine("b", 1, 500, { delivery: "digital" })];
  const declined = after(begunWith(placeOrder(lines)), [
    "order.decline",
    { id, lines: [{ lineId: "a", quantity: 2 }], reason },
  ]);
  const paid = after(declined, captureAll);
  expect(paid).toMatchObject({ status: "delivered", money: { capturedMinor: 3_090, refundedMinor: 2_590 } });
  expect(paid.tasks.map(({ kind }) => kind)).toEqual(["placed", "release", "capture", "refund", "ship"]);
});

test("nothing leaves before its money is taken, unless it is taken as it leaves", () => {
  expect(refused(many("order"), ["order.ship", { id }])).toBe("ORDER_UNPAID");
  expect(after(many("shipment"), ["order.ship", { id }])).toMatchObject({ money: { capturedMinor: 5_199 } });
  expect(after(many("order"), captureAll, ["order.ship", { id }]).status).toBe("shipped");
});

test("a file that is paid as it is sent is there at once, by itself, and pays nothing for the sending", () => {
  const begun = many("shipment");
  const file = after(begun, ["order.ship", { id, lines: [{ lineId: "c", quantity: 1 }] }]);
  const shown = { status: "part-shipped", money: { capturedMinor: 5 }, shipping: { captured: false } };
  expect(file).toMatchObject({ ...shown, fulfilments: [{ deliveredAt: NOW, carrier: null }] });
  const ended = after(file, ["order.cancel", { id }]);
  expect(ended).toMatchObject({ status: "delivered", money: { capturedMinor: 5, refundedMinor: 0 } });
  const both = after(begun, ["order.ship", { id, carrier: "DHL", tracking: "1" }]);
  expect(both.fulfilments).toMatchObject([
    { quantities: { a: 3, b: 7 }, carrier: "DHL", deliveredAt: null },
    { quantities: { c: 1 }, carrier: null, deliveredAt: NOW },
  ]);
  expect(new Set([...both.fulfilments, ...both.tasks].map((one) => one.id)).size).toBe(2 + both.tasks.length);
  expect(both).toMatchObject({ status: "shipped", shipping: { captured: true } });
});
