import * as fc from "fast-check";
import { stock, type StockEvent } from "../../../../models/stock/stock.aggregate";
import { stockIdOf } from "../../../../models/stock/stock.contract";
import { given } from "../../../support/given";

const key = { offerId: "o1", location: "berlin" };
const place = { ...key, productId: "p1", sellerId: "s1" };
const opened: StockEvent = { type: "stock.opened", data: place };
const received = (quantity: number): StockEvent => ({ type: "stock.received", data: { quantity } });
const history = given(stock);

describe("stock", () => {
  it("opens with the first receipt", () => {
    history()
      .when("stock.receive", { ...place, quantity: 5 })
      .then(opened, received(5))
      .andState({ status: "kept", onHand: 5, ...place });
  });

  it("grows with every further one", () => {
    history(opened, received(5))
      .when("stock.receive", { ...place, quantity: 2 })
      .then(received(2))
      .andState({ status: "kept", onHand: 7, ...place });
  });

  it("keeps where it came from, and what was said of it", () => {
    const why = { reason: "delivery", note: "delivery note 4711" } as const;
    history()
      .when("stock.receive", { ...place, quantity: 5, ...why })
      .then(opened, { type: "stock.received", data: { quantity: 5, ...why } })
      .andState({ status: "kept", onHand: 5, ...place });
  });

  it("is adjusted both ways, with a reason, down to none", () => {
    for (const by of [3, -5]) {
      history(opened, received(5))
        .when("stock.adjust", { ...key, by, reason: "found", note: "behind the shelf" })
        .then({ type: "stock.adjusted", data: { by, reason: "found", note: "behind the shelf" } })
        .andState({ status: "kept", onHand: 5 + by, ...place });
    }
  });

  it("never goes below none", () => {
    history(opened, received(5))
      .when("stock.adjust", { ...key, by: -6, reason: "damaged" })
      .refused("STOCK_NEGATIVE", { onHand: 5 });
  });

  it("is set to what was counted, and the event tells what it was", () => {
    history(opened, received(5))
      .when("stock.count", { ...key, counted: 4 })
      .then({ type: "stock.counted", data: { counted: 4, was: 5, reason: "stocktake" } })
      .andState({ status: "kept", onHand: 4, ...place });
  });

  it("of which nothing was received can neither be adjusted nor counted", () => {
    history()
      .when("stock.adjust", { ...key, by: 1, reason: "found" })
      .refused("NOT_FOUND");
    history()
      .when("stock.count", { ...key, counted: 1 })
      .refused("NOT_FOUND");
  });

  it("is named by offer and location together", () => {
    expect(stockIdOf(key)).toBe(stockIdOf({ ...key }));
    expect(stockIdOf({ offerId: "o1b", location: "erlin" })).not.toBe(stockIdOf(key));
  });

  it("is the sum of what happened, and never negative", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 20 }), (changes) => {
        const events: StockEvent[] = [opened];
        let sum = 0;
        for (const by of changes) {
          const command = history(...events).when("stock.adjust", { ...key, by, reason: "correction" });
          if (sum + by < 0) {
            command.refused("STOCK_NEGATIVE", { onHand: sum });
            continue;
          }
          const adjusted: StockEvent = { type: "stock.adjusted", data: { by, reason: "correction" } };
          sum += by;
          command.then(adjusted).andState({ status: "kept", onHand: sum, ...place });
          events.push(adjusted);
        }
      }),
    );
  });
});
