/** What each who takes part did: facts summed per visitor, page by page, as far as the bound. */
import type { estypes } from "@elastic/elasticsearch";
import { asking } from "../kernel/client";
import { aliasOf } from "../kernel/indices";
import type { QueryDeps } from "../kernel/query";
import { experimentFacts } from "./experiments.facts.projection";
import type { Unit, Units } from "./experiments.report.query";

const PAGE = 2_000;
/** A hundred thousand visitors tell small differences; more are not counted, and that is said. */
const PAGES_MAX = 50;

type Aggs = Record<string, estypes.AggregationsAggregationContainer>;

const kind = (value: string, aggs: Aggs = {}): estypes.AggregationsAggregationContainer => ({
  filter: { term: { kind: value } },
  aggs,
});
const team = (value: string): estypes.AggregationsAggregationContainer => ({ filter: { term: { team: value } } });

const SUMS: Aggs = {
  search: kind("search", { zero: { filter: { term: { results: 0 } } }, took: { avg: { field: "tookMs" } } }),
  click: kind("click", { a: team("a"), b: team("b") }),
  cart: kind("cart"),
  purchase: kind("purchase", {
    revenue: {
      terms: { field: "revenue.currency", size: 3 },
      aggs: { amount: { sum: { field: "revenue.amountMinor" } } },
    },
  }),
};

interface Count {
  readonly doc_count: number;
}

interface Bucket {
  readonly key: { readonly unit: string; readonly arm: number };
  readonly search: Count & { readonly zero: Count; readonly took: { readonly value: number | null } };
  readonly click: Count & { readonly a: Count; readonly b: Count };
  readonly cart: Count;
  readonly purchase: Count & {
    readonly revenue: {
      readonly buckets: readonly { readonly key: string; readonly amount: { readonly value: number } }[];
    };
  };
}

interface Page {
  readonly buckets: readonly Bucket[];
  readonly after_key?: Record<string, string | number>;
}

const unitOf = ({ key, search, click, cart, purchase }: Bucket): Unit => ({
  arm: key.arm,
  searches: search.doc_count,
  zero: search.zero.doc_count,
  tookMs: search.took.value,
  did: { click: click.doc_count, cart: cart.doc_count, purchase: purchase.doc_count },
  teams: { a: click.a.doc_count, b: click.b.doc_count },
  revenue: purchase.revenue.buckets.map(({ key: currency, amount }) => ({
    currency,
    amountMinor: Math.round(amount.value),
  })),
});

export async function unitsOf({ client, namespace }: QueryDeps, experiment: string): Promise<Units> {
  const units: Unit[] = [];
  let after: Record<string, string | number> | undefined;
  for (let page = 0; page < PAGES_MAX; page++) {
    const composite: estypes.AggregationsCompositeAggregation = {
      size: PAGE,
      sources: [{ unit: { terms: { field: "unit" } } }, { arm: { terms: { field: "arm" } } }],
      ...(after && { after }),
    };
    const { aggregations } = await asking("count who takes part", () =>
      client.search({
        index: aliasOf(namespace, experimentFacts.name),
        size: 0,
        track_total_hits: false,
        query: { bool: { filter: [{ term: { experiment } }] } },
        aggs: { units: { composite, aggs: SUMS } },
      }),
    );
    const found = aggregations?.["units"] as unknown as Page;
    units.push(...found.buckets.map(unitOf));
    if (found.buckets.length < PAGE || found.after_key === undefined) return { units, complete: true };
    after = found.after_key;
  }
  return { units, complete: false };
}
