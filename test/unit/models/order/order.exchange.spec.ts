/** Units that came back against other articles: two whole entries are made, and only the difference moves. */
import { erased, fold } from "../../../../models/kernel/aggregate";
import { order, type OrderEvent } from "../../../../models/order/order.aggregate";
import type { ExchangedArticles } from "../../../../models/order/order.exchange.contract";
import { boughtWith } from "../../../../models/order/order.payments.aggregate";
import { refundableOf, type OrderState, type PlacedOrder } from "../../../../models/order/order.state.aggregate";
import { placed, placeOrder, quoteLine } from "../../../support/orders";

const {
  "order.admitReturn": admitReturn,
  "order.extend": extend,
  "order.raise": raise,
  "order.recordCapture": recordCapture,
  "order.refund": refund,
  "order.settleReturn": settleReturn,
  "order.ship": ship,
} = order.decide;
const decide = { admitReturn, extend, raise, recordCapture, refund, settleReturn, ship };

const NOW = "2026-01-31T12:00:00.000Z";
const id = "order-1";
const one = [{ lineId: "a", quantity: 1 }];
const commission = { rateBp: 700, ruleId: "rule-2", version: 5 };

/** Two lamps of 1,000, paid as they were ordered, and sent. */
function sent(): PlacedOrder {
  const begun = fold(erased(order), order.initial, [
    { type: "order.placed", data: { ...placed(placeOrder([quoteLine("a", 2, 1_000)])), at: NOW } },
  ]) as OrderState;
  const { money } = begun as PlacedOrder;
  const captured = after(begun, (now) =>
    decide.recordCapture(now, { id, captureId: "c", amountMinor: money.totalMinor }, NOW),
  );
  return after(captured, (now) => decide.ship(now, { id }, NOW));
}

const after = (state: OrderState, decide: (state: OrderState) => readonly OrderEvent[]): PlacedOrder =>
  fold(erased(order), state, decide(state)) as PlacedOrder;

const articles = (unitMinor: number, more: Parameters<typeof quoteLine>[3] = {}): ExchangedArticles => ({
  lines: [quoteLine("n", 1, unitMinor, more)],
  commissions: [commission],
  reservations: [{ lineId: "n", offerId: "offer-n", location: "berlin", quantity: 1, holdId: "hold-n" }],
  reason: "too small",
});

function settled(exchange: ExchangedArticles, from = sent(), keepMinor = 0): PlacedOrder {
  const params = { id, returnId: "r", admitted: one, accepted: one, refund: true, keepMinor, exchange };
  const asked = after(from, (now) => decide.admitReturn(now, { id, returnId: "r", lines: one }, NOW));
  return after(asked, (now) => decide.settleReturn(now, params, NOW));
}

const kinds = ({ tasks }: PlacedOrder): string[] => tasks.map(({ kind }) => kind);
const raiseOf = ({ raise }: PlacedOrder): NonNullable<PlacedOrder["raise"]> => {
  if (!raise) throw new Error("nothing is to be paid");
  return raise;
};

test("a cheaper article comes at once, and what is left over goes back", () => {
  const done = settled(articles(700), sent(), 100);
  // a lamp of 1,000 less 100 that are kept, against one of 700
  expect(done.money).toMatchObject({
    totalMinor: 3_290,
    capturedMinor: 3_290,
    refundedMinor: 900,
    exchangedMinor: 700,
  });
  expect(boughtWith(done.money)).toMatchObject({ capturedMinor: 2_590, refundedMinor: 200 });
  expect([done.status, done.raise]).toEqual(["part-shipped", undefined]);
  expect(done.lines.map(({ lineId, captured, refunded }) => [lineId, captured, refunded])).toEqual([
    ["a", 2, 1],
    [expect.stringMatching(/^n-x\d+$/), 1, undefined],
  ]);
  expect(kinds(done)).toEqual(["placed", "capture", "ship", "refund", "capture"]);
  expect(done.tasks.slice(3)).toMatchObject([
    { amountMinor: 900, exchangedMinor: 700, from: [{ paymentId: "payment-1", amountMinor: 200 }] },
    { amountMinor: 700, exchangedMinor: 700, take: false },
  ]);
});

test("a dearer one waits for the difference; what is put against it is given back by nothing else", () => {
  const waiting = settled(articles(1_500));
  const { raiseId, totalMinor, exchange } = raiseOf(waiting);
  expect([totalMinor, exchange]).toEqual([500, { returnId: "r", creditMinor: 1_000 }]);
  expect(refundableOf(waiting)).toBe(1_590);
  const give = (amountMinor: number) => () =>
    decide.refund(waiting, { id, amountMinor, reason: "late", alone: false }, NOW);
  expect(give(1_591)).toThrow(expect.objectContaining({ type: "ORDER_REFUND_MAX" }) as Error);
  const propose = () => decide.raise(waiting, { id, reason: "more", priced: [], commissions: [] }, NOW);
  expect(propose).toThrow(expect.objectContaining({ type: "ORDER_STATUS" }) as Error);
  const poorer = after(waiting, give(1_590));
  const paid = { id, raiseId, paymentId: "payment-2", captureId: "c2", reservations: [] };
  const done = after(poorer, (now) => decide.extend(now, paid, NOW));
  expect(done.money).toMatchObject({ capturedMinor: 4_090, refundedMinor: 2_590, exchangedMinor: 1_000 });
  expect([boughtWith(done.money), ...(done.money.more ?? [])]).toMatchObject([
    { capturedMinor: 2_590, refundedMinor: 1_590 },
    { paymentId: "payment-2", capturedMinor: 500, refundedMinor: 0 },
  ]);
  expect(refundableOf(done)).toBe(1_500);
});

const { "order.refuseRaise": refuseRaise, "order.lapseRaise": lapseRaise } = order.decide;

test.each([
  ["order.refuseRaise", refuseRaise],
  ["order.lapseRaise", lapseRaise],
] as const)("by %s the money goes back and the goods are let go", (_name, ends) => {
  const waiting = settled(articles(1_500));
  const { raiseId } = raiseOf(waiting);
  const over = after(waiting, (now) => ends(now, { id, raiseId }, NOW));
  expect(over.money).toMatchObject({ capturedMinor: 2_590, refundedMinor: 1_000 });
  expect(over.money.exchangedMinor).toBeUndefined();
  expect(over.tasks.slice(-2)).toMatchObject([
    { kind: "let-go", reservations: [{ holdId: "hold-n", quantity: 1 }] },
    { kind: "refund", amountMinor: 1_000 },
  ]);
  expect(ends(over, { id, raiseId }, NOW)).toEqual([]);
});

test("a file is there with the exchange; an exchange of what was exchanged is one like any other", () => {
  const file = { ...articles(1_000, { delivery: "digital" }), reservations: [] };
  const done = settled(file);
  expect(kinds(done).slice(3)).toEqual(["refund", "capture", "ship"]);
  expect(done).toMatchObject({ status: "shipped", money: { refundedMinor: 1_000, exchangedMinor: 1_000 } });
  expect(done.tasks[3]).toMatchObject({ from: [] });
  const again = settled(articles(900), done);
  expect(again.money).toMatchObject({ capturedMinor: 4_490, refundedMinor: 2_000, exchangedMinor: 1_900 });
  expect(boughtWith(again.money)).toMatchObject({ capturedMinor: 2_590, refundedMinor: 100 });
});

test("where the order cannot take the articles in, the money goes back and they are let go", () => {
  const erasedPerson = settled(articles(700), { ...sent(), contact: null });
  expect(erasedPerson.money).toMatchObject({ capturedMinor: 2_590, refundedMinor: 1_000 });
  expect(kinds(erasedPerson).slice(3)).toEqual(["let-go", "refund"]);
  // the difference of another one is not paid yet
  const second = settled(articles(700), settled(articles(1_500)));
  expect(kinds(second).slice(4)).toEqual(["let-go", "refund"]);
  expect(raiseOf(second).totalMinor).toBe(500);
});
