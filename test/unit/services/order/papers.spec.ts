/** What stands on invoices and credit notes: lines that come to what was moved, and tax that is theirs. */
import * as fc from "fast-check";
import { erased, fold } from "../../../../models/kernel/aggregate";
import { order } from "../../../../models/order/order.aggregate";
import type { PlacedOrder } from "../../../../models/order/order.state.aggregate";
import { ratesOf } from "../../../../services/gateway/papers";
import { paperOf } from "../../../../services/order/papers.service";
import { placed, placeOrder, quoteLine } from "../../../support/orders";

/** A lamp at 19 % and a book at 7 %, and 5.90 for sending at 19 %. */
const book = quoteLine("b", 3, 1_070, { netMinor: 3_000, taxMinor: 210, taxRateBp: 700, totalMinor: 3_210 });
const bought = placed(placeOrder([quoteLine("a", 2, 1_190), book]));
const event = { type: "order.placed", data: { ...bought, at: "2026-01-31T12:00:00.000Z" } };
const state = fold(erased(order), order.initial, [event]) as PlacedOrder;
const sum = (lines: readonly { taxMinor: number; totalMinor: number }[], of: "taxMinor" | "totalMinor"): number =>
  lines.reduce((total, line) => total + line[of], 0);

test("what is given back beside the goods is taxed as they were, each rate in its proportion", () => {
  const moved = { kind: "credit-note", units: {}, shipping: false, amountMinor: 618 } as const;
  const { lines, taxMinor } = paperOf(state, bought, moved);
  // 29.70 were taxed at 19 %, 32.10 at 7 %
  expect(lines.map(({ taxRateBp, totalMinor, taxMinor: tax }) => [taxRateBp, totalMinor, tax])).toEqual([
    [1_900, 297, 47],
    [700, 321, 21],
  ]);
  expect(taxMinor).toBe(68);
});

test("a line tells the price of a unit without tax, and what was taken off; of each range its part", () => {
  const discounts = [{ promotionId: "p", fundedBy: "seller", amountMinor: 119 }] as const;
  const of = (inclusive: boolean) => {
    const lamp = quoteLine("a", 2, 1_190, { discounts, netMinor: 1_900, taxMinor: 361, totalMinor: 2_261 });
    const all = placed(placeOrder([lamp], { taxInclusive: inclusive }));
    const moved = { kind: "invoice", units: { a: [1, 2] }, shipping: true, amountMinor: 1_721 } as const;
    return paperOf(state, all, { ...moved, at: "2026-02-03T23:59:00.000Z" });
  };
  expect(of(true).lines.map(({ unitNetMinor, discountNetMinor }) => [unitNetMinor, discountNetMinor])).toEqual([
    [1_000, 50],
    [496, 0],
  ]);
  expect(of(false).lines[0]).toMatchObject({ unitNetMinor: 1_190, discountNetMinor: 60 });
  // taken with the order, before anything was sent
  expect(of(true).supplied).toEqual({ how: "paid", on: "2026-02-03" });
  const shipped = { ...state, money: { ...state.money, capture: "shipment" as const } };
  const at = "2026-02-03T23:59:00.000Z";
  const sent = { kind: "invoice", units: { a: [0, 2] }, shipping: false, amountMinor: 2_380, at } as const;
  expect(paperOf(shipped, bought, sent).supplied).toEqual({ how: "sent", on: "2026-02-03" });
  expect(paperOf(shipped, bought, { ...sent, kind: "credit-note" }).supplied).toBeNull();
});

test("of the sending that goes back in part, the part stands on the credit note, with its own tax", () => {
  const whole = { kind: "credit-note", units: { a: [0, 2] }, shipping: true, amountMinor: 2_970 } as const;
  const told = (moved: Parameters<typeof paperOf>[2]) =>
    paperOf(state, bought, moved).lines.map(({ totalMinor, taxMinor, unitNetMinor }) => [
      totalMinor,
      taxMinor,
      unitNetMinor,
    ]);
  expect(told(whole)).toEqual([
    [2_380, 380, 1_000],
    [590, 94, 496],
  ]);
  expect(told({ ...whole, shippingMinor: 119, amountMinor: 2_499 })[1]).toEqual([119, 19, 100]);
  expect(told({ ...whole, shippingMinor: 0, amountMinor: 2_380 })).toHaveLength(1);
});

test("what is kept for wear is a line of its own, below zero", () => {
  const moved = { kind: "credit-note", units: { a: [0, 1] }, shipping: false, amountMinor: 1_000 } as const;
  const { lines, taxMinor } = paperOf(state, bought, moved);
  expect(lines.map(({ title, totalMinor, taxMinor: tax }) => [title["en"], totalMinor, tax])).toEqual([
    ["Lamp a", 1_190, 190],
    ["Deduction", -190, -30],
  ]);
  expect(taxMinor).toBe(160);
});

test("of whatever is moved, the lines come to it, and the tax to that of its rates; neither is below zero", () => {
  const range = (most: number) =>
    fc.tuple(fc.nat(most), fc.nat(most)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
  const units = fc.record({ a: range(2), b: range(3) });
  fc.assert(
    fc.property(units, fc.boolean(), fc.integer({ min: 1, max: 6_180 }), (ranges, shipping, amountMinor) => {
      const kept = Object.fromEntries(Object.entries(ranges).filter(([, [from, to]]) => to > from));
      const paper = paperOf(state, bought, { kind: "credit-note", units: kept, shipping, amountMinor });
      expect(sum(paper.lines, "totalMinor")).toBe(amountMinor);
      expect(sum(paper.lines, "taxMinor")).toBe(paper.taxMinor);
      expect(paper.taxMinor).toBeGreaterThanOrEqual(0);
      const rates = ratesOf(paper.lines);
      expect(rates.reduce((all, { netMinor, taxMinor }) => all + netMinor + taxMinor, 0)).toBe(amountMinor);
      for (const { netMinor, taxMinor } of rates) expect(Math.min(netMinor, taxMinor)).toBeGreaterThanOrEqual(0);
    }),
  );
});
