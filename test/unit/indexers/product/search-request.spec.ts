import { fingerprint, writeCursor } from "../../../../indexers/kernel/cursor";
import { readFacets } from "../../../../indexers/product/products.counts.query";
import { facetAggregations as aggregationsOf } from "../../../../indexers/product/products.facets.query";
import {
  baseFilters,
  facetFilters as filtersOf,
  othersThan,
} from "../../../../indexers/product/products.filters.query";
import { offerConditions } from "../../../../indexers/product/products.offers.query";
import { searchRequest } from "../../../../indexers/product/products.request.query";
import { sortable } from "../../../../indexers/product/products.steps.projection";
import { isRefusal } from "../../../../models/kernel/refusal";
import type { SearchProducts } from "../../../../models/product/product.search.contract";

const asked = (more: Partial<SearchProducts> = {}): SearchProducts => ({ sort: "relevance", limit: 24, ...more });
const request = (more: Partial<SearchProducts> = {}) => searchRequest(asked(more), "stoa-products");
const facetFilters = (params: SearchProducts) => filtersOf(params, offerConditions(params, []));
const facetAggregations = (filters: ReturnType<typeof filtersOf>) =>
  aggregationsOf(filters, offerConditions(asked(), []));
const withOffer = (...filter: object[]) => ({ nested: { path: "offers", query: { bool: { filter } } } });
const amount = (range: object) => ({ range: { "offers.amountMinor": range } });
const onHand = { range: { "offers.quantity": { gt: 0 } } };
const published = { term: { status: "published" } };

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
    expect(Object.keys(aggregations)).toEqual([
      "brand",
      "category",
      "tree",
      "seller",
      "condition",
      "price",
      "attributes",
      "attribute:colour",
    ]);
    expect(aggregations["brand"]?.filter).toEqual({ bool: { filter: [colour] } });
    expect(aggregations["category"]?.filter).toEqual({ bool: { filter: [brand, colour] } });
    expect(aggregations["attribute:colour"]).toMatchObject({
      filter: { bool: { filter: [brand] } },
      aggs: { values: { terms: { include: "colour:.*" } } },
    });
  });

  it("let no name of an attribute reach the engine as a pattern", () => {
    const aggregations = facetAggregations(facetFilters(asked({ attribute: ["a.*|b-c:1"] })));
    expect(aggregations["attribute:a.*|b-c"]).toMatchObject({ aggs: { values: { terms: { include: "ab\\-c:.*" } } } });
  });
});

describe("facets read from counts", () => {
  it("tell of offers' sellers the twenty with the most products, also where others have more offers", () => {
    const bucket = (n: number) => {
      const key = `s-${String(n).padStart(3, "0")}`;
      return { key, doc_count: 200 - n, products: { doc_count: n < 10 ? 1 : 100 - n } };
    };
    const buckets = Array.from({ length: 100 }, (_, n) => bucket(n));
    const values = { offers: { fitting: { values: { buckets } } } };
    const found = readFacets({ seller: values, attributes: counts() })["seller"] ?? [];
    expect(found.map(({ value }) => value)).toEqual(buckets.slice(10, 30).map(({ key }) => key));
    expect(found[0]).toMatchObject({ value: "s-010", count: 90 });
  });

  const counts = (...values: [string, number][]) => ({
    values: { buckets: values.map(([key, doc_count]) => ({ key, doc_count })) },
  });

  it("are one per attribute that leaves a choice, and always brand and category", () => {
    const attributes = counts(["colour:red", 3], ["kind:lamp", 3], ["colour:blue", 1]);
    expect(readFacets({ brand: counts(["A", 2]), category: counts(), attributes })).toEqual({
      colour: [
        { value: "red", count: 3 },
        { value: "blue", count: 1 },
      ],
      brand: [{ value: "A", count: 2 }],
      category: [],
      seller: [],
      condition: [],
      price: [],
    });
  });

  it("show a chosen attribute even where it leaves no choice, or nothing", () => {
    const found = { attributes: counts(["kind:lamp", 3]), "attribute:kind": counts(["kind:lamp", 3]) };
    expect(readFacets({ ...found, "attribute:size": counts() })).toEqual({
      kind: [{ value: "lamp", count: 3 }],
      size: [],
      brand: [],
      category: [],
      seller: [],
      condition: [],
      price: [],
    });
  });

  it("tell ranges of prices, where all are of one currency and leave a choice", () => {
    const step = (key: string, products: number) => ({ key, doc_count: 9, products: { doc_count: products } });
    const prices = (currencies: number, ...buckets: object[]) => ({
      price: {
        offers: { fitting: { steps: { buckets }, currencies: { buckets: Array(currencies).fill({}) as object[] } } },
      },
    });
    const two = [step("0:100", 3), step("0:1000", 1)];
    expect(readFacets(prices(1, ...two))["price"]).toEqual([
      { value: "100-999", from: 100, to: 999, count: 3 },
      { value: "1000-9999", from: 1_000, to: 9_999, count: 1 },
    ]);
    expect(readFacets(prices(1, ...two), { priceMin: 250, priceMax: 4_000 })["price"]).toMatchObject([
      { value: "250-999" },
      { value: "1000-4000" },
    ]);
    expect([readFacets(prices(2, ...two))["price"], readFacets(prices(1, step("0:1", 3)))["price"]]).toEqual([[], []]);
  });

  const steps = (...found: [string, number][]) => ({
    steps: { buckets: found.map(([key, doc_count]) => ({ key, doc_count })) },
  });
  const inches = steps(["inch:0:10", 90], ["inch:1:10", 90], ["inch:2:14", 60], ["inch:2:12", 30]);

  it("are ranges of a number of many values, and its values where they are few and all of them", () => {
    const many = Array.from({ length: 9 }, (_, n): [string, number] => [`inch:${12 + n / 10}`, 10]);
    expect(readFacets({ attributes: { ...counts(...many), ...inches } })["inch"]).toEqual([
      { value: "12..14", from: 12, to: 14, count: 30 },
      { value: "14..16", from: 14, to: 16, count: 60 },
    ]);
    const few = counts(["inch:14", 60], ["inch:12", 30]);
    expect(readFacets({ attributes: { ...few, ...inches } })["inch"]).toEqual([
      { value: "14", count: 60 },
      { value: "12", count: 30 },
    ]);
    // some of them are not told: there are more than these
    expect(readFacets({ attributes: { ...counts(["inch:14", 59]), ...inches } })["inch"]).toHaveLength(2);
  });

  it("are ranges of a chosen number, too, and of none that is offered as no filter", () => {
    const chosen = { ...counts(["inch:14", 5]), ...inches };
    expect(readFacets({ attributes: counts(), "attribute:inch": chosen })["inch"]).toHaveLength(2);
    const hidden = readFacets({ attributes: { ...counts(), ...inches } }, { isFacet: () => false });
    expect(hidden["inch"]).toBeUndefined();
  });

  it("say in what a number is counted, where it is told in ranges", () => {
    const unitOf = (name: string) => (name === "inch" ? "in" : undefined);
    const ranged = readFacets({ attributes: { ...counts(), ...inches } }, { unitOf });
    expect((ranged["inch"] ?? []).map(({ unit }) => unit)).toEqual(["in", "in"]);
    const told = { ...counts(["inch:14", 60], ["inch:12", 30]), ...inches };
    expect(readFacets({ attributes: told }, { unitOf })["inch"]?.[0]).toEqual({ value: "14", count: 60 });
  });

  it("are at most ten attributes of at most twenty values", () => {
    const many = Array.from({ length: 12 }, (_, name) =>
      Array.from({ length: 30 }, (_, value): [string, number] => [`a${name}:${value}`, 1]),
    );
    const facets = readFacets({ attributes: counts(...many.flat()) });
    expect(Object.keys(facets)).toHaveLength(10 + 5);
    expect(facets["a0"]).toHaveLength(20);
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
