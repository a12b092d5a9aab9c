/** Whatever is done with an order in whatever sequence: money, units and the state machine hold. */
import * as fc from "fast-check";
import { ALWAYS, orderTransitions } from "../../../../models/order/order.machine.contract";
import type { OrderUnits, SettleReturn } from "../../../../models/order/order.commands.contract";
import { boughtWith } from "../../../../models/order/order.payments.aggregate";
import type { OrderEvent } from "../../../../models/order/order.aggregate";
import type { PricedRaise } from "../../../../models/order/order.raise.contract";
import type { CapturePolicy } from "../../../../models/order/order.place.contract";
import { openOf, refundableOf, type PlacedOrder } from "../../../../models/order/order.state.aggregate";
import { placeOrder, quoteLine } from "../../../support/orders";
import { begunWith, decidedIfAny, folded, type OrderStep as Step } from "../../../support/order-steps";

const STANDARD = 390;
const LINES = ["a", "b", "c"];

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

const settle = (how: Omit<SettleReturn, "id" | "returnId">): Step => [
  "order.settleReturn",
  { id, returnId: "r", ...how },
];

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
      .tuple(
        some,
        units,
        fc.record({ refund: fc.boolean(), keepMinor: fc.nat(500), sendingBack: fc.boolean() }),
        exchanges,
      )
      .map(([admitted, accepted, how, exchange]) =>
        settle({ admitted, accepted, ...how, ...(exchange && { exchange }) }),
      ),
    fc.constant(["order.lapseRaise", { id, raiseId: "" }] as const),
  ),
  { maxLength: 25 },
);

const begun = (capture: CapturePolicy): PlacedOrder => {
  const file = quoteLine("c", 1, 5, { delivery: "digital" });
  const params = placeOrder([quoteLine("a", 3, 1_299), quoteLine("b", 7, 101), file]);
  // sent by a dearer way than it could have been
  const parcel = params.parcel && { parcel: { ...params.parcel, standardMinor: STANDARD } };
  return begunWith({ ...params, ...parcel }, capture);
};

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

const parcelsOf = ({ lines }: PlacedOrder) => lines.filter(({ digital }) => digital !== true);
const keptOf = ({ captured = 0, refunded = 0 }: PlacedOrder["lines"][number]): number => captured - refunded;
const isSentBack = ({ shipping }: PlacedOrder) => shipping?.refunded;
const sendingBacks = (events: readonly OrderEvent[]) =>
  events.flatMap(({ type, data }) => (type === "order.refunded" && data.shipping ? [data] : []));

/** The sending goes back once, with the last of what travels: all of it, or what it had to cost at least. */
function checkSending(before: PlacedOrder, now: PlacedOrder, events: readonly OrderEvent[]): number {
  const [back, ...more] = sendingBacks(events);
  if (!back) {
    expect(isSentBack(now)).toBe(isSentBack(before));
    return 0;
  }
  expect([more, isSentBack(before), isSentBack(now)]).toEqual([[], false, true]);
  for (const line of parcelsOf(now)) expect([openOf(line), keptOf(line)]).toEqual([0, 0]);
  const sent = parcelsOf(now).some(({ shipped = 0 }) => shipped > 0);
  expect(back.shippingMinor).toBe(sent ? STANDARD : undefined);
  return sent ? 1 : 0;
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

/** … and one that comes back whole, in two parts. */
const all: OrderUnits[] = [
  { lineId: "a", quantity: 3 },
  { lineId: "b", quantity: 7 },
];
const withdrawn: Step[] = [
  ["order.recordCapture", { id, captureId: "c", amountMinor: 0 }],
  ["order.ship", { id }],
  ...all.flatMap(({ lineId, quantity }): Step[] => [
    ["order.admitReturn", { id, returnId: "r", lines: [{ lineId, quantity }] }],
    settle({
      ...{ admitted: [{ lineId, quantity }], accepted: [{ lineId, quantity }] },
      ...{ refund: true, keepMinor: 9, sendingBack: true },
    }),
  ]),
];

test.each<CapturePolicy>(["order", "shipment"])(
  "no sequence of commands gives back more than was taken (%s)",
  (capture) => {
    let given = 0;
    let grown = 0;
    let swapped = 0;
    let whole = 0;
    fc.assert(
      fc.property(steps, (sequence) => {
        let state = begun(capture);
        for (const step of sequence) {
          const events = decidedIfAny(state, step);
          if (events.length === 0) continue;
          const [from, before] = [state, state.status];
          state = folded(state, events);
          if (!allowed(step[0], before, state.status)) throw new Error(`${step[0]}: ${before} to ${state.status}`);
          check(state);
          whole += checkSending(from, state, events);
          given += state.money.refundedMinor;
          grown += state.money.more?.length ?? 0;
          swapped += state.money.exchangedMinor ?? 0;
        }
      }),
      { numRuns: 300, examples: [[grows], [exchanged], [fileAlone], [withdrawn]] },
    );
    expect([given > 0, grown > 0, swapped > 0, whole > 0]).toEqual([true, true, true, true]);
  },
);
