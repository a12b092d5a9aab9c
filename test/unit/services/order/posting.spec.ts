/** What captures and refunds come to in the seller's book: the mall takes its part of what is really earned. */
import * as fc from "fast-check";
import { erased, fold } from "../../../../models/kernel/aggregate";
import { isRefusal } from "../../../../models/kernel/refusal";
import { ledger, type Book, type LedgerState } from "../../../../models/ledger/ledger.aggregate";
import { ACCOUNTS, type PostEntry } from "../../../../models/ledger/ledger.book.contract";
import { order, type OrderCommands, type OrderEvent } from "../../../../models/order/order.aggregate";
import type { PlacedOrder } from "../../../../models/order/order.state.aggregate";
import { postingOf } from "../../../../services/order/posting.service";
import { placed, placeOrder, quoteLine } from "../../../support/orders";

const { "ledger.post": post } = ledger.decide;

const NOW = "2026-01-31T12:00:00.000Z";
const id = "order-1";

/** Lamps at 10 %, books at 7 %, and 5.90 for sending, of which the mall takes nothing; it bears 1.00 of the lamps. */
const discounts = [{ promotionId: "p", fundedBy: "platform", amountMinor: 100 }] as const;
const asked = placeOrder([quoteLine("a", 3, 1_299, { discounts }), quoteLine("b", 7, 101)]);
const bought = {
  ...placed(asked),
  // sent by a dearer way than it could have been
  ...(asked.parcel && { parcel: { ...asked.parcel, standardMinor: 390 } }),
  commissions: [
    { rateBp: 1_000, ruleId: "rule-1", version: 3 },
    { rateBp: 700, ruleId: "rule-2", version: 1 },
  ],
};
/** 10 % of 38.97, and 7 % of 7.07, each rounded down. */
const TAKEN = 389 + 49;

type Step = { readonly [N in keyof OrderCommands]: readonly [N, OrderCommands[N]] }[keyof OrderCommands];

interface Told {
  readonly order: PlacedOrder;
  readonly book: LedgerState;
  readonly entries: readonly PostEntry[];
}

/** What follows from the events: entries of a book that balances, one after the other. */
function told({ order: before, book, entries }: Told, events: readonly OrderEvent[]): Told {
  const after = fold(erased(order), before, events) as PlacedOrder;
  const known = new Set(before.tasks.map((task) => task.id));
  const more = after.tasks.flatMap((task): PostEntry[] => {
    if (known.has(task.id)) return [];
    if (task.kind === "capture") return [postingOf(after, bought, { ...task, kind: "sale", step: task.captureId })];
    return task.kind === "refund" ? [postingOf(after, bought, { ...task, kind: "refund", step: task.refundId })] : [];
  });
  const next = more.reduce<LedgerState>((now, entry) => {
    const posted = post(now, entry, NOW);
    return fold(erased(ledger), now, posted) as LedgerState;
  }, book);
  return { order: after, book: next, entries: [...entries, ...more] };
}

function done(now: Told, [name, params]: Step): Told {
  const deciders: Readonly<Record<string, unknown>> = order.decide;
  const decide = deciders[name] as (state: PlacedOrder, params: object, at: string) => readonly OrderEvent[];
  try {
    return told(now, decide(now.order, params, NOW));
  } catch (error) {
    if (isRefusal(error)) return now;
    throw error;
  }
}

function begun(capture: "order" | "shipment"): Told {
  const data = { ...bought, payment: { ...bought.payment, capture }, at: NOW };
  const state = fold(erased(order), order.initial, [{ type: "order.placed", data }]) as PlacedOrder;
  return { order: state, book: { status: "absent" }, entries: [] };
}

const paid: Step = ["order.recordCapture", { id, captureId: "c", amountMinor: bought.payment.totalMinor }];
const earned = ({ book }: Told): number => (book.status === "absent" ? 0 : 0 - book.balances.commission);
const cashOf = ({ book }: Told): number => (book.status === "absent" ? 0 : book.balances.cash);
const give = (amountMinor: number): Step => ["order.refund", { id, amountMinor, reason: "late", alone: false }];
const all = [
  { lineId: "a", quantity: 3 },
  { lineId: "b", quantity: 7 },
];
const back = (accepted: typeof all, keepMinor = 0, sendingBack = false): Step[] => [
  ["order.admitReturn", { id, returnId: "r", lines: accepted }],
  ["order.settleReturn", { id, returnId: "r", admitted: accepted, accepted, refund: true, keepMinor, sendingBack }],
];

test("a part of the price that is given back takes its part of the commission along, by the rule's version", () => {
  const sold = done(begun("order"), paid);
  expect(earned(sold)).toBe(TAKEN);
  // a tenth of 50.94: of each commission a tenth less, and what is left is rounded down
  const late = done(sold, give(509));
  expect(late.entries[1]).toMatchObject({
    ...{ kind: "refund", paidMinor: 509, commissionMinor: 39 + 5 },
    commissions: [
      { ruleId: "rule-1", version: 3, rateBp: 1_000, amountMinor: 39 },
      { ruleId: "rule-2", version: 1, rateBp: 700, amountMinor: 5 },
    ],
  });
  // what then comes back whole leaves the sending alone, less what was given back of it
  const nothing = [["order.ship", { id }] as Step, ...back(all)].reduce(done, late);
  expect([cashOf(nothing), earned(nothing)]).toEqual([81, 0]);
});

test("what is kept for wear is earned, and its commission, too", () => {
  const sent = [paid, ["order.ship", { id }] as Step].reduce(done, begun("order"));
  const worn = back(all, 509).reduce(done, sent);
  expect([cashOf(worn), earned(worn)]).toEqual([590 + 509, 43 + 5]);
});

test("of a whole withdrawal the sending goes back, and the mall earns nothing of its dearer part", () => {
  const sent = [paid, ["order.ship", { id }] as Step].reduce(done, begun("order"));
  const withdrawn = back(all, 0, true).reduce(done, sent);
  expect([cashOf(withdrawn), earned(withdrawn)]).toEqual([200, 0]);
  expect(withdrawn.entries[1]).toMatchObject({ kind: "refund", paidMinor: 4_504 + 390, subsidyMinor: 100 });
});

test("what the mall bore of the sending goes back in proportion with it", () => {
  const borne = { ...bought.parcel, discounts: [{ promotionId: "p", fundedBy: "platform", amountMinor: 59 }] };
  const free = { ...bought, parcel: borne } as typeof bought;
  const { order: sold } = done(begun("order"), paid);
  const moved = { kind: "refund", step: "r1", units: {}, shipping: true, amountMinor: 390 } as const;
  expect(postingOf(sold, free, { ...moved, shippingMinor: 390 }).subsidyMinor).toBe(39);
  expect(postingOf(sold, free, { ...moved, amountMinor: 590 }).subsidyMinor).toBe(59);
});

test("a price that is lowered before it is paid was never earned", () => {
  const lower: Step = ["order.edit", { id, reductionMinor: 509, reason: "asked", alone: false }];
  const first: Step = ["order.ship", { id, lines: [{ lineId: "b", quantity: 7 }] }];
  const sold = [lower, first, ["order.ship", { id }] as Step].reduce(done, begun("shipment"));
  expect([cashOf(sold), earned(sold)]).toEqual([bought.payment.totalMinor - 509, TAKEN - 44]);
});

const units = fc
  .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 7 }))
  .map(([a, b]) => all.map((one, n) => ({ ...one, quantity: n === 0 ? a : b })).filter(({ quantity }) => quantity > 0));
const steps = fc.array(
  fc.oneof<fc.Arbitrary<Step[]>[]>(
    units.map((lines) => [["order.ship", { id, lines }]]),
    fc.constant([["order.ship", { id }]]),
    fc.integer({ min: 1, max: 2_000 }).map((amountMinor) => [give(amountMinor)]),
    fc
      .integer({ min: 1, max: 2_000 })
      .map((reductionMinor) => [["order.edit", { id, reductionMinor, reason: "asked", alone: false }]]),
    units.map((lines) => [["order.decline", { id, lines, reason: "broken" }]]),
    fc.tuple(units, fc.integer({ min: 0, max: 400 }), fc.boolean()).map((one) => back(...one)),
  ),
  { maxLength: 15 },
);

test.each(["order", "shipment"] as const)(
  "whatever is done with an order, its books come to nothing and the mall earns of what is kept alone (%s)",
  (capture) => {
    let cuts = 0;
    fc.assert(
      fc.property(steps, (sequence) => {
        let now = [paid].reduce(done, begun(capture));
        for (const step of sequence.flat()) {
          now = done(now, step);
          const { balances } = now.book as Book;
          if (now.book.status === "absent") continue;
          expect(ACCOUNTS.reduce((sum, account) => sum + balances[account], 0)).toBe(0);
          const { money } = now.order;
          expect(balances.cash).toBe(money.capturedMinor - money.refundedMinor);
          expect(earned(now)).toBeGreaterThanOrEqual(0);
          expect(earned(now)).toBeLessThanOrEqual(TAKEN);
          if (balances.cash === 0) expect(earned(now)).toBe(0);
          cuts += now.entries.filter(({ kind, commissionMinor }) => kind === "refund" && commissionMinor > 0).length;
        }
      }),
      { numRuns: 300 },
    );
    expect(cuts).toBeGreaterThan(0);
  },
);
