/**
 * Counts per brand, category and attribute. Which attributes make a facet is found in the data: those with the most
 * frequent values among what was found. A facet in which something is chosen is counted without its own filter.
 */
import type { estypes } from "@elastic/elasticsearch";
import type { FacetValue } from "../../models/product/product.search.contract";
import { othersThan, type FacetFilters } from "./products.filters.query";

const VALUES_MAX = 20;
const ATTRIBUTES_MAX = 10;
/** Attribute values looked at to find the frequent names. */
const TERMS_MAX = 400;
const CHOSEN_MAX = 10;

type Aggregation = estypes.AggregationsAggregationContainer;
export type Facets = Record<string, FacetValue[]>;

const ATTRIBUTE = "attribute:";

const counted = (filters: FacetFilters, facet: string, terms: estypes.AggregationsTermsAggregation): Aggregation => ({
  filter: { bool: { filter: othersThan(filters, facet) } },
  aggs: { values: { terms } },
});

const escaped = (name: string): string => name.replace(/[^a-z0-9_-]/g, "").replaceAll("-", "\\-");

const chosenAttributes = (filters: FacetFilters): string[] =>
  [...filters.keys()].filter((name) => name.startsWith(ATTRIBUTE)).slice(0, CHOSEN_MAX);

export function facetAggregations(filters: FacetFilters): Record<string, Aggregation> {
  const chosen = chosenAttributes(filters).map((facet): [string, Aggregation] => {
    const include = `${escaped(facet.slice(ATTRIBUTE.length))}:.*`;
    return [facet, counted(filters, facet, { field: "attributes", include, size: VALUES_MAX })];
  });
  return {
    brand: counted(filters, "brand", { field: "brand", size: VALUES_MAX }),
    category: counted(filters, "category", { field: "categories", size: VALUES_MAX }),
    attributes: counted(filters, "", { field: "attributes", size: TERMS_MAX }),
    ...Object.fromEntries(chosen),
  };
}

interface Counted {
  readonly values: { readonly buckets: readonly { readonly key: string; readonly doc_count: number }[] };
}

const valuesOf = (found: Counted): FacetValue[] =>
  found.values.buckets.map(({ key, doc_count }) => ({ value: key, count: doc_count }));

function add(facets: Facets, { value: term, count }: FacetValue): void {
  const at = term.indexOf(":");
  const values = (facets[term.slice(0, at)] ??= []);
  if (values.length < VALUES_MAX) values.push({ value: term.slice(at + 1), count });
}

/** Values come most frequent first, so names come in the order of their most frequent value. */
function attributeFacets(found: readonly FacetValue[]): Facets {
  const facets: Facets = {};
  for (const value of found) add(facets, value);
  // an attribute of which everything found has the same one value leaves nothing to choose
  const choices = Object.entries(facets).filter(([, values]) => values.length > 1);
  return Object.fromEntries(choices.slice(0, ATTRIBUTES_MAX));
}

export function readFacets(aggregations: unknown): Facets {
  const found = aggregations as Record<string, Counted>;
  const { brand, category, attributes, ...rest } = found;
  const facets: Facets = attributes ? attributeFacets(valuesOf(attributes)) : {};
  for (const [facet, values] of Object.entries(rest)) {
    const chosen: Facets = {};
    for (const value of valuesOf(values)) add(chosen, value);
    Object.assign(facets, { [facet.slice(ATTRIBUTE.length)]: [] }, chosen);
  }
  return { ...facets, brand: brand ? valuesOf(brand) : [], category: category ? valuesOf(category) : [] };
}
