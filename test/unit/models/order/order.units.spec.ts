/** Units of lines: what they are worth, and what two hundred lines of them take to be remembered. */
import * as fc from "fast-check";
import { order } from "../../../../models/order/order.aggregate";
import { worthOfFirst } from "../../../../models/order/order.units.aggregate";
import { titlesOf } from "../../../../services/order/order.service";
import { placed, placeOrder, quoteLine } from "../../../support/orders";
import { after, captureAll, folded, NOW } from "../../../support/order-steps";

test("the pieces of a line come to the whole, in whatever pieces", () => {
  fc.assert(
    fc.property(fc.nat(4_000_000_000_000), fc.integer({ min: 1, max: 10_000 }), (totalMinor, quantity) => {
      expect(worthOfFirst(totalMinor, quantity, 0)).toBe(0);
      expect(worthOfFirst(totalMinor, quantity, quantity)).toBe(totalMinor);
      const middle = Math.floor(quantity / 2);
      expect(worthOfFirst(totalMinor, quantity, middle)).toBeLessThanOrEqual(totalMinor);
    }),
  );
});

test("two hundred lines fit into what an order remembers, also when all are sent", () => {
  const lines = Array.from({ length: 200 }, (_, i) => ({
    ...quoteLine(`0123456789abcdefghjkmnp${String(i).padStart(3, "0")}`, 12, 12_345),
    title: { en: "ü".repeat(200) },
    productId: `0123456789abcdefghjkmnp${String(i).padStart(3, "0")}`,
  }));
  const data = { ...placed(placeOrder(lines)), titles: titlesOf({ lines }), at: NOW };
  const begun = folded(order.initial, [{ type: "order.placed", data }]);
  const state = after(begun, captureAll, ["order.ship", { id: "order-1" }]);
  expect(state.status).toBe("shipped");
  expect(Buffer.byteLength(JSON.stringify(state))).toBeLessThan(64 * 1_024);
});
