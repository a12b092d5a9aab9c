/** A desk counts by the hour, and notes what goes on until it is over. */
import { erased, fold } from "../../../models/kernel/aggregate";
import { desk, type DeskState, type KeptDesk } from "../../../models/desk/desk.aggregate";
import type { Notice } from "../../../models/desk/desk.contract";

const any = erased(desk);
const at = (n: number): string => `2026-01-31T09:0${n}:00.000Z`;
const price: Notice = { kind: "price", productId: "p", currency: "EUR", ownMinor: 900, bestMinor: 800 };
const risk: Notice = { kind: "risk", productId: null, risk: 0.2, usual: 0.1 };

function told(state: DeskState, name: string, params: object, now = at(0)): DeskState {
  const events = any.decide[name]?.(state, { sellerId: "s", ...params }, now) ?? [];
  return fold(any, state, events) as DeskState;
}
const kept = (state: DeskState): KeptDesk => state as KeptDesk;
const count = (state: DeskState, hour: string, views: number): DeskState =>
  told(state, "desk.count", { hour, views, carts: 1, checkouts: 0 });

test("what visitors did is added up by the hour, for three days", () => {
  let state: DeskState = { status: "absent" };
  state = count(count(state, "2026-01-31T09", 2), "2026-01-31T09", 3);
  expect(kept(state).hours).toEqual({ "2026-01-31T09": { views: 5, carts: 2, checkouts: 0 } });
  for (let n = 0; n < 80; n++) state = count(state, new Date(n * 3_600_000).toISOString().slice(0, 13), 1);
  const hours = Object.keys(kept(state).hours);
  expect(hours).toHaveLength(72);
  expect(hours.at(-1)).toBe("2026-01-31T09");
});

test("what goes on keeps its moment, what is over goes, and nothing new is no version", () => {
  const first = told({ status: "absent" }, "desk.note", { notices: [price] }, at(1));
  const both = told(first, "desk.note", { notices: [risk, { ...price, bestMinor: 700 }] }, at(2));
  expect(kept(both).notices).toEqual({
    "price|p": { ...price, bestMinor: 700, at: at(1) },
    "risk|": { ...risk, at: at(2) },
  });
  const same = { sellerId: "s", notices: [{ ...price, bestMinor: 700 }, risk] };
  expect(any.decide["desk.note"]?.(both, same, at(3))).toEqual([]);
  expect(kept(told(both, "desk.note", { notices: [risk] }, at(3))).notices).toEqual({
    "risk|": { ...risk, at: at(2) },
  });
});
