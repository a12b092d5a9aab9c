/**
 * Filters of the product search. Within one facet any of the chosen values will do, across facets every one must hold.
 * The facets' own filters are applied after counting, so that each facet still shows what else could be chosen.
 */
import type { estypes } from "@elastic/elasticsearch";
import type { SearchProducts } from "../../models/product/product.search.contract";

type Query = estypes.QueryDslQueryContainer;

/** By facet: `brand`, `category`, or the name of an attribute. */
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

export function facetFilters({ brand = [], category, attribute = [] }: SearchProducts): FacetFilters {
  const filters = new Map<string, Query>();
  if (brand.length > 0) filters.set("brand", { terms: { brand } });
  if (category !== undefined && category !== "") filters.set("category", { term: { categories: category } });
  const terms = attribute.filter((term) => term.includes(":"));
  for (const name of new Set(terms.map(nameOf))) {
    const wanted = terms.filter((term) => nameOf(term) === name).flatMap(formsOf);
    filters.set(`attribute:${name}`, { terms: { attributes: wanted } });
  }
  // without a name it cannot be kept by any product
  if (terms.length < attribute.length) filters.set("attribute:", { match_none: {} });
  return filters;
}

/** What holds for everything that is counted, too. */
export function baseFilters({ channel, priceMin, priceMax, inStock }: SearchProducts): Query[] {
  const filters: Query[] = [{ term: { status: "published" } }];
  if (channel !== undefined) filters.push({ term: { channels: channel } });
  if (priceMin !== undefined || priceMax !== undefined) {
    const range = {
      ...(priceMin !== undefined && { gte: priceMin }),
      ...(priceMax !== undefined && { lte: priceMax }),
    };
    filters.push({ range: { "price.amountMinor": range } });
  }
  if (inStock === true) filters.push({ range: { quantity: { gt: 0 } } });
  if (inStock === false) filters.push({ range: { quantity: { lte: 0 } } });
  return filters;
}

/** Every facet's filter but one's own. */
export const othersThan = (filters: FacetFilters, facet: string): Query[] =>
  [...filters].filter(([name]) => name !== facet).map(([, query]) => query);
