import * as fc from "fast-check";
import { erased, evolveOne } from "../../../../models/kernel/aggregate";
import { isRefusal } from "../../../../models/kernel/refusal";
import { stock, type StockEvent, type StockState } from "../../../../models/stock/stock.aggregate";
import { UNDERWAY_MAX } from "../../../../models/stock/stock.transfer.contract";
import { given, NOW } from "../../../support/given";

const key = { offerId: "o1", location: "berlin" };
const place = { ...key, productId: "p1", sellerId: "s1" };
const opened: StockEvent = { type: "stock.opened", data: place };
const received = (quantity: number): StockEvent => ({ type: "stock.received", data: { quantity } });
const LATER = "2026-02-03T08:00:00.000Z";
const sent = (transferId: string, quantity: number, arrivesAt = NOW): StockEvent => ({
  type: "stock.sent",
  data: { transferId, to: "munich", quantity, arrivesAt },
});
const history = given(stock);
const transfer = { ...key, to: "munich", quantity: 3, transferId: "t1" };
const underway = { transferId: "t1", to: "munich", quantity: 3, arrivesAt: NOW };

describe("a transfer", () => {
  it("leaves where it lay at once, and is kept as on its way", () => {
    history(opened, received(5))
      .when("stock.transfer", { ...transfer, note: "for the weekend" })
      .then({ type: "stock.sent", data: { ...underway, note: "for the weekend" } })
      .andState({ status: "kept", ...place, onHand: 2, underway: [underway] });
  });

  it("is delivered when its time has come", () => {
    const { state } = history(opened, received(5), sent("t1", 3), sent("t2", 1, LATER));
    expect(stock.due?.(state)).toEqual([
      { at: NOW, command: "stock.deliver", params: { transferId: "t1" } },
      { at: LATER, command: "stock.deliver", params: { transferId: "t2" } },
    ]);
  });

  it("can be expected later, or to have arrived", () => {
    const late = history(opened, received(5), sent("t1", 3, LATER));
    late
      .when("stock.expect", { ...key, transferId: "t1" })
      .then({ type: "stock.expected", data: { transferId: "t1", arrivesAt: NOW } })
      .andState({ status: "kept", ...place, onHand: 2, underway: [underway] });
    late.when("stock.expect", { ...key, transferId: "t1", arrivesAt: LATER }).then();
    late.when("stock.expect", { ...key, transferId: "t2" }).refused("NOT_FOUND");
  });

  it("opens the stock where it arrives, and adds to one that is there", () => {
    const arrives = { ...place, location: "munich", transferId: "t1", from: "berlin", quantity: 3 };
    const arrived: StockEvent = { type: "stock.arrived", data: { transferId: "t1", from: "berlin", quantity: 3 } };
    const there = { ...place, location: "munich" };
    history()
      .when("stock.arrive", arrives)
      .then({ type: "stock.opened", data: there }, arrived)
      .andState({ status: "kept", ...there, onHand: 3 });
    history({ type: "stock.opened", data: there }, received(4))
      .when("stock.arrive", arrives)
      .then(arrived)
      .andState({ status: "kept", ...there, onHand: 7 });
  });

  it("is taken off the list once", () => {
    history(opened, received(5), sent("t1", 3))
      .when("stock.settle", { id: "x", transferId: "t1" })
      .then({ type: "stock.settled", data: { transferId: "t1" } })
      .andState({ status: "kept", ...place, onHand: 2, underway: [] });
    history(opened, received(5)).when("stock.settle", { id: "x", transferId: "t1" }).then();
  });

  it("takes no more than there is, and nothing to where it lies", () => {
    const five = history(opened, received(5));
    five.when("stock.transfer", { ...transfer, quantity: 6 }).refused("STOCK_NEGATIVE", { onHand: 5 });
    five.when("stock.transfer", { ...transfer, to: "berlin" }).refused("STOCK_TRANSFER_HERE");
    history().when("stock.transfer", transfer).refused("NOT_FOUND");
  });

  it("is refused while too many are on their way", () => {
    const many = Array.from({ length: UNDERWAY_MAX }, (_, n) => sent(`t${n}`, 1, LATER));
    history(opened, received(100), ...many)
      .when("stock.transfer", { ...transfer, transferId: "one-more" })
      .refused("STOCK_UNDERWAY_FULL");
  });
});

/** Two locations that send to each other, with timers that fire twice or late, as a process that dies leaves them. */
const LOCATIONS = ["berlin", "munich"] as const;
type At = (typeof LOCATIONS)[number];

const { decide } = erased(stock);
const decided = (command: string, state: StockState, params: object): StockEvent[] =>
  [...(decide[command]?.(state, params, NOW) ?? [])] as StockEvent[];

function twoLocations() {
  const states = new Map<string, StockState>();
  const arrived = new Set<string>();
  let next = 0;
  const tell = (at: string, events: readonly StockEvent[]): void =>
    events.forEach((event) => states.set(at, evolveOne(erased(stock), states.get(at), event) as StockState));
  const kept = (at: string) => states.get(at) as Extract<StockState, { status: "kept" }>;
  for (const at of LOCATIONS) {
    states.set(at, stock.initial);
    tell(at, [{ type: "stock.opened", data: { ...place, location: at } }, received(100)]);
  }
  const send = (at: At, quantity: number): void => {
    const asked = { ...place, location: at, to: at === "berlin" ? "munich" : "berlin", quantity };
    try {
      tell(at, decided("stock.transfer", kept(at), { ...asked, transferId: `t${next++}` }));
    } catch (error) {
      if (!isRefusal(error, "STOCK_NEGATIVE")) throw error;
    }
  };
  /** The oldest one; `settles` unless the process dies in between. */
  const deliver = (at: At, settles: boolean): void => {
    const [first] = kept(at).underway ?? [];
    if (!first) return;
    const { transferId, to, quantity } = first;
    // a command whose id is in the history already gets the answer that stands there
    if (!arrived.has(transferId)) {
      const arrives = { ...place, location: to, transferId, from: at, quantity };
      tell(to, decided("stock.arrive", kept(to), arrives));
      arrived.add(transferId);
    }
    if (settles) tell(at, decided("stock.settle", kept(at), { id: "x", transferId }));
  };
  return { send, deliver, kept, arrived };
}

describe("whatever is sent to and fro", () => {
  it("no unit is lost, and none comes twice", () => {
    const step = fc.record({
      at: fc.constantFrom(...LOCATIONS),
      act: fc.constantFrom("send", "arrive", "settle"),
      quantity: fc.integer({ min: 1, max: 40 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { send, deliver, kept, arrived } = twoLocations();
        for (const { at, act, quantity } of steps) {
          if (act === "send") send(at, quantity);
          else deliver(at, act === "settle");
        }
        const underway = LOCATIONS.flatMap((at) => kept(at).underway ?? []);
        const onTheWay = underway.filter(({ transferId }) => !arrived.has(transferId));
        const parts = [...LOCATIONS.map((at) => kept(at).onHand), ...onTheWay.map((one) => one.quantity)];
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(200);
        expect(Math.min(...parts)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
