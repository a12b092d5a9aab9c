/** Answers return.mine and return.ofSeller from the `returns` index. */
import type { ListedReturns, ListReturns, ListSellersReturns, ReturnView } from "../../models/return/return.contract";
import { asking } from "../kernel/client";
import { aliasOf } from "../kernel/indices";
import { waited, type QueryContext, type QueryDeps } from "../kernel/query";

const PROJECTION = "returns";

type Whose = { readonly sellerId: string } | { readonly customerId: string };

async function list(deps: QueryDeps, params: ListReturns & Whose, context: QueryContext): Promise<ListedReturns> {
  const { limit, ...terms } = params;
  await waited(deps, context, { projection: PROJECTION, visibility: "search" });
  const { hits } = await asking("list returns", () =>
    deps.client.search<ReturnView>({
      index: aliasOf(deps.namespace, PROJECTION),
      size: limit,
      query: { bool: { filter: Object.entries(terms).map(([field, value]) => ({ term: { [field]: value } })) } },
      sort: [{ requestedAt: "desc" }, { id: "asc" }],
    }),
  );
  return { items: hits.hits.flatMap(({ _source }) => (_source ? [_source] : [])) };
}

export const returnQueries = (deps: QueryDeps) => ({
  "return.mine": (params: ListReturns, context: QueryContext) =>
    list(deps, { ...params, customerId: context.meta.principal?.id ?? "anonymous" }, context),
  "return.ofSeller": (params: ListSellersReturns, context: QueryContext) => list(deps, params, context),
});
