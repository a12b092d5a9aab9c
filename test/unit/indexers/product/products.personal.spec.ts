/** A search with a taste: the same request without one, a bounded addition with one, for whole matches alone. */
import type { SearchProducts } from "../../../../models/product/product.search.contract";
import { NO_TASTE, PERSONAL_MAX, SHARES, type Taste } from "../../../../models/visitor/visitor.taste.contract";
import { personally, personalParts } from "../../../../indexers/product/products.personal.query";
import { partsOf } from "../../../../indexers/product/products.hit.query";
import { searchRequest } from "../../../../indexers/product/products.request.query";
import { TEXT_WEIGHTS } from "../../../../indexers/product/products.weights.query";

const params: SearchProducts = { q: "desk lamp", sort: "relevance", limit: 10 };
const taste: Taste = {
  likings: [
    { kind: "brand", value: "Lumen", weight: 0.7, products: 3 },
    { kind: "brand", value: "Glow", weight: 0.3, products: 1 },
    { kind: "category", value: "Home/Lamps", weight: 0.4, products: 3 },
  ],
};
const asked = { q: "desk lamp", partial: false };
const requestOf = (more: Partial<SearchProducts> = {}) => searchRequest({ ...params, ...more }, "products");

it("changes nothing for somebody of whom nothing is known, nor where no relevance orders", () => {
  for (const none of [undefined, NO_TASTE]) {
    expect(personally(requestOf(), none, { params, reading: asked })).toEqual(requestOf());
  }
  const cheapest: SearchProducts = { ...params, sort: "price-asc" };
  expect(personally(requestOf(cheapest), taste, { params: cheapest, reading: asked })).toEqual(requestOf(cheapest));
  const { q: _q, ...without } = params;
  expect(personally(requestOf(), taste, { params: without, reading: { q: "", partial: false } })).toEqual(requestOf());
});

it("adds of each kind the strongest liking once, in one and the same request", () => {
  const { query, ...rest } = personally(requestOf(), taste, { params, reading: asked });
  const { query: plain, ...same } = requestOf();
  expect(rest).toEqual(same);
  const { must, should } = (query as { bool: { must: unknown[]; should: [{ bool: { should: unknown[] } }] } }).bool;
  expect(must).toEqual([plain]);
  expect(should[0].bool.should).toEqual([
    { dis_max: { queries: [expect.objectContaining({}), expect.objectContaining({})] } },
    { dis_max: { queries: [expect.objectContaining({})] } },
  ]);
  expect(JSON.stringify(should)).toContain('"boost":0.7');
});

it("adds to products that hold every word alone, where some of the words would do", () => {
  const { query } = personally(requestOf(), taste, { params, reading: { q: "desk lamp", partial: true } });
  const [liked] = (query as { bool: { should: [{ bool: { must: unknown[]; filter: unknown[] } }] } }).bool.should;
  expect(liked.bool.must).toHaveLength(1);
  expect(JSON.stringify(liked.bool.filter)).toContain('"operator":"and"');
  expect(personalParts(taste, { id: "p", brand: "Lumen" }, false)).toEqual([]);
});

it("is smaller than each sign of what a thing is, so that relevance wins", () => {
  const { title, phrase, main, all } = TEXT_WEIGHTS;
  expect(PERSONAL_MAX).toBeLessThan(Math.min(title, phrase, main, all));
  expect(Object.values(SHARES).every((share) => share > 0)).toBe(true);
});

it("is told part by part with its reason, and all parts sum to the score", () => {
  const personal = personalParts(taste, { id: "p", brand: "Lumen", categoryPath: ["Home", "Lamps"] }, true);
  expect(personal.map(({ liking, score }) => [liking.kind, score])).toEqual([
    ["brand", Math.fround(0.7)],
    ["category", Math.fround(0.4)],
  ]);
  const parts = partsOf(9.1, { title: 5.5, phrase: 2.5, "word:desk": 0 }, { personal });
  expect(parts.map(({ part, of }) => [part, of])).toEqual([
    ["title", "text"],
    ["phrase", "text"],
    ["brand", "personal"],
    ["category", "personal"],
  ]);
  expect(parts[2]?.reason?.["en"]).toBe("You looked at 3 products of Lumen");
  expect(parts.reduce((sum, { score }) => sum + score, 0)).toBeCloseTo(9.1, 6);
});
