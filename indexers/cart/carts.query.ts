/** Answers cart.list from the `carts` index; carts themselves are answered by the write side. */
import type { estypes } from "@elastic/elasticsearch";
import { CURRENCIES_MAX, type CartsSum, type ListCarts, type ListedCarts } from "../../models/cart/cart.staff.contract";
import type { ListedCart } from "../../models/cart/cart.view.contract";
import { asking } from "../kernel/client";
import { fingerprint, readCursor, writeCursor, type SortValue } from "../kernel/cursor";
import { aliasOf } from "../kernel/indices";
import { waited, type QueryContext, type QueryDeps } from "../kernel/query";

const PROJECTION = "carts";
const TOTAL_MAX = 10_000;

/** Exported for its tests. @throws CURSOR_INVALID */
export function listRequest({ cursor, limit, ...question }: ListCarts, index: string): estypes.SearchRequest {
  const { channelId, customerId, idleMinutes, reachable } = question;
  const print = fingerprint(question);
  const terms = Object.entries({ channelId, customerId, reachable }).filter(([, value]) => value !== undefined);
  const filter: estypes.QueryDslQueryContainer[] = [
    { terms: { status: ["open", "locked"] } },
    { range: { lines: { gte: 1 } } },
    ...terms.map(([field, value]) => ({ term: { [field]: value } })),
    ...(idleMinutes === undefined ? [] : [{ range: { changedAt: { lte: `now-${idleMinutes}m` } } }]),
  ];
  return {
    index,
    query: { bool: { filter } },
    // one more than asked tells whether there is a next page
    size: limit + 1,
    sort: [{ changedAt: { order: "asc", format: "strict_date_optional_time" } }, { id: "asc" }],
    track_total_hits: TOTAL_MAX,
    // asked with the first page, and shown as long as the others are
    aggs: {
      currencies: {
        terms: { field: "currency", size: CURRENCIES_MAX },
        aggs: { worth: { sum: { field: "worthMinor" } } },
      },
    },
    preference: print,
    ...(cursor !== undefined && { search_after: readCursor(cursor, print, 2) }),
  };
}

interface Currencies {
  readonly buckets: readonly { readonly key: string; readonly doc_count: number; readonly worth: { value: number } }[];
}

function sumsOf(aggregations: Readonly<Record<string, unknown>> | undefined): CartsSum[] {
  const { buckets } = aggregations?.["currencies"] as Currencies;
  return buckets.map(({ key: currency, doc_count: carts, worth }) => ({ currency, carts, worthMinor: worth.value }));
}

async function list(deps: QueryDeps, params: ListCarts, context: QueryContext): Promise<ListedCarts> {
  const request = listRequest(params, aliasOf(deps.namespace, PROJECTION));
  await waited(deps, context, { projection: PROJECTION, visibility: "search" });
  const { hits, aggregations } = await asking("list carts", () => deps.client.search<ListedCart>(request));
  const page = hits.hits.slice(0, params.limit);
  const last = page.at(-1)?.sort as SortValue[] | undefined;
  const more = hits.hits.length > params.limit && last !== undefined;
  const total = hits.total as estypes.SearchTotalHits;
  return {
    items: page.flatMap(({ _source }) => (_source ? [_source] : [])),
    total: total.value,
    totalRelation: total.relation === "eq" ? "exact" : "at-least",
    sums: sumsOf(aggregations),
    cursor: more ? writeCursor(request.preference as string, last) : null,
  };
}

export const cartQueries = (deps: QueryDeps) => ({
  "cart.list": (params: ListCarts, context: QueryContext) => list(deps, params, context),
});
