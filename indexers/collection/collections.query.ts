/** Answers collection.list, collection.drafts and collection.get, and finds a collection for product search. */
import type { estypes } from "@elastic/elasticsearch";
import type { CollectionId, ListCollections, ListDrafts } from "../../models/collection/collection.contract";
import type {
  CollectionEntry,
  CollectionList,
  CollectionView,
} from "../../models/collection/collection.result.contract";
import { refuseKernel } from "../../models/kernel/refusal";
import { asking } from "../kernel/client";
import { fingerprint, readCursor, writeCursor, type SortValue } from "../kernel/cursor";
import { aliasOf } from "../kernel/indices";
import { waited, type QueryContext, type QueryDeps } from "../kernel/query";

type Query = estypes.QueryDslQueryContainer;

const PROJECTION = "collections";
const TOTAL_MAX = 10_000;

/** The published collection that a slug or an id names; null when there is none. */
export type FindCollection = (name: string, context: QueryContext) => Promise<CollectionView | null>;

const published: Query = { term: { status: "published" } };

/** Those that name no channel are shown by all. */
const shownBy = (channel: string): Query => ({
  bool: {
    should: [{ term: { channels: channel } }, { bool: { must_not: { exists: { field: "channels" } } } }],
    minimum_should_match: 1,
  },
});

interface Page {
  readonly filter: readonly Query[];
  readonly limit: number;
  readonly cursor?: string;
  readonly without?: readonly string[];
}

function pageRequest({ filter, limit, cursor, without = [] }: Page, index: string): estypes.SearchRequest {
  const print = fingerprint({ filter });
  return {
    index,
    query: { bool: { filter: [...filter] } },
    // one more than asked tells whether there is a next page
    size: limit + 1,
    sort: [{ slug: "asc" }, { id: "asc" }],
    track_total_hits: TOTAL_MAX,
    preference: print,
    _source_excludes: [...without],
    ...(cursor !== undefined && { search_after: readCursor(cursor, print, 2) }),
  };
}

async function page<C>(deps: QueryDeps, ask: Page, context: QueryContext): Promise<CollectionList<C>> {
  const request = pageRequest(ask, aliasOf(deps.namespace, PROJECTION));
  await waited(deps, context, { projection: PROJECTION, visibility: "search" });
  const { hits } = await asking("list collections", () => deps.client.search<C>(request));
  const shown = hits.hits.slice(0, ask.limit);
  const last = shown.at(-1)?.sort as SortValue[] | undefined;
  const more = hits.hits.length > ask.limit && last !== undefined;
  return {
    items: shown.flatMap(({ _source }) => (_source ? [_source] : [])),
    total: (hits.total as estypes.SearchTotalHits).value,
    cursor: more ? writeCursor(request.preference as string, last) : null,
  };
}

function list(deps: QueryDeps, { channel, ...paged }: ListCollections, context: QueryContext) {
  const filter = channel === undefined ? [published] : [published, shownBy(channel)];
  return page<CollectionEntry>(deps, { ...paged, filter, without: ["products", "rule"] }, context);
}

/**
 * Asked of the index each time, not kept in memory as categories are: a thousand ids each are too much to hold of every
 * collection in every process, and only searches in one need it.
 */
export const createFindCollection =
  (deps: QueryDeps): FindCollection =>
  async (name, context) => {
    await waited(deps, context, { projection: PROJECTION, visibility: "search" });
    const { hits } = await asking("find a collection", () =>
      deps.client.search<CollectionView>({
        index: aliasOf(deps.namespace, PROJECTION),
        query: {
          bool: { filter: [published, { bool: { should: [{ term: { slug: name } }, { term: { id: name } }] } }] },
        },
        // one may have a slug that is another's id
        size: 2,
        track_total_hits: false,
      }),
    );
    const found = hits.hits.flatMap(({ _source }) => (_source ? [_source] : []));
    return found.find(({ id }) => id === name) ?? found[0] ?? null;
  };

export const collectionQueries = (deps: QueryDeps, find: FindCollection) => ({
  "collection.list": (params: ListCollections, context: QueryContext) => list(deps, params, context),
  "collection.drafts": (params: ListDrafts, context: QueryContext) =>
    page<CollectionView>(deps, { ...params, filter: [{ term: { status: "draft" } }] }, context),
  "collection.get": async ({ id }: CollectionId, context: QueryContext) =>
    (await find(id, context)) ?? refuseKernel("NOT_FOUND", "There is no such collection, or it is a draft.", { id }),
});
