/** Answers approval.list from the `approvals` index; approval.get is answered by the write side. */
import type { ApprovalGlance, ListApprovals, ListedApprovals } from "../../models/approval/approval.contract";
import { asking } from "../kernel/client";
import { aliasOf } from "../kernel/indices";
import { waited, type QueryContext, type QueryDeps } from "../kernel/query";

const PROJECTION = "approvals";

async function list(deps: QueryDeps, params: ListApprovals, context: QueryContext): Promise<ListedApprovals> {
  await waited(deps, context, { projection: PROJECTION, visibility: "search" });
  const { limit, ...wanted } = params;
  const filter = Object.entries(wanted).map(([field, value]) => ({ term: { [field]: value } }));
  const { hits } = await asking("list approvals", () =>
    deps.client.search<ApprovalGlance>({
      index: aliasOf(deps.namespace, PROJECTION),
      size: limit,
      query: { bool: { filter } },
      sort: [{ requestedAt: "desc" }, { id: "asc" }],
    }),
  );
  return { items: hits.hits.flatMap(({ _source }) => (_source ? [_source] : [])) };
}

export const approvalQueries = (deps: QueryDeps) => ({
  "approval.list": (params: ListApprovals, context: QueryContext) => list(deps, params, context),
});
