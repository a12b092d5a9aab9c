/**
 * Counts per brand, category, seller, condition and attribute. Which attributes make a facet is found in the data:
 * those with the most frequent values among what was found. A facet in which something is chosen is counted without its
 * own filter.
 */
import type { estypes } from "@elastic/elasticsearch";
import type { FacetValue } from "../../models/product/product.search.contract";
import { mostFrequent } from "./products.category.query";
import { OFFER_FACETS, othersThan, type FacetFilters } from "./products.filters.query";
import { OFFERS, onOffer, type OfferConditions } from "./products.offers.query";

const VALUES_MAX = 20;
/** Looked at more closely for the values that are shown. */
const CANDIDATES_MAX = 5 * VALUES_MAX;
const ATTRIBUTES_MAX = 10;
/** Attribute values looked at to find the frequent names. */
const TERMS_MAX = 400;
/** Categories of the tree that are counted before they are added up to those above. */
const LEAVES_MAX = 2_000;
const CHOSEN_MAX = 10;

type Aggregation = estypes.AggregationsAggregationContainer;
export type Facets = Record<string, FacetValue[]>;

const ATTRIBUTE = "attribute:";

const counted = (filters: FacetFilters, facet: string, terms: estypes.AggregationsTermsAggregation): Aggregation => ({
  filter: { bool: { filter: othersThan(filters, facet) } },
  aggs: { values: { terms } },
});

/**
 * Offers that fit but for this facet's own condition, by value; counted are their products, each once. To count those
 * of each of ten thousand sellers would cost a third of a search: they are counted for those with the most offers,
 * five times as many as are shown.
 */
function countedOffers(filters: FacetFilters, conditions: OfferConditions, facet: string, field: string): Aggregation {
  const order: estypes.AggregationsAggregateOrder = [{ _count: "desc" }, { _key: "asc" }];
  const values: Aggregation = {
    terms: { field: `${OFFERS}.${field}`, size: CANDIDATES_MAX, order, collect_mode: "breadth_first" },
    aggs: { products: { reverse_nested: {} } },
  };
  const fitting: Aggregation = { filter: { bool: { filter: onOffer(conditions, [facet]) } }, aggs: { values } };
  const offers: Aggregation = { nested: { path: OFFERS }, aggs: { fitting } };
  return { filter: { bool: { filter: othersThan(filters, "offer") } }, aggs: { offers } };
}

/** Ranges of prices that offers lie in: as many together as there are clusters of prices, never more than these. */
const RANGES_MAX = 5;

/** Of offers that fit; amounts of several currencies say nothing together. */
function countedPrices(filters: FacetFilters, conditions: OfferConditions): Aggregation {
  const ranges: Aggregation = {
    variable_width_histogram: { field: `${OFFERS}.amountMinor`, buckets: RANGES_MAX },
    aggs: { products: { reverse_nested: {} } },
  };
  const currencies: Aggregation = { terms: { field: `${OFFERS}.currency`, size: 2 } };
  const filter = { bool: { filter: onOffer(conditions) } };
  const offers: Aggregation = { nested: { path: OFFERS }, aggs: { fitting: { filter, aggs: { ranges, currencies } } } };
  return { filter: { bool: { filter: othersThan(filters, "") } }, aggs: { offers } };
}

const escaped = (name: string): string => name.replace(/[^a-z0-9_-]/g, "").replaceAll("-", "\\-");

const chosenAttributes = (filters: FacetFilters): string[] =>
  [...filters.keys()].filter((name) => name.startsWith(ATTRIBUTE)).slice(0, CHOSEN_MAX);

export function facetAggregations(filters: FacetFilters, conditions: OfferConditions): Record<string, Aggregation> {
  const chosen = chosenAttributes(filters).map((facet): [string, Aggregation] => {
    const include = `${escaped(facet.slice(ATTRIBUTE.length))}:.*`;
    return [facet, counted(filters, facet, { field: "attributes", include, size: VALUES_MAX })];
  });
  return {
    brand: counted(filters, "brand", { field: "brand", size: VALUES_MAX }),
    category: counted(filters, "category", { field: "categories", size: VALUES_MAX }),
    tree: counted(filters, "category", { field: "categoryId", size: LEAVES_MAX }),
    seller: countedOffers(filters, conditions, "seller", "sellerId"),
    condition: countedOffers(filters, conditions, "condition", "condition"),
    price: countedPrices(filters, conditions),
    attributes: counted(filters, "", { field: "attributes", size: TERMS_MAX }),
    ...Object.fromEntries(chosen),
  };
}

interface Bucket {
  readonly key: string;
  readonly doc_count: number;
  /** Of offers: their products. */
  readonly products?: { readonly doc_count: number };
}

interface Counted {
  readonly values: { readonly buckets: readonly Bucket[] };
}

/** What is counted of offers lies two levels deeper. */
type Found = Counted | { readonly offers: { readonly fitting: Counted } };

const mostFirst = (one: FacetValue, other: FacetValue): number =>
  other.count - one.count || (one.value < other.value ? -1 : 1);

/** As the engine orders them, but for what is counted of offers: by their products. */
function valuesOf(found: Found): FacetValue[] {
  if (!("offers" in found)) return found.values.buckets.map(({ key: value, doc_count: count }) => ({ value, count }));
  const { buckets } = found.offers.fitting.values;
  const values = buckets.map(({ key: value, doc_count, products }) => ({
    value,
    count: products?.doc_count ?? doc_count,
  }));
  return values.sort(mostFirst).slice(0, VALUES_MAX);
}

const named = (values: readonly FacetValue[], nameOf: NameOf): FacetValue[] =>
  values.map((value) => {
    const label = nameOf(value.value);
    return label === null ? value : { ...value, label };
  });

function add(facets: Facets, { value: term, count }: FacetValue): void {
  const at = term.indexOf(":");
  const values = (facets[term.slice(0, at)] ??= []);
  if (values.length < VALUES_MAX) values.push({ value: term.slice(at + 1), count });
}

/** Values come most frequent first, so names come in the order of their most frequent value. */
function attributeFacets(found: readonly FacetValue[], isFacet: IsFacet): Facets {
  const facets: Facets = {};
  for (const value of found) add(facets, value);
  // an attribute of which everything found has the same one value leaves nothing to choose
  const choices = Object.entries(facets).filter(([name, values]) => values.length > 1 && isFacet(name));
  return Object.fromEntries(choices.slice(0, ATTRIBUTES_MAX));
}

const FIXED = ["brand", "category", ...OFFER_FACETS];

/** A seller's name by its id. */
export type NameOf = (id: string) => string | null;

/** Whether an attribute is offered as a filter. */
export type IsFacet = (name: string) => boolean;

/** How the counts per category of the tree are shown. */
export type Rolled = (leaves: readonly FacetValue[]) => readonly FacetValue[];

/** Of an attribute that something was chosen of: also when nothing is left of it. */
function chosenFacet([facet, values]: readonly [string, Found]): Facets {
  const chosen: Facets = {};
  for (const value of valuesOf(values)) add(chosen, value);
  return { [facet.slice(ATTRIBUTE.length)]: [], ...chosen };
}

interface Range {
  readonly min: number;
  readonly max: number;
  readonly products: { readonly doc_count: number };
}

interface CountedPrices {
  readonly offers: {
    readonly fitting: {
      readonly ranges: { readonly buckets: readonly Range[] };
      readonly currencies: { readonly buckets: readonly object[] };
    };
  };
}

/** One range leaves nothing to choose. */
function rangesOf(found: CountedPrices | undefined): FacetValue[] {
  const { ranges, currencies } = found?.offers.fitting ?? {};
  if (!ranges || currencies?.buckets.length !== 1 || ranges.buckets.length < 2) return [];
  return ranges.buckets.map(({ min, max, products }) => {
    return { value: `${min}-${max}`, from: min, to: max, count: products.doc_count };
  });
}

const told = (found: Found | undefined): FacetValue[] => (found ? valuesOf(found) : []);

/** Of an attribute that is no facet counts are only told when something of it is chosen, so that it can be undone. */
export function readFacets(
  aggregations: unknown,
  nameOf: NameOf,
  rolled: Rolled = () => [],
  isFacet: IsFacet = () => true,
): Facets {
  const { price, ...others } = aggregations as Record<string, unknown>;
  const { attributes, tree, ...found } = others as Record<string, Found>;
  const facets = attributeFacets(told(attributes), isFacet);
  const chosen = Object.entries(found).filter(([facet]) => facet.startsWith(ATTRIBUTE));
  for (const entry of chosen) Object.assign(facets, chosenFacet(entry));
  for (const facet of FIXED) facets[facet] = told(found[facet]);
  const category = mostFrequent([...told(found["category"]), ...rolled(told(tree))], VALUES_MAX);
  return {
    ...facets,
    category,
    price: rangesOf(price as CountedPrices | undefined),
    seller: named(facets["seller"] ?? [], nameOf),
  };
}
