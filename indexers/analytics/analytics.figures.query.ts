/** What is counted of searches, of all of them or of some: how it is asked, and what it comes to. Pure. */
import type { estypes } from "@elastic/elasticsearch";
import {
  CHANNELS_MAX,
  SECTIONS_MAX,
  type PlaceFigures,
  type SearchFigures,
} from "../../models/analytics/analytics.contract";

type Aggs = Record<string, estypes.AggregationsAggregationContainer>;

const of = (kind: string, aggs: Aggs = {}): estypes.AggregationsAggregationContainer => ({
  filter: { term: { kind } },
  aggs: { searches: { cardinality: { field: "searchId", precision_threshold: 3_000 } }, ...aggs },
});

/** What is counted of any set of facts. */
export const figureAggs: Aggs = {
  search: of("search", { zero: { filter: { term: { results: 0 } } } }),
  click: of("click", { position: { avg: { field: "position" } } }),
  cart: of("cart"),
  purchase: of("purchase", {
    revenue: {
      terms: { field: "revenue.currency", size: 50 },
      aggs: { amount: { sum: { field: "revenue.amountMinor" } } },
    },
  }),
};

interface Counted {
  readonly doc_count: number;
  readonly searches: { readonly value: number };
}

export interface Buckets {
  readonly search: Counted & { readonly zero: { readonly doc_count: number } };
  readonly click: Counted & { readonly position: { readonly value: number | null } };
  readonly cart: Counted;
  readonly purchase: Counted & {
    readonly revenue: {
      readonly buckets: readonly { readonly key: string; readonly amount: { readonly value: number } }[];
    };
  };
}

const DIGITS = 4;
const share = (part: number, whole: number): number =>
  whole === 0 ? 0 : Number(Math.min(1, part / whole).toFixed(DIGITS));

export function figuresOf({ search, click, cart, purchase }: Buckets): SearchFigures {
  const searches = search.doc_count;
  const position = click.position.value;
  return {
    searches,
    zeroResults: share(search.zero.doc_count, searches),
    clickThrough: share(click.searches.value, searches),
    conversion: share(purchase.searches.value, searches),
    clicks: click.doc_count,
    clickPosition: position === null ? null : Number(position.toFixed(DIGITS)),
    carts: cart.doc_count,
    purchases: purchase.doc_count,
    revenue: purchase.revenue.buckets.map(({ key, amount }) => ({
      currency: key,
      amountMinor: Math.round(amount.value),
    })),
  };
}

/** Of those with the same words, or in the same place. */
export interface Keyed extends Buckets {
  readonly key: string;
}

/** What was searched in no channel has a name that no channel has. */
const NOWHERE = "_";

/** By searches: where nobody searches, nothing comes of it. */
const most: estypes.AggregationsAggregateOrder = [{ search: "desc" }, { _key: "asc" }];

export const placeAggs: estypes.AggregationsAggregationContainer = {
  terms: { field: "channel", missing: NOWHERE, size: CHANNELS_MAX, order: most },
  aggs: { ...figureAggs, sections: { terms: { field: "section", size: SECTIONS_MAX, order: most }, aggs: figureAggs } },
};

export interface Places {
  readonly buckets: readonly (Keyed & { readonly sections: { readonly buckets: readonly Keyed[] } })[];
}

/** Each channel, followed by its sections. */
export const placesOf = ({ buckets }: Places): PlaceFigures[] =>
  buckets.flatMap(({ key, sections, ...found }) => {
    const channel = key === NOWHERE ? null : key;
    const within = sections.buckets.map((one) => ({ channel, section: one.key, ...figuresOf(one) }));
    return [{ channel, section: null, ...figuresOf(found) }, ...within];
  });
