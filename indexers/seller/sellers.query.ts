/** Answers seller.list from the `sellers` index; seller.get is answered by the write side. */
import type { estypes } from "@elastic/elasticsearch";
import type { ListedSellers, ListSellers, SellerProfile } from "../../models/seller/seller.contract";
import { asking } from "../kernel/client";
import { fingerprint, readCursor, writeCursor, type SortValue } from "../kernel/cursor";
import { aliasOf } from "../kernel/indices";
import { waited, type QueryContext, type QueryDeps } from "../kernel/query";
import type { StoredSeller } from "./sellers.projection";

const PROJECTION = "sellers";
const TOTAL_MAX = 10_000;

const profileOf = ({ hidden: _hidden, changedAt: _changedAt, ...profile }: StoredSeller): SellerProfile => profile;

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

export const sellerQueries = (deps: QueryDeps) => ({
  "seller.list": (params: ListSellers, context: QueryContext) => list(deps, params, context),
});
