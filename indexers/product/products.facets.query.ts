/**
 * Asks for counts per brand, category, seller, condition, price and attribute: of numbers, values as well as steps
 * between round borders, of which ranges are made. A facet in which something is chosen is counted without its own
 * filter. What comes of the counts says `products.counts.query.ts`.
 */
import type { estypes } from "@elastic/elasticsearch";
import { othersThan, type FacetFilters } from "./products.filters.query";
import { OFFERS, onOffer, type OfferConditions } from "./products.offers.query";

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

export const ATTRIBUTE = "attribute:";

const counted = (filters: FacetFilters, facet: string, terms: Terms, steps?: Terms): Aggregation => ({
  filter: { bool: { filter: othersThan(filters, facet) } },
  aggs: { values: { terms }, ...(steps && { steps: { terms: steps } }) },
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

/** Of offers that fit, by step; amounts of several currencies say nothing together. */
function countedPrices(filters: FacetFilters, conditions: OfferConditions): Aggregation {
  const steps: Aggregation = {
    terms: { field: `${OFFERS}.steps`, size: OWN_STEPS_MAX },
    aggs: { products: { reverse_nested: {} } },
  };
  const currencies: Aggregation = { terms: { field: `${OFFERS}.currency`, size: 2 } };
  const filter = { bool: { filter: onOffer(conditions) } };
  const offers: Aggregation = { nested: { path: OFFERS }, aggs: { fitting: { filter, aggs: { steps, currencies } } } };
  return { filter: { bool: { filter: othersThan(filters, "") } }, aggs: { offers } };
}

const escaped = (name: string): string => name.replace(/[^a-z0-9_-]/g, "").replaceAll("-", "\\-");

const chosenAttributes = (filters: FacetFilters): string[] =>
  [...filters.keys()].filter((name) => name.startsWith(ATTRIBUTE)).slice(0, CHOSEN_MAX);

export function facetAggregations(filters: FacetFilters, conditions: OfferConditions): Record<string, Aggregation> {
  const chosen = chosenAttributes(filters).map((facet): [string, Aggregation] => {
    const include = `${escaped(facet.slice(ATTRIBUTE.length))}:.*`;
    const steps = { field: "steps", include, size: OWN_STEPS_MAX };
    return [facet, counted(filters, facet, { field: "attributes", include, size: VALUES_MAX }, steps)];
  });
  return {
    brand: counted(filters, "brand", { field: "brand", size: VALUES_MAX }),
    category: counted(filters, "category", { field: "categories", size: VALUES_MAX }),
    tree: counted(filters, "category", { field: "categoryId", size: LEAVES_MAX }),
    seller: countedOffers(filters, conditions, "seller", "sellerId"),
    condition: countedOffers(filters, conditions, "condition", "condition"),
    price: countedPrices(filters, conditions),
    attributes: counted(filters, "", { field: "attributes", size: TERMS_MAX }, { field: "steps", size: STEPS_MAX }),
    ...Object.fromEntries(chosen),
  };
}
