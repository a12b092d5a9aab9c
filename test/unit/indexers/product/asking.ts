/** Questions to the product search, and what they ask of the engine. */
import { facetAggregations as aggregationsOf } from "../../../../indexers/product/products.facets.query";
import { facetFilters as filtersOf } from "../../../../indexers/product/products.filters.query";
import { offerConditions } from "../../../../indexers/product/products.offers.query";
import { searchRequest } from "../../../../indexers/product/products.request.query";
import type { SearchProducts } from "../../../../models/product/product.search.contract";

export const asked = (more: Partial<SearchProducts> = {}): SearchProducts => ({
  sort: "relevance",
  limit: 24,
  ...more,
});
export const request = (more: Partial<SearchProducts> = {}) => searchRequest(asked(more), "stoa-products");
export const facetFilters = (params: SearchProducts) => filtersOf(params, offerConditions(params, []));
export const facetAggregations = (filters: ReturnType<typeof filtersOf>) =>
  aggregationsOf(filters, offerConditions(asked(), []));
export const withOffer = (...filter: object[]) => ({ nested: { path: "offers", query: { bool: { filter } } } });
export const amount = (range: object) => ({ range: { "offers.amountMinor": range } });
export const onHand = { range: { "offers.quantity": { gt: 0 } } };
export const published = { term: { status: "published" } };
