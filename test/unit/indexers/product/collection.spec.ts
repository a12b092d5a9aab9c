import type { estypes } from "@elastic/elasticsearch";
import { NO_CATEGORIES } from "../../../../indexers/category/categories.tree.query";
import { inCollection } from "../../../../indexers/product/products.collection.query";
import { searchRequest } from "../../../../indexers/product/products.request.query";
import type { CollectionView } from "../../../../models/collection/collection.result.contract";
import type { SearchProducts } from "../../../../models/product/product.search.contract";

const base: CollectionView = {
  ...{ id: "c1", version: 1, status: "published", slug: "gifts", title: { en: "Gifts" }, description: {} },
  ...{ channels: [], by: "hand", products: ["b", "a"], rule: null },
};
const asked: SearchProducts = { collection: "gifts", sort: "relevance", limit: 10 };
const within = (collection: CollectionView | null, more: Partial<SearchProducts> = {}, hidden: string[] = []) => {
  const params = { ...asked, ...more };
  const request = searchRequest(params, "products", { hidden });
  return { request, found: inCollection(request, params, collection, { hidden, tree: NO_CATEGORIES }) };
};
const partsOf = ({ query }: estypes.SearchRequest) =>
  query?.bool as { filter: unknown; must: unknown; should?: unknown };

interface Bit {
  constant_score: { filter: { terms: { id: string[] } }; boost: number };
}

/** What the clauses add up to for a product. */
const scoreOf = (found: estypes.SearchRequest, product: string): number =>
  (partsOf(found).should as Bit[])
    .filter(({ constant_score }) => constant_score.filter.terms.id.includes(product))
    .reduce((sum, { constant_score }) => sum + constant_score.boost, 0);

describe("products of a collection", () => {
  test("by hand are those of its list, within all else that is asked", () => {
    const { request, found } = within(base, { q: "lamp", brand: ["Acme"] });
    expect(found).toEqual({
      ...request,
      query: { bool: { must: [request.query], filter: [{ terms: { id: ["b", "a"] } }] } },
    });
  });

  test("keep its order, each place a score of its own", () => {
    const products = Array.from({ length: 1_000 }, (_, n) => `p${n}`);
    const { found } = within({ ...base, products });
    const scores = products.map((id) => scoreOf(found, id));
    expect(scores).toEqual(Array.from({ length: 1_000 }, (_, n) => 1_023 - n));
    expect((partsOf(found).should as Bit[]).length).toBe(10);
    expect((found.sort as object[])[0]).toEqual({ _score: { order: "desc" } });
  });

  test.each([{ q: "lamp" }, { sort: "newest" } as const, { sort: "price-asc" } as const])(
    "give the order up for another: %j",
    (more) => {
      const { request, found } = within(base, more);
      expect([partsOf(found).should, found.sort]).toEqual([undefined, request.sort]);
    },
  );

  test("by rule fulfil the rule, and what the caller asks; hidden sellers fulfil nothing", () => {
    const rule = { q: "desk", brand: ["Acme"], attribute: ["colour:red"], priceMax: 500 };
    const { request, found } = within({ ...base, by: "rule", products: null, rule }, { brand: ["Zoo"] }, ["bad"]);
    expect(found.post_filter).toEqual({ bool: { filter: [{ terms: { brand: ["Zoo"] } }] } });
    expect(partsOf(found).must).toEqual([request.query]);
    expect(found.sort).toEqual(request.sort);
    const filter = JSON.stringify(partsOf(found).filter);
    for (const part of ['{"terms":{"brand":["Acme"]}}', '"colour:red"', '"query":"desk"', '{"lte":500}', '["bad"]']) {
      expect(filter).toContain(part);
    }
  });

  test("are none when there is no such collection, or another channel shows it", () => {
    const none = [{ match_none: {} }];
    expect(partsOf(within(null).found).filter).toEqual(none);
    const web = { ...base, channels: ["web"] };
    expect(partsOf(within(web, { channel: "shop" }).found).filter).toEqual(none);
    const shown = [{ terms: { id: ["b", "a"] } }];
    expect(partsOf(within(web, { channel: "web" }).found).filter).toEqual(shown);
    expect(partsOf(within(web).found).filter).toEqual(shown);
    expect(partsOf(within(base, { channel: "shop" }).found).filter).toEqual(shown);
  });
});
