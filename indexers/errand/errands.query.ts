/** Answers errand.list from the `errands` index; errand.get is answered by the write side. */
import type { estypes } from "@elastic/elasticsearch";
import type { ErrandView, ListedErrands, ListErrands } from "../../models/errand/errand.contract";
import { asking } from "../kernel/client";
import { fingerprint, readCursor, writeCursor, type SortValue } from "../kernel/cursor";
import { aliasOf } from "../kernel/indices";
import { waited, type QueryContext, type QueryDeps } from "../kernel/query";

const PROJECTION = "errands";
const TOTAL_MAX = 10_000;

/** Exported for its tests. @throws CURSOR_INVALID */
export function listRequest({ cursor, limit, ...question }: ListErrands, index: string): estypes.SearchRequest {
  const print = fingerprint(question);
  const filter = Object.entries(question).map(([field, value]) => ({ term: { [field]: value } }));
  return {
    index,
    query: { bool: { filter } },
    // one more than asked tells whether there is a next page
    size: limit + 1,
    sort: [{ openedAt: { order: "asc", format: "strict_date_optional_time" } }, { id: "asc" }],
    track_total_hits: TOTAL_MAX,
    preference: print,
    ...(cursor !== undefined && { search_after: readCursor(cursor, print, 2) }),
  };
}

async function list(deps: QueryDeps, params: ListErrands, context: QueryContext): Promise<ListedErrands> {
  const request = listRequest(params, aliasOf(deps.namespace, PROJECTION));
  await waited(deps, context, { projection: PROJECTION, visibility: "search" });
  const { hits } = await asking("list errands", () => deps.client.search<ErrandView>(request));
  const page = hits.hits.slice(0, params.limit);
  const last = page.at(-1)?.sort as SortValue[] | undefined;
  const more = hits.hits.length > params.limit && last !== undefined;
  return {
    items: page.flatMap(({ _source }) => (_source ? [_source] : [])),
    total: (hits.total as estypes.SearchTotalHits).value,
    cursor: more ? writeCursor(request.preference as string, last) : null,
  };
}

export const errandQueries = (deps: QueryDeps) => ({
  "errand.list": (params: ListErrands, context: QueryContext) => list(deps, params, context),
});
