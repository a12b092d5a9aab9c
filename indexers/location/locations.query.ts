/** Answers location.list from the `locations` index. */
import type { ListedLocations, ListLocations, LocationView } from "../../models/location/location.contract";
import { asking } from "../kernel/client";
import { aliasOf } from "../kernel/indices";
import { waited, type QueryContext, type QueryDeps } from "../kernel/query";

const PROJECTION = "locations";

async function list(deps: QueryDeps, params: ListLocations, context: QueryContext): Promise<ListedLocations> {
  const { sellerId, limit, after } = params;
  await waited(deps, context, { projection: PROJECTION, visibility: "search" });
  const { hits } = await asking("list locations", () =>
    deps.client.search<LocationView>({
      index: aliasOf(deps.namespace, PROJECTION),
      size: limit,
      query: { bool: { filter: [{ term: { sellerId } }] } },
      sort: [{ code: "asc" }],
      ...(after !== undefined && { search_after: [after] }),
    }),
  );
  return { items: hits.hits.flatMap(({ _source }) => (_source ? [_source] : [])) };
}

export const locationQueries = (deps: QueryDeps) => ({
  "location.list": (params: ListLocations, context: QueryContext) => list(deps, params, context),
});
