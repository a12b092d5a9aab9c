/** Answers seller.list and seller.mine from the `sellers` index; seller.get is answered by the write side. */
import type { estypes } from "@elastic/elasticsearch";
import type { ListedSellers, ListSellers, OwnApplications, SellerProfile } from "../../models/seller/seller.contract";
import { OWN_MAX } from "../../models/seller/seller.result.contract";
import { asking } from "../kernel/client";
import { fingerprint, readCursor, writeCursor, type SortValue } from "../kernel/cursor";
import { aliasOf } from "../kernel/indices";
import { waited, type QueryContext, type QueryDeps } from "../kernel/query";
import type { StoredSeller } from "./sellers.projection";

const PROJECTION = "sellers";
const TOTAL_MAX = 10_000;

function profileOf(stored: StoredSeller): SellerProfile {
  const { id, version, status, name, about, country, activeSince } = stored;
  return { id, version, status, name, about, country, activeSince };
}

function questionOf({ q = "", status }: Pick<ListSellers, "q" | "status">): estypes.QueryDslBoolQuery {
  const words = q.trim();
  return {
    must: words === "" ? [] : [{ match: { name: { query: words, operator: "and", fuzziness: "AUTO" } } }],
    filter: status === undefined ? [] : [{ term: { status } }],
  };
}

function listRequest({ cursor, limit, ...question }: ListSellers, index: string): estypes.SearchRequest {
  const print = fingerprint(question);
  return {
    index,
    query: { bool: questionOf(question) },
    // one more than asked tells whether there is a next page
    size: limit + 1,
    // those whose turn it is: the longest untouched first
    sort: [{ changedAt: "asc" }, { id: "asc" }],
    track_total_hits: TOTAL_MAX,
    preference: print,
    ...(cursor !== undefined && { search_after: readCursor(cursor, print, 2) }),
  };
}

async function list(deps: QueryDeps, params: ListSellers, context: QueryContext): Promise<ListedSellers> {
  const request = listRequest(params, aliasOf(deps.namespace, PROJECTION));
  await waited(deps, context, { projection: PROJECTION, visibility: "search" });
  const { hits } = await asking("list sellers", () => deps.client.search<StoredSeller>(request));
  const page = hits.hits.slice(0, params.limit);
  const last = page.at(-1)?.sort as SortValue[] | undefined;
  const more = hits.hits.length > params.limit && last !== undefined;
  return {
    items: page.flatMap(({ _source }) => (_source ? [profileOf(_source)] : [])),
    total: (hits.total as estypes.SearchTotalHits).value,
    cursor: more ? writeCursor(request.preference as string, last) : null,
  };
}

/** Of whoever asks, and of nobody else. */
async function mine(deps: QueryDeps, context: QueryContext): Promise<OwnApplications> {
  const index = aliasOf(deps.namespace, PROJECTION);
  const query = { term: { accountId: context.meta.principal?.id ?? "" } };
  await waited(deps, context, { projection: PROJECTION, visibility: "search" });
  const { hits } = await asking("list one's applications", () =>
    deps.client.search<StoredSeller>({ index, query, size: OWN_MAX, sort: [{ changedAt: "desc" }, { id: "asc" }] }),
  );
  return {
    items: hits.hits.flatMap(({ _source }) => {
      if (!_source) return [];
      const { id, version, status, name } = _source;
      return [{ id, version, status, name }];
    }),
  };
}

export const sellerQueries = (deps: QueryDeps) => ({
  "seller.list": (params: ListSellers, context: QueryContext) => list(deps, params, context),
  "seller.mine": (_params: object, context: QueryContext) => mine(deps, context),
});
