import { fingerprint, writeCursor } from "../../../../indexers/kernel/cursor";
import {
  baseFilters,
  facetFilters as filtersOf,
  othersThan,
} from "../../../../indexers/product/products.filters.query";
import { facetAggregations as aggregationsOf } from "../../../../indexers/product/products.facets.query";
import { offerConditions, onOffer } from "../../../../indexers/product/products.offers.query";
import { searchRequest } from "../../../../indexers/product/products.request.query";
import { sortable } from "../../../../indexers/product/products.steps.projection";
import { isRefusal } from "../../../../models/kernel/refusal";
import type { SearchProducts } from "../../../../models/product/product.search.contract";
import { asked, request, facetFilters, facetAggregations, withOffer, amount, onHand, published } from "./asking";

describe("what holds for all that is found and counted", () => {
  it.each<[string, Partial<SearchProducts>, object[]]>([
    ["nothing asked", {}, []],
    ["a channel", { channel: "main" }, [{ term: { channels: "main" } }]],
    ["a lower price", { priceMin: 0 }, [withOffer(amount({ gte: 0 }))]],
    ["an upper price", { priceMax: 900 }, [withOffer(amount({ lte: 900 }))]],
    ["both prices", { priceMin: 1, priceMax: 9 }, [withOffer(amount({ gte: 1, lte: 9 }))]],
    ["what is in stock", { inStock: true }, [withOffer(onHand)]],
    ["what is sold out", { inStock: false }, [{ bool: { must_not: withOffer(onHand) } }]],
  ])("%s", (_what, params, filters) => {
    const conditions = offerConditions(asked(params), []);
    expect(baseFilters(asked(params), { conditions, hidden: [] })).toEqual([published, ...filters]);
    expect(request(params).query).toEqual({ bool: { must: [], filter: [published, ...filters] } });
    expect(request(params).post_filter).toBeUndefined();
  });
});

describe("the filters of facets", () => {
  const filters = (params: Partial<SearchProducts>) => Object.fromEntries(facetFilters(asked(params)));

  it("take any brand, one category, and of an attribute any value", () => {
    expect(
      filters({ brand: ["A", "B"], category: ["X/Y"], attribute: ["colour:red", "colour:blue", "size:m"] }),
    ).toEqual({
      brand: { terms: { brand: ["A", "B"] } },
      category: { terms: { categories: ["X/Y"] } },
      "attribute:colour": { terms: { attributes: ["colour:red", "colour:blue"] } },
      "attribute:size": { terms: { attributes: ["size:m"] } },
    });
  });

  it.each([
    ["17.0", ["watts:17.0", "watts:17"]],
    ["17", ["watts:17"]],
    ["1e3", ["watts:1e3", "watts:1000"]],
    ["", ["watts:"]],
    [" ", ["watts: "]],
    ["a:b", ["watts:a:b"]],
  ])("look for a number in the form that is kept, too: %j", (value, attributes) => {
    expect(filters({ attribute: [`watts:${value}`] })).toEqual({ "attribute:watts": { terms: { attributes } } });
  });

  it("find numbers between two borders, the upper one not among them, or beyond one", () => {
    const between = (gte: string, lt: string) => ({ range: { numbers: { gte, lt } } });
    const [two, ten] = [`watts:${sortable(2)}`, `watts:${sortable(10)}`];
    expect(filters({ range: ["watts:2..10"] })).toEqual({ "attribute:watts": between(two, ten) });
    expect(filters({ range: ["watts:2..", "watts:..10"], attribute: ["watts:7"] })).toEqual({
      "attribute:watts": {
        bool: {
          should: [{ terms: { attributes: ["watts:7"] } }, between(two, "watts:g"), between("watts:", ten)],
          minimum_should_match: 1,
        },
      },
    });
  });

  it("find nothing by an attribute without a name's end, and are none for empty words", () => {
    expect(filters({ attribute: ["nonsense"] })).toEqual({ "attribute:": { match_none: {} } });
    expect(filters({ brand: [], category: [""], attribute: [] })).toEqual({});
  });

  it("are applied after counting, and each facet is counted without its own", () => {
    const chosen = { brand: ["A"], attribute: ["colour:red"] };
    const all = facetFilters(asked(chosen));
    const [brand, colour] = [all.get("brand"), all.get("attribute:colour")];
    expect(request(chosen).post_filter).toEqual({ bool: { filter: [brand, colour] } });
    expect(othersThan(all, "brand")).toEqual([colour]);
    const aggregations = facetAggregations(all);
    expect(Object.keys(aggregations)).toEqual(["together", "brand", "attribute:colour"]);
    expect(aggregations["brand"]?.filter).toEqual({ bool: { filter: [colour] } });
    expect(aggregations["attribute:colour"]).toMatchObject({
      filter: { bool: { filter: [brand] } },
      aggs: { values: { terms: { include: "colour:.*" } } },
    });
    // of what nothing is chosen, all is counted of the same: what was chosen is asked once
    const { together } = aggregations;
    expect(together?.filter).toEqual({ bool: { filter: [brand, colour] } });
    expect(Object.keys(together?.aggs ?? {})).toEqual(["category", "tree", "offers", "attributes"]);
  });

  it("count of offers with one condition for all, and without a facet's own choice", () => {
    const params = asked({ seller: ["s-1"], condition: ["used"], currency: "EUR" });
    const conditions = offerConditions(params, ["s-9"]);
    const { offers } = aggregationsOf(filtersOf(params, conditions), conditions);
    const [seller, used] = [{ terms: { "offers.sellerId": ["s-1"] } }, { terms: { "offers.condition": ["used"] } }];
    const allowed = { bool: { must_not: { terms: { "offers.sellerId": ["s-9"] } } } };
    expect(offers?.filter).toEqual({ bool: { filter: [] } });
    const fitting = offers?.aggs?.["offers"]?.aggs?.["fitting"];
    expect(fitting?.filter).toEqual({ bool: { filter: [allowed, { terms: { "offers.currency": ["EUR"] } }] } });
    expect(fitting?.aggs).toMatchObject({
      seller: { filter: { bool: { filter: [used] } } },
      condition: { filter: { bool: { filter: [seller] } } },
      price: { filter: { bool: { filter: [seller, used] } } },
    });
  });

  it("ask who is suspended only where no seller was chosen, and find nothing of a suspended one", () => {
    const suspended = Array.from({ length: 1_000 }, (_, n) => `s-${n}`);
    const chosen = asked({ seller: ["s-1", "t-1"], inStock: true, sort: "price-asc" });
    const text = JSON.stringify(searchRequest(chosen, "stoa-products", { hidden: suspended }));
    // once for what is found, once for what is counted: the list is longer than all the rest
    expect(text.split('"s-999"')).toHaveLength(3);
    expect(text).toContain('{"terms":{"offers.sellerId":["t-1"]}}');
    expect(onOffer(offerConditions(asked({ seller: ["s-1"] }), suspended))).toEqual([
      { terms: { "offers.sellerId": [] } },
    ]);
  });

  it("let no name of an attribute reach the engine as a pattern", () => {
    const aggregations = facetAggregations(facetFilters(asked({ attribute: ["a.*|b-c:1"] })));
    expect(aggregations["attribute:a.*|b-c"]).toMatchObject({ aggs: { values: { terms: { include: "ab\\-c:.*" } } } });
  });
});

describe("the order of what is found", () => {
  const newest = { publishedAt: { order: "desc", missing: "_last" } };
  const byPrice = (order: string) => ({
    "offers.priceKey": {
      order,
      mode: "min",
      missing: "_last",
      nested: { path: "offers", filter: { bool: { filter: [] } } },
    },
  });

  const best = { _score: { order: "desc" } };
  it.each<[string, Partial<SearchProducts>, ...object[]]>([
    ["relevance with words", { q: "lamp" }, best],
    ["relevance without words is age, after what rules say", {}, best, newest],
    ["relevance of blanks is age, after what rules say", { q: "  " }, best, newest],
    ["price, cheap first", { sort: "price-asc" }, byPrice("asc")],
    ["price, dear first", { sort: "price-desc", q: "lamp" }, byPrice("desc")],
    ["age", { sort: "newest", q: "lamp" }, newest],
  ])("%s; the id decides between equals", (_what, params, ...sort) => {
    expect(request(params).sort).toEqual([...sort, { id: { order: "asc" } }]);
  });

  it("asks for one more than the page holds, and counts to a bound", () => {
    expect(request({ limit: 7 })).toMatchObject({ size: 8, track_total_hits: 10_000, track_scores: false });
    expect(request({ q: "lamp" }).track_scores).toBe(true);
  });
});

describe("the next page", () => {
  const { limit: _limit, ...question } = asked({ q: "lamp" });
  const cursor = writeCursor(fingerprint(question), [1.5, "p-1", ""]);

  it("goes on after the last hit, whatever its length, and is not counted again", () => {
    for (const limit of [24, 5]) {
      const { search_after, aggs, preference } = request({ q: "lamp", limit, cursor });
      expect(search_after).toEqual([1.5, "p-1"]);
      expect(aggs).toBeUndefined();
      expect(preference).toBe(request({ q: "lamp" }).preference);
    }
    expect(request({ q: "lamp" })).toMatchObject({ aggs: expect.any(Object) as object });
  });

  it.each<[string, Partial<SearchProducts>]>([
    ["other words", { q: "desk" }],
    ["another order", { q: "lamp", sort: "newest" }],
    ["another filter", { q: "lamp", brand: ["A"] }],
    ["another language", { q: "lamp", lang: "de" }],
  ])("is refused for %s", (_what, params) => {
    const told = (): unknown => {
      try {
        return request({ ...params, cursor });
      } catch (error) {
        return isRefusal(error, "CURSOR_INVALID");
      }
    };
    expect(told()).toBe(true);
  });
});
