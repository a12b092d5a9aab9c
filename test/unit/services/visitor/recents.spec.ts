/** What somebody did lately, while they type: their own, as it begins, newest first. */
import { productsIn, queriesIn, personalSuggest } from "../../../../services/visitor/recents.service";
import type { ProductSuggestions } from "../../../../models/product/product.suggest.contract";
import type { ProductTraits } from "../../../../models/product/product.traits.contract";
import type { RecentEvent } from "../../../../models/visitor/visitor.contract";

const searched = (query: string): RecentEvent => ({ id: query, kind: "search", query, at: "2026-01-01T00:00:00.000Z" });
const traits = (id: string, more: Partial<ProductTraits> = {}): ProductTraits => ({
  ...{ id, brand: null, category: null, amountMinor: null, currency: null, title: { en: `${id} lamp`, de: "Lampe" } },
  ...more,
});

it("tells words that begin as it was typed, each once, and not what stands there already", () => {
  const events = ["Desk lamp", "desk  lamp", "table", "lamp of brass", "lamp"].map(searched);
  const told = (q: string, limit = 4) => queriesIn(events, q, limit).map(({ text }) => text);
  expect(told("la")).toEqual(["desk lamp", "lamp of brass", "lamp"]);
  expect(told("lamp")).toEqual(["desk lamp", "lamp of brass"]);
  expect(told("lamp de")).toEqual(["desk lamp"]);
  expect(told("amp")).toEqual([]);
  expect(told("", 2)).toEqual(["desk lamp", "table"]);
});

it("tells products by title or brand, in the language asked for, and none that is not shown any more", () => {
  const { title: _title, ...gone } = traits("gone");
  const known = [traits("desk"), traits("wall", { brand: "Lumen" }), gone];
  const told = (q: string, lang?: string) =>
    productsIn(known, { q, limit: 4, ...(lang !== undefined && { lang }) }).map(({ id, title }) => [id, title]);
  expect(told("la")).toEqual([["desk", "desk lamp"], ["wall", "wall lamp"]]); // prettier-ignore
  expect(told("lumen")).toEqual([["wall", "wall lamp"]]);
  expect(told("lampe", "de-at")).toEqual([["desk", "Lampe"], ["wall", "Lampe"]]); // prettier-ignore
});

it("is not waited for: suggestions are made without it when it cannot be known", async () => {
  const others: ProductSuggestions = { queries: [], products: [], brands: [], categories: [], tookMs: 1 };
  const warn = jest.fn();
  const suggest = personalSuggest(() => Promise.resolve(others), { log: { warn } });
  const meta = { principal: { id: "anonymous", permissions: [] }, trace: "t", visitorId: "a".repeat(20) };
  const caller = { call: () => Promise.reject(new Error("gone")) };
  expect(await suggest({ q: "la", limit: 8 } as never, { meta, caller } as never)).toEqual(others);
  expect(warn).toHaveBeenCalledTimes(1);
});
