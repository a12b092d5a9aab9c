/**
 * Filters of the product search. Within one facet any of the chosen values will do, across facets every one must hold.
 * The facets' own filters are applied after counting, so that each facet still shows what else could be chosen.
 */
import type { estypes } from "@elastic/elasticsearch";
import type { SearchProducts } from "../../models/product/product.search.contract";
import { NO_CATEGORIES, type CategoryTree } from "../category/categories.tree.query";
import { inCategories } from "./products.category.query";
import { isAsked, soldOut, withOffer, type OfferConditions } from "./products.offers.query";
import { sortable } from "./products.steps.projection";

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

/** Before and after all that a number is written as. */
const [LOWEST, HIGHEST] = ["", "g"];

const nameOf = (term: string): string => term.slice(0, term.indexOf(":"));

/** Conditions on offers that are facets: applied after counting. */
export const OFFER_FACETS = ["seller", "condition"] as const;

/** `watts:10..20`: ten and more, but less than twenty; either may be left out. */
function inRange(term: string): Query {
  const [from = "", to = ""] = term.slice(term.indexOf(":") + 1).split("..");
  const bound = (text: string, open: string): string =>
    `${nameOf(term)}:${text === "" ? open : sortable(Number(text))}`;
  return { range: { numbers: { gte: bound(from, LOWEST), lt: bound(to, HIGHEST) } } };
}

function ofName(name: string, { attribute = [], range = [] }: Pick<SearchProducts, "attribute" | "range">): Query {
  const wanted = attribute.filter((term) => nameOf(term) === name).flatMap(formsOf);
  const values: Query[] = wanted.length === 0 ? [] : [{ terms: { attributes: wanted } }];
  const all = [...values, ...range.filter((term) => nameOf(term) === name).map(inRange)];
  const [only, ...others] = all;
  return only && others.length === 0 ? only : { bool: { should: all, minimum_should_match: 1 } };
}

function attributeFilters({ attribute = [], range = [] }: SearchProducts): [string, Query][] {
  const terms = attribute.filter((term) => term.includes(":"));
  const filters = [...new Set([...terms, ...range].map(nameOf))].map((name): [string, Query] => [
    `attribute:${name}`,
    ofName(name, { attribute: terms, range }),
  ]);
  // without a name it cannot be kept by any product
  return terms.length < attribute.length ? [...filters, ["attribute:", { match_none: {} }]] : filters;
}

export function facetFilters(
  params: SearchProducts,
  conditions: OfferConditions,
  tree: CategoryTree = NO_CATEGORIES,
): FacetFilters {
  const { brand = [], category = [] } = params;
  const categories = category.filter((path) => path !== "");
  const filters = new Map<string, Query>();
  if (brand.length > 0) filters.set("brand", { terms: { brand } });
  if (categories.length > 0) filters.set("category", inCategories(categories, tree));
  if (OFFER_FACETS.some((facet) => conditions.has(facet))) filters.set("offer", withOffer(conditions));
  return new Map([...filters, ...attributeFilters(params)]);
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
