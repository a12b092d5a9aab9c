/** What is summed of searches, and of words only how many said them. */
import { figuresOf, placesOf, type Buckets } from "../../../../indexers/analytics/analytics.figures.query";
import { sortedBy } from "../../../../indexers/analytics/analytics.query";
import { rewordings, searchFacts, searchWords } from "../../../../indexers/analytics/analytics.projection";
import type { QueryFigures, SaidWords } from "../../../../models/analytics/analytics.contract";

const buckets = (more: Partial<Buckets> = {}): Buckets => ({
  search: { doc_count: 10, searches: { value: 10 }, zero: { doc_count: 2 } },
  click: { doc_count: 7, searches: { value: 5 }, position: { value: 1.5 } },
  cart: { doc_count: 2, searches: { value: 2 } },
  purchase: {
    ...{ doc_count: 2, searches: { value: 1 } },
    revenue: { buckets: [{ key: "EUR", amount: { value: 12_000 } }] },
  },
  ...more,
});

it("says shares of searches: several clicks of one search are one", () => {
  expect(figuresOf(buckets())).toEqual({
    ...{ searches: 10, zeroResults: 0.2, clickThrough: 0.5, conversion: 0.1, clicks: 7, clickPosition: 1.5 },
    ...{ carts: 2, purchases: 2, revenue: [{ currency: "EUR", amountMinor: 12_000 }] },
  });
});

it("divides by nothing", () => {
  const none = { search: { doc_count: 0, searches: { value: 0 }, zero: { doc_count: 0 } } };
  expect(figuresOf(buckets(none))).toMatchObject({ zeroResults: 0, clickThrough: 0, conversion: 0 });
});

it("tells each channel with its sections, and what was searched in none", () => {
  const keyed = (key: string) => ({ key, ...buckets() });
  const places = placesOf({
    buckets: [
      { ...keyed("main"), sections: { buckets: [keyed("outlet")] } },
      { ...keyed("_"), sections: { buckets: [] } },
    ],
  });
  expect(places.map(({ channel, section }) => [channel, section])).toEqual([
    ["main", null],
    ["main", "outlet"],
    [null, null],
  ]);
  expect(places[1]).toEqual({ channel: "main", section: "outlet", ...figuresOf(buckets()) });
});

it("sorts shares of many searches before those of a handful", () => {
  const query = (queryKey: string, searches: number, clickThrough: number): QueryFigures => ({
    ...figuresOf(buckets()),
    ...{ queryKey, query: null, searches, clickThrough },
  });
  const sorted = sortedBy([query("rare", 2, 1), query("low", 50, 0.1), query("high", 50, 0.4)], "click-through");
  expect(sorted.map(({ queryKey }) => queryKey)).toEqual(["high", "low", "rare"]);
});

describe("words", () => {
  const said = (visitor: string): SaidWords => ({ queryKey: "k", text: "lamp", visitor });

  it("know how many different visitors said them, in whatever order and however often, and none of them", () => {
    const once = searchWords.merge(null, [said("ann"), said("ben"), said("ann")]);
    const again = searchWords.merge(searchWords.merge(null, [said("ben")]), [said("ann"), said("ben")]);
    expect(once).toEqual(again);
    expect(once).toMatchObject({ text: "lamp", visitors: 2 });
    expect(JSON.stringify(once)).not.toMatch(/ann|ben/);
  });

  it("that took the place of others are a thing of their own, one way", () => {
    const [a, b] = [
      rewordings.idOf({ from: "settee", to: "sofa", visitor: "v" }),
      rewordings.idOf({ from: "sofa", to: "settee", visitor: "v" }),
    ];
    expect(a).not.toBe(b);
  });
});

it("a fact that comes again is the same document", () => {
  const fact = { id: "f", at: "2026-01-01T00:00:00.000Z", kind: "search", queryKey: "k" } as const;
  expect(searchFacts.merge(searchFacts.merge(null, [fact]), [fact])).toEqual(fact);
});
