import * as fc from "fast-check";
import type { QuoteLine } from "../../../../models/cart/cart.quote.contract";
import { allocate, reservationsOf, wantedOf } from "../../../../models/checkout/checkout.allocation.contract";

const at = { id: "c1", round: 1 };
const places = (...available: readonly number[]) => ({
  offerId: "o1",
  places: available.map((one, n) => ({ location: `l${n}`, available: one })),
});
const parts = (wanted: number, ...available: readonly number[]) =>
  allocate(new Map([["o1", wanted]]), [places(...available)], at).allocations.map((one) => [
    one.location,
    one.quantity,
  ]);
const line = (lineId: string, quantity: number, delivery: QuoteLine["delivery"] = "parcel"): QuoteLine => ({
  ...{ lineId, offerId: "o1", productId: "p1", sellerId: "s1", sku: "A", title: { en: "A" }, delivery, quantity },
  ...{ unitMinor: 1, subtotalMinor: quantity, discounts: [] },
  ...{ netMinor: quantity, taxMinor: 0, taxRateBp: 0, totalMinor: quantity },
});
const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

describe("an allocation", () => {
  it("takes all from the first place that has all, though another has more", () => {
    expect(parts(3, 2, 3, 9)).toEqual([["l1", 3]]);
  });

  it("takes from as few places as can be, the fullest first, where none has all", () => {
    expect(parts(6, 1, 4, 3)).toEqual([
      ["l1", 4],
      ["l2", 2],
    ]);
  });

  it("tells what is short, with what all places have together", () => {
    const { shortages } = allocate(new Map([["o1", 6]]), [places(2, 3)], at);
    expect(shortages).toEqual([{ offerId: "o1", wanted: 6, available: 5 }]);
    expect(allocate(new Map([["o2", 1]]), [], at)).toEqual({
      allocations: [],
      shortages: [{ offerId: "o2", wanted: 1, available: 0 }],
    });
  });

  it("has the same holds each time, and others in another round", () => {
    const holds = (round: number) =>
      allocate(new Map([["o1", 1]]), [places(1)], { ...at, round }).allocations.map(({ holdId }) => holdId);
    expect(holds(1)).toEqual(holds(1));
    expect(holds(1)).not.toEqual(holds(2));
  });

  it("sums lines of one offer, and leaves files alone", () => {
    expect([...wantedOf([line("a", 2), line("b", 3), line("c", 9, "digital")])]).toEqual([["o1", 5]]);
  });

  it("hands every line exactly what it asked for, and no hold out twice", () => {
    const some = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(some, some, (quantities, available) => {
        const lines = quantities.map((quantity, n) => line(`l${n}`, quantity));
        const { allocations, shortages } = allocate(wantedOf(lines), [places(...available)], at);
        fc.pre(shortages.length === 0);
        const handed = reservationsOf(lines, allocations);
        for (const { lineId, quantity } of lines) {
          expect(sum(handed.filter((one) => one.lineId === lineId).map((one) => one.quantity))).toBe(quantity);
        }
        for (const { holdId, quantity, location } of allocations) {
          expect(sum(handed.filter((one) => one.holdId === holdId).map((one) => one.quantity))).toBe(quantity);
          expect(quantity).toBeLessThanOrEqual(available[Number(location.slice(1))] ?? 0);
        }
      }),
    );
  });
});
