/** Whatever is done with an order in whatever sequence: money, units and the state machine hold. */
import * as fc from "fast-check";
import { fold, erased } from "../../../../models/kernel/aggregate";
import { isRefusal } from "../../../../models/kernel/refusal";
import { order, type OrderCommands, type OrderEvent } from "../../../../models/order/order.aggregate";
import { ALWAYS, orderTransitions } from "../../../../models/order/order.machine.contract";
import type { OrderUnits } from "../../../../models/order/order.commands.contract";
import { boughtWith } from "../../../../models/order/order.payments.aggregate";
import type { PricedRaise } from "../../../../models/order/order.raise.contract";
import type { CapturePolicy } from "../../../../models/order/order.place.contract";
import {
  openOf,
  refundableOf,
  type OrderState,
  type PlacedOrder,
} from "../../../../models/order/order.state.aggregate";
import { worthOfFirst } from "../../../../models/order/order.units.aggregate";
import { titlesOf } from "../../../../services/order/order.service";
import { address, placed, placeOrder, quoteLine } from "../../../support/orders";

const NOW = "2026-01-31T12:00:00.000Z";
const LINES = ["a", "b", "c"];

type Step = { readonly [N in keyof OrderCommands]: readonly [N, OrderCommands[N]] }[keyof OrderCommands];

const id = "order-1";
const count = fc.integer({ min: 0, max: 4 });
const units = fc.record({ a: count, b: count, c: count }).map((wanted) =>
  LINES.flatMap((lineId) => {
    const quantity = wanted[lineId as "a"];
    return quantity > 0 ? [{ lineId, quantity }] : [];
  }),
);
const some = units.filter((list) => list.length > 0);
const amount = fc.integer({ min: 1, max: 9_000 });
const reason = "because";

/** As the service prices it: only lines that the order has. */
function priced(lines: readonly OrderUnits[]): Pick<PricedRaise, "priced" | "commissions"> {
  const found = lines.map(({ lineId, quantity }) => quoteLine(lineId, quantity, 333));
  return { priced: found, commissions: found.map(() => ({ rateBp: 1_000, ruleId: "rule-1", version: 3 })) };
}

/** Against other articles, cheaper or dearer than what comes back, a file now and then. */
const article = (unitMinor: number, file = false) => ({
  lines: [quoteLine("n", 1, unitMinor, { ...(file && { delivery: "digital" as const }) })],
  commissions: [{ rateBp: 1_000, ruleId: "rule-1", version: 3 }],
  reservations: file ? [] : [{ lineId: "n", offerId: "offer-n", location: "berlin", quantity: 1, holdId: "hold-n" }],
  reason: "too small",
});
const dear = article(3_999);
const exchanges = fc.option(
  fc
    .record({ unitMinor: fc.integer({ min: 0, max: 4_000 }), file: fc.boolean() })
    .map(({ unitMinor, file }) => article(unitMinor, file)),
  { nil: undefined },
);

const steps = fc.array(
  fc.oneof<fc.Arbitrary<Step>[]>(
    fc.constant(["order.recordCapture", { id, captureId: "c", amountMinor: 0 }] as const),
    some.map((lines) => ["order.ship", { id, lines }] as const),
    fc.constant(["order.ship", { id }] as const),
    fc.constant(["order.deliver", { id, fulfilmentId: "f2" }] as const),
    fc.constant(["order.cancel", { id }] as const),
    some.map((lines) => ["order.decline", { id, lines, reason }] as const),
    units.map((lines) => ["order.edit", { id, lines, reason, alone: false }] as const),
    amount.map((reductionMinor) => ["order.edit", { id, reductionMinor, reason, alone: false }] as const),
    amount.map((amountMinor) => ["order.refund", { id, amountMinor, reason, alone: amountMinor % 2 === 0 }] as const),
    some.map((lines) => ["order.raise", { id, lines, reason, ...priced(lines) }] as const),
    fc.constant(["order.extend", { id, raiseId: "", paymentId: "", captureId: "x", reservations: [] }] as const),
    fc.constant(["order.refuseRaise", { id, raiseId: "" }] as const),
    some.map((lines) => ["order.admitReturn", { id, returnId: "r", lines }] as const),
    fc
      .tuple(some, units, fc.boolean(), fc.integer({ min: 0, max: 500 }), exchanges)
      .map(
        ([admitted, accepted, refund, keepMinor, exchange]) =>
          [
            "order.settleReturn",
            { id, returnId: "r", admitted, accepted, refund, keepMinor, ...(exchange && { exchange }) },
          ] as const,
      ),
    fc.constant(["order.lapseRaise", { id, raiseId: "" }] as const),
  ),
  { maxLength: 25 },
);

const first = (capture: CapturePolicy): OrderEvent[] => {
  const file = quoteLine("c", 1, 5, { delivery: "digital" });
  const params = placeOrder([quoteLine("a", 3, 1_299), quoteLine("b", 7, 101), file]);
  const data = { ...placed({ ...params, payment: { ...params.payment, capture } }), at: NOW };
  return [{ type: "order.placed", data }];
};

/** What only the order knows: what it comes to, and what is proposed. */
function known({ money, raise, steps: taken }: PlacedOrder, name: string): object {
  const raiseId = raise?.raiseId ?? "x0";
  const more: Readonly<Record<string, object>> = {
    "order.recordCapture": { amountMinor: money.totalMinor },
    "order.extend": { raiseId, paymentId: `payment-x${taken}` },
    "order.refuseRaise": { raiseId },
    "order.lapseRaise": { raiseId },
  };
  return more[name] ?? {};
}

function decided(state: OrderState, [name, params]: Step): readonly OrderEvent[] {
  const whole = { ...params, ...known(state as PlacedOrder, name) };
  const deciders: Readonly<Record<string, unknown>> = order.decide;
  const decide = deciders[name] as (state: OrderState, params: object, now: string) => readonly OrderEvent[];
  try {
    return decide(state, whole, NOW);
  } catch (error) {
    if (isRefusal(error)) return [];
    throw error;
  }
}

function allowed(command: string, from: string, to: string): boolean {
  if ((ALWAYS as readonly string[]).includes(command) && from === to) return true;
  return orderTransitions.some(
    (one) => one.command === command && one.from.includes(from as never) && one.to.includes(to as never),
  );
}

/** Every payment gives back what it took at most, and together they are what the order says. */
function checkPayments(money: PlacedOrder["money"]): void {
  const all = [boughtWith(money), ...(money.more ?? [])];
  for (const { capturedMinor, refundedMinor } of all) {
    expect(refundedMinor).toBeGreaterThanOrEqual(0);
    expect(refundedMinor).toBeLessThanOrEqual(capturedMinor);
  }
  const sum = (of: "capturedMinor" | "refundedMinor"): number => all.reduce((total, one) => total + one[of], 0);
  // what was put against other articles was moved by none
  const { exchangedMinor = 0 } = money;
  expect(sum("capturedMinor") + exchangedMinor).toBe(money.capturedMinor);
  expect(sum("refundedMinor") + exchangedMinor).toBe(money.refundedMinor);
}

function check(state: PlacedOrder): void {
  const { money, lines } = state;
  checkPayments(money);
  expect(money.refundedMinor).toBeLessThanOrEqual(money.capturedMinor);
  // nor is promised twice what is put against articles that are not paid yet
  expect(refundableOf(state)).toBeGreaterThanOrEqual(0);
  expect(money.capturedMinor).toBeLessThanOrEqual(money.totalMinor);
  expect(money.refundedMinor).toBeGreaterThanOrEqual(0);
  for (const line of lines) {
    const { shipped = 0, returning = 0, returned = 0, captured = 0, refunded = 0 } = line;
    expect(openOf(line)).toBeGreaterThanOrEqual(0);
    expect(returning + returned).toBeLessThanOrEqual(shipped);
    expect(captured).toBeLessThanOrEqual(line.quantity);
    expect(refunded).toBeLessThanOrEqual(captured);
    expect(Math.min(returning, returned)).toBeGreaterThanOrEqual(0);
  }
}

const oneMore: OrderUnits[] = [{ lineId: "a", quantity: 1 }];

/** What chance may miss in three hundred sequences: an order that is sent, grows, and gives some of it back. */
const grows: Step[] = [
  ["order.recordCapture", { id, captureId: "c", amountMinor: 0 }],
  ["order.raise", { id, lines: oneMore, reason, ...priced(oneMore) }],
  ["order.extend", { id, raiseId: "", paymentId: "", captureId: "x", reservations: [] }],
  ["order.ship", { id }],
  ["order.refund", { id, amountMinor: 5, reason, alone: true }],
];

/** A file is sent by itself, and the rest given up. */
const fileAlone: Step[] = [
  ["order.ship", { id, lines: [{ lineId: "c", quantity: 1 }] }],
  ["order.cancel", { id }],
];

/** … and one that comes back against a dearer article, which is paid, sent, and comes back itself. */
const exchanged: Step[] = [
  ...grows,
  ["order.admitReturn", { id, returnId: "r", lines: oneMore }],
  [
    "order.settleReturn",
    { id, returnId: "r", admitted: oneMore, accepted: oneMore, refund: true, keepMinor: 9, exchange: dear },
  ],
  ["order.extend", { id, raiseId: "", paymentId: "", captureId: "x", reservations: [] }],
  ["order.ship", { id }],
];

test.each<CapturePolicy>(["order", "shipment"])(
  "no sequence of commands gives back more than was taken (%s)",
  (capture) => {
    let given = 0;
    let grown = 0;
    let swapped = 0;
    fc.assert(
      fc.property(steps, (sequence) => {
        let state = fold(erased(order), order.initial, first(capture)) as PlacedOrder;
        for (const step of sequence) {
          const events = decided(state, step);
          if (events.length === 0) continue;
          const before = state.status;
          state = fold(erased(order), state, events) as PlacedOrder;
          if (!allowed(step[0], before, state.status)) throw new Error(`${step[0]}: ${before} to ${state.status}`);
          check(state);
          given += state.money.refundedMinor;
          grown += state.money.more?.length ?? 0;
          swapped += state.money.exchangedMinor ?? 0;
        }
      }),
      { numRuns: 300, examples: [[grows], [exchanged], [fileAlone]] },
    );
    expect([given > 0, grown > 0, swapped > 0]).toEqual([true, true, true]);
  },
);

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
  let state = fold(erased(order), order.initial, [{ type: "order.placed", data }]) as PlacedOrder;
  const all: Step[] = [
    ["order.recordCapture", { id, captureId: "c", amountMinor: 0 }],
    ["order.ship", { id }],
  ];
  for (const step of all) {
    state = fold(erased(order), state, decided(state, step)) as PlacedOrder;
  }
  expect(state.status).toBe("shipped");
  expect(Buffer.byteLength(JSON.stringify(state))).toBeLessThan(64 * 1_024);
});

test("people of the mall give back 500.00 of an order alone, in whatever parts; more takes a second person", () => {
  const dear = { ...placed(placeOrder([quoteLine("a", 3, 100_000)])), at: NOW };
  const all = { units: {}, shipping: true, amountMinor: dear.payment.totalMinor };
  const paid: OrderEvent[] = [
    { type: "order.placed", data: dear },
    { type: "order.captured", data: { ...all, captureId: "c", take: false, at: NOW } },
  ];
  const give = (state: OrderState, amountMinor: number, alone: boolean): OrderState => {
    const { "order.refund": decide } = order.decide;
    const events = decide(state, { id, amountMinor, reason, alone }, NOW);
    return fold(erased(order), state, events) as OrderState;
  };
  const begun = fold(erased(order), order.initial, paid) as OrderState;
  const twice = give(give(begun, 20_000, true), 30_000, true);
  const told = { type: "SECOND_PERSON", data: { aloneMinor: 50_000, aloneMaxMinor: 50_000 } };
  expect(() => give(twice, 1, true)).toThrow(expect.objectContaining(told) as Error);
  // what two people or the seller decided about is not counted, and counts for nobody
  const more = give(twice, 90_000, false) as PlacedOrder;
  expect(more.money).toMatchObject({ aloneMinor: 50_000, refundedMinor: 140_000 });
  expect(() => give(more, 1_000_000, true)).toThrow(expect.objectContaining({ type: "ORDER_REFUND_MAX" }) as Error);
});

/** Three parcels of one line and a file, paid for as a whole. */
function mixed(): PlacedOrder {
  const lines = [quoteLine("a", 3, 1_000), quoteLine("b", 1, 500, { delivery: "digital" })];
  const state = fold(erased(order), order.initial, [
    { type: "order.placed", data: { ...placed(placeOrder(lines)), at: NOW } },
  ]);
  return after(state as OrderState, ["order.recordCapture", { id, captureId: "c", amountMinor: 0 }]);
}

/** @throws what the order refuses */
function after(state: OrderState, [name, params]: Step): PlacedOrder {
  const whole = { ...params, ...known(state as PlacedOrder, name) };
  const deciders: Readonly<Record<string, unknown>> = order.decide;
  const decide = deciders[name] as (state: OrderState, params: object, now: string) => readonly OrderEvent[];
  return fold(erased(order), state, decide(state, whole, NOW)) as PlacedOrder;
}

const refused = (state: OrderState, step: Step): string => {
  try {
    after(state, step);
    return "nothing";
  } catch (error) {
    return isRefusal(error) ? error.type : String(error);
  }
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
  const data = { ...placed(placeOrder(lines)), at: NOW };
  const begun = fold(erased(order), order.initial, [{ type: "order.placed", data }]) as OrderState;
  const declined = after(begun, ["order.decline", { id, lines: [{ lineId: "a", quantity: 2 }], reason }]);
  const paid = after(declined, ["order.recordCapture", { id, captureId: "c", amountMinor: 0 }]);
  expect(paid).toMatchObject({ status: "delivered", money: { capturedMinor: 3_090, refundedMinor: 2_590 } });
  expect(paid.tasks.map(({ kind }) => kind)).toEqual(["placed", "release", "capture", "refund", "ship"]);
});

test("nothing leaves before its money is taken, unless it is taken as it leaves", () => {
  const at = (capture: CapturePolicy): OrderState => fold(erased(order), order.initial, first(capture)) as OrderState;
  expect(refused(at("order"), ["order.ship", { id }])).toBe("ORDER_UNPAID");
  expect(after(at("shipment"), ["order.ship", { id }])).toMatchObject({ money: { capturedMinor: 5_199 } });
  const paid = after(at("order"), ["order.recordCapture", { id, captureId: "c", amountMinor: 0 }]);
  expect(after(paid, ["order.ship", { id }]).status).toBe("shipped");
});

test("a file that is paid as it is sent is there at once, apart from the parcel, and pays nothing for the sending", () => {
  const begun = fold(erased(order), order.initial, first("shipment")) as OrderState;
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

test("a price that is lowered before it is paid counts as given back alone, too", () => {
  const data = { ...placed(placeOrder([quoteLine("a", 3, 100_000)])), at: NOW };
  const begun = fold(erased(order), order.initial, [{ type: "order.placed", data }]) as OrderState;
  const lower = (reductionMinor: number, alone: boolean) =>
    ["order.edit", { id, reductionMinor, reason, alone }] as const;
  const once = after(begun, lower(50_000, true));
  expect(once.money).toMatchObject({ reducedMinor: 50_000, aloneMinor: 50_000 });
  expect(refused(once, lower(1, true))).toBe("SECOND_PERSON");
  expect(after(once, lower(1, false)).money).toMatchObject({ reducedMinor: 50_001, aloneMinor: 50_000 });
});
