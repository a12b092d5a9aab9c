/** Answers membership.list from the `memberships` index. */
import type { ListedStaff, ListStaff, MembershipHit } from "../../models/membership/membership.contract";
import { asking } from "../kernel/client";
import { aliasOf } from "../kernel/indices";
import { waited, type QueryContext, type QueryDeps } from "../kernel/query";

const PROJECTION = "memberships";

async function list(deps: QueryDeps, { sellerId, limit }: ListStaff, context: QueryContext): Promise<ListedStaff> {
  await waited(deps, context, { projection: PROJECTION, visibility: "search" });
  const { hits } = await asking("list memberships", () =>
    deps.client.search<MembershipHit>({
      index: aliasOf(deps.namespace, PROJECTION),
      size: limit,
      query: { bool: { filter: [{ term: { sellerId } }], must_not: [{ term: { status: "ended" } }] } },
      sort: [{ role: "asc" }, { id: "asc" }],
    }),
  );
  return { items: hits.hits.flatMap(({ _source }) => (_source ? [_source] : [])) };
}

export const membershipQueries = (deps: QueryDeps) => ({
  "membership.list": (params: ListStaff, context: QueryContext) => list(deps, params, context),
});
