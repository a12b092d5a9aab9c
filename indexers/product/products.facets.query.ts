/**
 * Asks for counts per brand, category, seller, condition, price and attribute: of numbers, values as well as steps
 * between round borders, of which ranges are made. A facet in which something is chosen is counted without its own
 * filter. What comes of the counts says `products.counts.query.ts`.
 */
import type { estypes } from "@elastic/elasticsearch";
import { OFFER_FACETS, othersThan, type FacetFilters } from "./products.filters.query";
import { alsoOnOffer, OFFERS, onOffer, type OfferConditions } from "./products.offers.query";

export const VALUES_MAX = 20;
/** Looked at more closely for the values that are shown. */
const CANDIDATES_MAX = 5 * VALUES_MAX;
/** Attribute values looked at to find the frequent names. */
const TERMS_MAX = 400;
/** Steps of numbers that are looked at: of all attributes together, and of one, be it a price. */
const STEPS_MAX = 240;
const OWN_STEPS_MAX = 100;
/** Categories of the tree that are counted before they are added up to those above. */
const LEAVES_MAX = 2_000;
const CHOSEN_MAX = 10;

type Aggregation = estypes.AggregationsAggregationContainer;
type Terms = estypes.AggregationsTermsAggregation;

type Query = estypes.QueryDslQueryContainer;

export const ATTRIBUTE = "attribute:";

/** The counts of all facets of which nothing is chosen. */
export const TOGETHER = "together";

const counted = (terms: Terms, steps?: Terms): Aggregation["aggs"] => ({
  values: { terms },
  ...(steps && { steps: { terms: steps } }),
});

const where = (filter: readonly Query[], aggs: Aggregation["aggs"]): Aggregation => ({
  filter: { bool: { filter: [...filter] } },
  ...(aggs && { aggs }),
});

/**
 * Offers by value; counted are their products, each once. To count those of each of ten thousand sellers would cost a
 * third of a search: they are counted for those with the most offers, five times as many as are shown.
 */
function byValue(field: string): Aggregation {
  const order: estypes.AggregationsAggregateOrder = [{ _count: "desc" }, { _key: "asc" }];
  return {
    terms: { field: `${OFFERS}.${field}`, size: CANDIDATES_MAX, order, collect_mode: "breadth_first" },
    aggs: { products: { reverse_nested: {} } },
  };
}

/** Offers by step of their price; amounts of several currencies say nothing together. */
const PRICES: Record<string, Aggregation> = {
  steps: {
    terms: { field: `${OFFERS}.steps`, size: OWN_STEPS_MAX },
    aggs: { products: { reverse_nested: {} } },
  },
  currencies: { terms: { field: `${OFFERS}.currency`, size: 2 } },
};

/**
 * All that is counted of offers, of those that fit but for what was chosen: the offers are gone through once, and who
 * is suspended is asked once. A facet's own choice is left out of its counts.
 */
function countedOffers(conditions: OfferConditions): Aggregation["aggs"] {
  const but = (facet: string): Query[] =>
    alsoOnOffer(
      conditions,
      OFFER_FACETS.filter((name) => name !== facet),
    );
  const aggs = {
    seller: where(but("seller"), { values: byValue("sellerId") }),
    condition: where(but("condition"), { values: byValue("condition") }),
    price: where(but("price"), PRICES),
  };
  const fitting = where(onOffer(conditions, OFFER_FACETS), aggs);
  return { offers: { nested: { path: OFFERS }, aggs: { fitting } } };
}

const escaped = (name: string): string => name.replace(/[^a-z0-9_-]/g, "").replaceAll("-", "\\-");

const chosenAttributes = (filters: FacetFilters): string[] =>
  [...filters.keys()].filter((name) => name.startsWith(ATTRIBUTE)).slice(0, CHOSEN_MAX);

interface Counting {
  readonly name: string;
  /** Whose own choice is left out. */
  readonly facet: string;
  readonly counts: Aggregation["aggs"];
}

/** Nobody chooses it: all that was chosen holds for what it counts. */
const NO_FACET = "";

function countings(filters: FacetFilters, conditions: OfferConditions): Counting[] {
  const chosen = chosenAttributes(filters).map((facet): Counting => {
    const include = `${escaped(facet.slice(ATTRIBUTE.length))}:.*`;
    const steps = { field: "steps", include, size: OWN_STEPS_MAX };
    return { name: facet, facet, counts: counted({ field: "attributes", include, size: VALUES_MAX }, steps) };
  });
  const attributes = counted({ field: "attributes", size: TERMS_MAX }, { field: "steps", size: STEPS_MAX });
  return [
    { name: "brand", facet: "brand", counts: counted({ field: "brand", size: VALUES_MAX }) },
    { name: "category", facet: "category", counts: counted({ field: "categories", size: VALUES_MAX }) },
    { name: "tree", facet: "category", counts: counted({ field: "categoryId", size: LEAVES_MAX }) },
    { name: OFFERS, facet: "offer", counts: countedOffers(conditions) },
    { name: "attributes", facet: NO_FACET, counts: attributes },
    ...chosen,
  ];
}

/** Facets of which nothing is chosen are counted of the same products: what was chosen is asked once for them all. */
export function facetAggregations(filters: FacetFilters, conditions: OfferConditions): Record<string, Aggregation> {
  const all = countings(filters, conditions);
  const own = all.filter(({ facet }) => filters.has(facet));
  const together = all.filter(({ facet }) => !filters.has(facet));
  const aggs = Object.fromEntries(together.map(({ name, counts }) => [name, where([], counts)]));
  return {
    [TOGETHER]: where([...filters.values()], aggs),
    ...Object.fromEntries(own.map(({ name, facet, counts }) => [name, where(othersThan(filters, facet), counts)])),
  };
}
