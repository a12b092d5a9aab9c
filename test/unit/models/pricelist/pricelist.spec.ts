import * as fc from "fast-check";
import { pricelist, type PricelistEvent } from "../../../../models/pricelist/pricelist.aggregate";
import { ENTRIES_MAX } from "../../../../models/pricelist/pricelist.contract";
import {
  EVERYONE,
  nextTurn,
  publicWindows,
  resolvePrice,
  type PriceEntry,
  type PriceQuestion,
  type Tier,
} from "../../../../models/pricelist/pricelist.prices.contract";
import { given, NOW as at } from "../../../support/given";

const offerId = "o1";
const place = { offerId, productId: "p1", sellerId: "s1", currency: "EUR" };
const later = "2026-02-10T00:00:00.000Z";
const evenLater = "2026-02-20T00:00:00.000Z";
const tiers = (...pairs: readonly [number, number][]): Tier[] =>
  pairs.map(([quantity, amountMinor]) => ({ quantity, amountMinor }));
const entry = (more: Partial<PriceEntry> = {}): PriceEntry => ({
  name: "sale",
  group: EVERYONE,
  tiers: tiers([1, 900]),
  from: at,
  to: null,
  ...more,
});
const opened: PricelistEvent = { type: "pricelist.opened", data: place };
const set = (one: PriceEntry, when = at): PricelistEvent => ({ type: "pricelist.set", data: { entry: one, at: when } });
const history = given(pricelist);
const asked = { ...place, name: "sale", tiers: tiers([1, 900]) };

describe("a price list", () => {
  it("opens with its first entry, which holds for everybody from now on where nothing else is said", () => {
    history()
      .when("pricelist.set", asked)
      .then(opened, set(entry()))
      .andState({ status: "kept", ...place, entries: [entry()], at });
  });

  it("keeps tiers in the order of their quantities", () => {
    history(opened)
      .when("pricelist.set", {
        ...asked,
        group: "trade",
        tiers: tiers([10, 700], [1, 900]),
        from: later,
        to: evenLater,
      })
      .then(set(entry({ group: "trade", tiers: tiers([1, 900], [10, 700]), from: later, to: evenLater })));
  });

  it("begins nothing in the past, and refuses what is over before it begins", () => {
    const past = "2025-12-01T00:00:00.000Z";
    history(opened)
      .when("pricelist.set", { ...asked, from: past })
      .then(set(entry()));
    history(opened)
      .when("pricelist.set", { ...asked, to: past })
      .refused("PRICELIST_TIMES");
    history(opened)
      .when("pricelist.set", { ...asked, from: evenLater, to: later })
      .refused("PRICELIST_TIMES");
  });

  it("ends the entry of the same name when it is set anew, and remembers it", () => {
    const cheaper = entry({ tiers: tiers([1, 800]), from: later });
    history(opened, set(entry()))
      .when("pricelist.set", { ...asked, tiers: tiers([1, 800]) }, later)
      .then(set(cheaper, later))
      .andState({ status: "kept", ...place, entries: [entry({ to: later }), cheaper], at: later });
  });

  it("ends an entry, and forgets one that never began", () => {
    const ended: PricelistEvent = { type: "pricelist.ended", data: { name: "sale", at: later } };
    history(opened, set(entry()))
      .when("pricelist.end", { offerId, name: "sale" }, later)
      .then(ended)
      .andState({ status: "kept", ...place, entries: [entry({ to: later })], at: later });
    history(opened, set(entry({ from: evenLater })))
      .when("pricelist.end", { offerId, name: "sale" }, later)
      .then(ended)
      .andState({ status: "kept", ...place, entries: [], at: later });
    history(opened, set(entry()), ended)
      .when("pricelist.end", { offerId, name: "sale" }, evenLater)
      .refused("NOT_FOUND", { name: "sale" });
  });

  it("is told when a price for everybody begins or ends, and asks for it", () => {
    const planned = history(opened, set(entry({ from: later, to: evenLater })));
    const due = (moment: string) => [{ at: moment, command: "pricelist.turn", params: { offerId } }];
    expect(pricelist.due?.(planned.state)).toEqual(due(later));
    const turned: PricelistEvent = { type: "pricelist.turned", data: { at: later } };
    planned.when("pricelist.turn", { offerId }, later).then(turned);
    const begun = history(opened, set(entry({ from: later, to: evenLater })), turned);
    expect(pricelist.due?.(begun.state)).toEqual(due(evenLater));
    begun.when("pricelist.turn", { offerId }, later).then();
    const private_ = history(opened, set(entry({ group: "trade", from: later })));
    expect(pricelist.due?.(private_.state)).toEqual([]);
    expect(pricelist.due?.(history().state)).toEqual([]);
  });

  it("is bounded", () => {
    const many = Array.from({ length: ENTRIES_MAX }, (_, n) => set(entry({ name: `e${n}` })));
    history(opened, ...many)
      .when("pricelist.set", asked)
      .refused("PRICELIST_FULL");
  });

  it("that was never opened can neither end nor turn", () => {
    history().when("pricelist.end", { offerId, name: "sale" }).refused("NOT_FOUND");
    history().when("pricelist.turn", { offerId }).refused("NOT_FOUND");
  });
});

describe("the price of a unit", () => {
  const entries = [
    entry({ name: "volume", tiers: tiers([10, 950], [100, 800]) }),
    entry({ name: "trade", group: "trade", tiers: tiers([1, 900]) }),
    entry({ name: "february", from: later, to: evenLater, tiers: tiers([1, 850]) }),
  ];
  it.each<[string, PriceQuestion, number, string | null]>([
    ["everybody's own", { group: EVERYONE, quantity: 1, at }, 1_000, null],
    ["below a tier", { group: EVERYONE, quantity: 9, at }, 1_000, null],
    ["at a tier", { group: EVERYONE, quantity: 10, at }, 950, "volume"],
    ["at the next one", { group: EVERYONE, quantity: 100, at }, 800, "volume"],
    ["of a group", { group: "trade", quantity: 1, at }, 900, "trade"],
    ["of a group, where everybody's is lower", { group: "trade", quantity: 100, at }, 800, "volume"],
    ["when a time begins", { group: EVERYONE, quantity: 1, at: later }, 850, "february"],
    ["when a time has ended", { group: EVERYONE, quantity: 1, at: evenLater }, 1_000, null],
  ])("%s", (_what, question, amountMinor, name) => {
    expect(resolvePrice(1_000, entries, question)).toMatchObject({ amountMinor, entry: name });
  });

  const anyEntry = fc.record({
    name: fc.constantFrom("a", "b", "c"),
    group: fc.constantFrom(EVERYONE, "trade", "staff"),
    tiers: fc
      .uniqueArray(fc.record({ quantity: fc.integer({ min: 1, max: 20 }), amountMinor: fc.nat(2_000) }), {
        selector: ({ quantity }) => quantity,
        minLength: 1,
        maxLength: 4,
      })
      .map((list) => list.sort((a, b) => a.quantity - b.quantity)),
    from: fc.constantFrom(at, later),
    to: fc.constantFrom(null, evenLater),
  });

  it("is never above the offer's own, whatever the order, and never more for a group than for everybody", () => {
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 8 }), fc.integer({ min: 1, max: 25 }), (list, quantity) => {
        const ask = { group: "trade", quantity, at: later };
        const price = resolvePrice(1_000, list, ask).amountMinor;
        expect(price).toBeLessThanOrEqual(1_000);
        expect(resolvePrice(1_000, [...list].reverse(), ask).amountMinor).toBe(price);
        expect(price).toBeLessThanOrEqual(resolvePrice(1_000, list, { ...ask, group: EVERYONE }).amountMinor);
      }),
    );
  });

  it("is shown to everybody only where it holds for one unit", () => {
    expect(publicWindows(entries)).toEqual([{ from: later, to: evenLater, amountMinor: 850 }]);
    expect(nextTurn(entries, at)).toBe(later);
    expect(nextTurn(entries, later)).toBe(evenLater);
    expect(nextTurn(entries, evenLater)).toBeNull();
  });
});
