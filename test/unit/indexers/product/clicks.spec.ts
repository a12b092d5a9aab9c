import type { Client } from "@elastic/elasticsearch";
import {
  choicesIn,
  chosen,
  createClicks,
  type CountedClicks,
} from "../../../../indexers/product/products.clicks.query";
import { partsOf } from "../../../../indexers/product/products.hit.query";
import { eventually } from "../../../support/eventually";

type Clicked = readonly [id: string, searches: number, at: Readonly<Record<number, number>>];

const counted = (searches: number, ...clicked: readonly Clicked[]): CountedClicks => ({
  searched: { doc_count: searches },
  clicked: {
    products: {
      buckets: clicked.map(([key, value, at]) => ({
        ...{ key, doc_count: value, searches: { value } },
        positions: { buckets: Object.entries(at).map(([place, n]) => ({ key: Number(place), doc_count: n })) },
      })),
    },
  },
});

const pointsOf = (...given: Parameters<typeof counted>) =>
  Object.fromEntries(choicesIn(counted(...given)).map(({ productId, points }) => [productId, points]));

describe("what others chose", () => {
  it("counts more the further down it stood", () => {
    expect(pointsOf(80, ["first", 20, { 0: 20 }], ["third", 20, { 2: 20 }])).toEqual({ first: 0.8, third: 2.4 });
  });

  it("is bounded, however often it was clicked", () => {
    expect(pointsOf(10, ["a", 900, { 9: 900 }])).toEqual({ a: 4 });
  });

  it("is nothing that two searches alone led to, and little after few of them", () => {
    expect(pointsOf(2, ["alone", 2, { 0: 40 }], ["few", 3, { 0: 3 }])).toEqual({ few: 0.5455 });
  });
});

describe("a search that goes by it", () => {
  const params = { q: "lamp", sort: "relevance", limit: 24 } as const;
  const whole = { q: "lamp", partial: false };
  const request = { index: "products", query: { match_all: {} } };
  const choices = [{ productId: "p1", points: 2 }];

  it("adds to what has every word, and finds nothing else", () => {
    expect(chosen(request, choices, { params, reading: whole }).query).toEqual({
      bool: {
        must: [{ match_all: {} }],
        should: [{ bool: { should: [{ constant_score: { filter: { term: { id: "p1" } }, boost: 2 } }] } }],
      },
    });
  });

  it("is the very same one where nothing is known, words lack, or something else sorts", () => {
    const partial = { q: "lamp", partial: true };
    expect(chosen(request, [], { params, reading: whole })).toBe(request);
    expect(chosen(request, choices, { params, reading: partial })).toBe(request);
    expect(chosen(request, choices, { params: { ...params, sort: "newest" }, reading: whole })).toBe(request);
  });

  it("tells of it, whichever wording of the question fits best", () => {
    expect(partsOf(7, { title: 1, "title~1": 5, clicks: 2 })).toEqual([
      { part: "title", score: 5, of: "text" },
      { part: "clicks", score: 2, of: "text" },
    ]);
  });
});

describe("what is known of a question", () => {
  it("is read behind the first search for it, once, and kept when the engine does not answer", async () => {
    let asked = 0;
    const search = () => {
      asked += 1;
      return asked === 1
        ? Promise.resolve({ aggregations: counted(20, ["a", 5, { 1: 5 }]) })
        : Promise.reject(new Error("gone"));
    };
    const clicks = createClicks({ client: { search } as unknown as Client, namespace: "unit" });
    expect(clicks("key")).toEqual([]);
    await eventually("what others chose is known", () => clicks("key").length === 1);
    expect(clicks("key")).toEqual([{ productId: "a", points: 1 }]);
    expect([clicks("another"), asked]).toEqual([[], 2]);
  });
});
