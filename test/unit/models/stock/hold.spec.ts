import * as fc from "fast-check";
import { erased, fold } from "../../../../models/kernel/aggregate";
import type { DomainEvent } from "../../../../models/kernel/row";
import { stock, type StockEvent } from "../../../../models/stock/stock.aggregate";
import { freeCommandId, reserveCommandId } from "../../../../models/stock/stock.hold.contract";
import { given } from "../../../support/given";

const key = { offerId: "o1", location: "berlin" };
const place = { ...key, productId: "p1", sellerId: "s1" };
const kept = (onHand: number): StockEvent[] => [
  { type: "stock.opened", data: place },
  { type: "stock.received", data: { quantity: onHand } },
];
const reserved = (quantity: number, holdId = "h1"): StockEvent => ({
  type: "stock.reserved",
  data: { holdId, quantity },
});
const hold = (quantity: number, holdId = "h1") => ({ ...key, quantity, holdId });
const history = given(stock);

describe("a stock that is promised", () => {
  it("keeps how much, and not to whom", () => {
    history(...kept(5))
      .when("stock.reserve", hold(2))
      .then(reserved(2))
      .andState({ status: "kept", onHand: 5, reserved: 2, ...place });
  });

  it("is promised down to the last unit, and refuses more with what is left", () => {
    history(...kept(5), reserved(3))
      .when("stock.reserve", hold(2, "h2"))
      .then(reserved(2, "h2"));
    history(...kept(5), reserved(3))
      .when("stock.reserve", hold(3, "h2"))
      .refused("STOCK_SHORT", { ...key, available: 2, wanted: 3 });
  });

  it("of which nothing was ever received is short, and not unknown", () => {
    history()
      .when("stock.reserve", hold(1))
      .refused("STOCK_SHORT", { ...key, available: 0, wanted: 1 });
  });

  it("is promised beyond what is there up to the back-order limit, and is shipped when more has come in", () => {
    const limited: StockEvent = { type: "stock.limited", data: { backorderMax: 2 } };
    history(...kept(1), limited)
      .when("stock.reserve", hold(3))
      .then(reserved(3));
    history(...kept(1), limited, reserved(3))
      .when("stock.reserve", hold(1, "h2"))
      .refused("STOCK_SHORT", { ...key, available: 0, wanted: 1 });
    history(...kept(1), limited, reserved(3))
      .when("stock.ship", hold(2))
      .refused("STOCK_NEGATIVE", { onHand: 1 });
  });

  it("tells none, and not fewer, when its limit is taken back below what is promised", () => {
    const limits: StockEvent[] = [3, 0].map((backorderMax) => ({ type: "stock.limited", data: { backorderMax } }));
    history(...kept(1), ...limits, reserved(3))
      .when("stock.reserve", hold(1, "h2"))
      .refused("STOCK_SHORT", { ...key, available: 0, wanted: 1 });
  });

  it("says nothing new for the same limit", () => {
    history(...kept(1))
      .when("stock.limit", { ...key, backorderMax: 0 })
      .then();
  });

  it("gives back a hold, or ships it, in parts", () => {
    history(...kept(5), reserved(3))
      .when("stock.release", hold(1))
      .then({ type: "stock.released", data: { holdId: "h1", quantity: 1 } })
      .andState({ status: "kept", onHand: 5, reserved: 2, ...place });
    history(...kept(5), reserved(3))
      .when("stock.ship", hold(2))
      .then({ type: "stock.shipped", data: { holdId: "h1", quantity: 2 } })
      .andState({ status: "kept", onHand: 3, reserved: 1, ...place });
  });

  it.each(["stock.release", "stock.ship"] as const)("refuses a %s of more than is promised", (command) => {
    history(...kept(5), reserved(1))
      .when(command, hold(2))
      .refused("STOCK_NOT_HELD", { reserved: 1 });
  });

  it("takes an annulment before anything was received, and is changed by none", () => {
    history()
      .when("stock.annul", hold(1))
      .then({ type: "stock.annulled", data: { holdId: "h1" } })
      .andState({ status: "absent" });
  });

  it("has one command id for a promise and its annulment, and another for its release", () => {
    expect(reserveCommandId("h1")).toBe(reserveCommandId("h1"));
    expect(new Set([reserveCommandId("h1"), freeCommandId("h1"), reserveCommandId("h2")]).size).toBe(3);
  });

  it("never promises more than there is, whatever is asked for in whatever order", () => {
    const commands = ["stock.reserve", "stock.release", "stock.ship"] as const;
    const asked = fc.tuple(fc.constantFrom(...commands), fc.integer({ min: 1, max: 4 }));
    const { decide } = erased(stock);
    const after = (state: unknown, events: readonly DomainEvent[]): unknown => fold(erased(stock), state, events);
    fc.assert(
      fc.property(fc.array(asked, { maxLength: 60 }), (all) => {
        let state = after(stock.initial, kept(5));
        for (const [command, quantity] of all) {
          try {
            state = after(state, decide[command]?.(state, hold(quantity), "2026-01-01T00:00:00.000Z") ?? []);
          } catch (error) {
            expect(["STOCK_SHORT", "STOCK_NOT_HELD", "STOCK_NEGATIVE"]).toContain((error as { type: string }).type);
          }
          const { onHand, reserved: promised = 0 } = state as { onHand: number; reserved?: number };
          expect(promised).toBeGreaterThanOrEqual(0);
          expect(promised).toBeLessThanOrEqual(onHand);
        }
      }),
    );
  });
});
