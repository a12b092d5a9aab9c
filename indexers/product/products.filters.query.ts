/**
 * Filters of the product search. Within one facet any of the chosen values will do, across facets every one must hold.
 * The facets' own filters are applied after counting, so that each facet still shows what else could be chosen.
 */
import type { estypes } from "@elastic/elasticsearch";
import type { SearchProducts } from "../../models/product/product.search.contract";
import { NO_CATEGORIES, type CategoryTree } from "../category/categories.tree.query";
import { inCategories } from "./products.category.query";
import { isAsked, soldOut, withOffer, type OfferConditions } from "./products.offers.query";

type Query = estypes.QueryDslQueryContainer;

/** By facet: `brand`, `category`, `attribute:` and a name, and `offer` for all that shoppers choose of offers. */
export type FacetFilters = ReadonlyMap<string, Query>;

/** `17.0` is kept as `17`; text that looks like a number is kept as it is, so both are looked for. */
function formsOf(term: string): string[] {
  const at = term.indexOf(":");
  const [name, value] = [term.slice(0, at), term.slice(at + 1)];
  const number = Number(value);
  const normal = value.trim() === "" || !Number.isFinite(number) ? value : String(number);
  return [...new Set([term, `${name}:${normal}`])];
}

const nameOf = (term: string): string => term.slice(0, term.indexOf(":"));

/** Conditions on offers that are facets: applied after counting. */
export const OFFER_FACETS = ["seller", "condition"] as const;

function attributeFilters(attribute: readonly string[]): [string, Query][] {
  const terms = attribute.filter((term) => term.includes(":"));
  const filters = [...new Set(terms.map(nameOf))].map((name): [string, Query] => {
    const wanted = terms.filter((term) => nameOf(term) === name).flatMap(formsOf);
    return [`attribute:${name}`, { terms: { attributes: wanted } }];
  });
  // without a name it cannot be kept by any product
  return terms.length < attribute.length ? [...filters, ["attribute:", { match_none: {} }]] : filters;
}

export function facetFilters(
  params: SearchProducts,
  conditions: OfferConditions,
  tree: CategoryTree = NO_CATEGORIES,
): FacetFilters {
  const { brand = [], category = [], attribute = [] } = params;
  const categories = category.filter((path) => path !== "");
  const filters = new Map<string, Query>();
  if (brand.length > 0) filters.set("brand", { terms: { brand } });
  if (categories.length > 0) filters.set("category", inCategories(categories, tree));
  if (OFFER_FACETS.some((facet) => conditions.has(facet))) filters.set("offer", withOffer(conditions));
  return new Map([...filters, ...attributeFilters(attribute)]);
}

/** What holds for everything that is counted, too. */
export function baseFilters(
  { channel, inStock, ratingMin }: SearchProducts,
  { conditions, hidden }: { readonly conditions: OfferConditions; readonly hidden: readonly string[] },
): Query[] {
  const filters: Query[] = [{ term: { status: "published" } }];
  if (channel !== undefined) filters.push({ term: { channels: channel } });
  if (isAsked(conditions, OFFER_FACETS)) filters.push(withOffer(conditions, OFFER_FACETS));
  if (ratingMin !== undefined) filters.push({ range: { "rating.average": { gte: ratingMin } } });
  if (inStock === false) filters.push(soldOut(hidden));
  return filters;
}

/** Every facet's filter but one's own. */
export const othersThan = (filters: FacetFilters, facet: string): Query[] =>
  [...filters].filter(([name]) => name !== facet).map(([, query]) => query);
