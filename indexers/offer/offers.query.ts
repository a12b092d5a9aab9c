/** Answers offer.list and stock.overview from the `offers` index. */
import type { estypes } from "@elastic/elasticsearch";
import type {
  ListedOffer,
  ListedOffers,
  ListOffers,
  StockOverview,
  StockOverviewOf,
} from "../../models/offer/offer.list.contract";
import type { Text } from "../../models/kernel/text";
import { asking } from "../kernel/client";
import { fingerprint, readCursor, writeCursor, type SortValue } from "../kernel/cursor";
import { aliasOf } from "../kernel/indices";
import { waited, type QueryContext, type QueryDeps } from "../kernel/query";
import type { StoredOffer } from "./offers.projection";

const PROJECTION = "offers";
const PRODUCTS = "products";
const TOTAL_MAX = 10_000;
const LOCATIONS_MAX = 100;

type Query = estypes.QueryDslQueryContainer;

function filtersOf({ sellerId, q = "", status, onHandMin, onHandMax }: Omit<ListOffers, "limit" | "cursor">): Query[] {
  const filters: Query[] = [{ term: { sellerId } }];
  const words = q.trim();
  if (status !== undefined) filters.push({ term: { status } });
  if (words !== "") {
    const named: Query[] = [{ prefix: { sku: words } }, { term: { productId: words } }];
    filters.push({ bool: { should: named, minimum_should_match: 1 } });
  }
  const range = {
    ...(onHandMin !== undefined && { gte: onHandMin }),
    ...(onHandMax !== undefined && { lte: onHandMax }),
  };
  return Object.keys(range).length === 0 ? filters : [...filters, { range: { onHand: range } }];
}

/** Exported for its tests and for benchmarks. @throws CURSOR_INVALID */
export function listRequest({ cursor, limit, ...question }: ListOffers, index: string): estypes.SearchRequest {
  const print = fingerprint(question);
  return {
    index,
    query: { bool: { filter: filtersOf(question) } },
    // one more than asked tells whether there is a next page
    size: limit + 1,
    sort: [{ sku: "asc" }, { id: "asc" }],
    track_total_hits: TOTAL_MAX,
    preference: print,
    _source_excludes: ["sources.stock/*", "sources.*.part"],
    ...(cursor !== undefined && { search_after: readCursor(cursor, print, 2) }),
  };
}

type Titles = ReadonlyMap<string, Text>;

/** What the products are called now: a name that changes is not copied to every offer. */
async function titlesOf({ client, namespace }: QueryDeps, ids: readonly string[]): Promise<Titles> {
  if (ids.length === 0) return new Map();
  const index = aliasOf(namespace, PRODUCTS);
  const ask = { index, ids: [...new Set(ids)], _source_includes: ["title"] };
  const { docs } = await asking("name products", () => client.mget<{ readonly title: Text }>(ask));
  return new Map(docs.flatMap((doc) => ("found" in doc && doc._source ? [[doc._id, doc._source.title] as const] : [])));
}

function listed({ sources, sellerId: _sellerId, ...offer }: StoredOffer, titles: Titles): ListedOffer {
  const version = sources[`offer/${offer.id}`]?.version ?? 1;
  return { ...offer, title: titles.get(offer.productId) ?? null, version };
}

async function list(deps: QueryDeps, params: ListOffers, context: QueryContext): Promise<ListedOffers> {
  const request = listRequest(params, aliasOf(deps.namespace, PROJECTION));
  await waited(deps, context, { projection: PROJECTION, visibility: "search" });
  const { hits } = await asking("list offers", () => deps.client.search<StoredOffer>(request));
  const page = hits.hits.slice(0, params.limit);
  const last = page.at(-1)?.sort as SortValue[] | undefined;
  const found = page.flatMap(({ _source }) => _source ?? []);
  const titles = await titlesOf(
    deps,
    found.map(({ productId }) => productId),
  );
  const more = hits.hits.length > params.limit && last !== undefined;
  const total = hits.total as estypes.SearchTotalHits;
  return {
    items: found.map((offer) => listed(offer, titles)),
    total: total.value,
    totalRelation: total.relation === "eq" ? "exact" : "at-least",
    cursor: more ? writeCursor(request.preference as string, last) : null,
  };
}

interface Counted {
  readonly onHand: { readonly value: number };
  readonly soldOut: { readonly doc_count: number };
  readonly stock: {
    readonly locations: {
      readonly buckets: readonly {
        readonly key: string;
        readonly doc_count: number;
        readonly onHand: { readonly value: number };
      }[];
    };
  };
}

async function overview(deps: QueryDeps, { sellerId }: StockOverviewOf, context: QueryContext): Promise<StockOverview> {
  await waited(deps, context, { projection: PROJECTION, visibility: "search" });
  const { hits, aggregations } = await asking("add up stock", () =>
    deps.client.search({
      index: aliasOf(deps.namespace, PROJECTION),
      size: 0,
      track_total_hits: true,
      query: { bool: { filter: [{ term: { sellerId } }, { term: { status: "open" } }] } },
      aggs: {
        onHand: { sum: { field: "onHand" } },
        soldOut: { filter: { range: { onHand: { lte: 0 } } } },
        stock: {
          nested: { path: "stock" },
          aggs: {
            locations: {
              terms: { field: "stock.location", size: LOCATIONS_MAX, order: [{ onHand: "desc" }, { _key: "asc" }] },
              aggs: { onHand: { sum: { field: "stock.onHand" } } },
            },
          },
        },
      },
    }),
  );
  const { onHand, soldOut, stock } = aggregations as unknown as Counted;
  return {
    offers: (hits.total as estypes.SearchTotalHits).value,
    soldOut: soldOut.doc_count,
    onHand: onHand.value,
    locations: stock.locations.buckets.map(({ key, doc_count, onHand: sum }) => ({
      location: key,
      onHand: sum.value,
      offers: doc_count,
    })),
  };
}

export const offerQueries = (deps: QueryDeps) => ({
  "offer.list": (params: ListOffers, context: QueryContext) => list(deps, params, context),
  "offer.stock": (params: StockOverviewOf, context: QueryContext) => overview(deps, params, context),
});
