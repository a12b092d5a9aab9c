/** Answers payout.list from the `payouts` index. */
import type { ListedPayouts, ListPayouts, PayoutView } from "../../models/payout/payout.contract";
import { asking } from "../kernel/client";
import { aliasOf } from "../kernel/indices";
import { waited, type QueryContext, type QueryDeps } from "../kernel/query";

const PROJECTION = "payouts";

async function list(deps: QueryDeps, params: ListPayouts, context: QueryContext): Promise<ListedPayouts> {
  const { sellerId, status, limit } = params;
  await waited(deps, context, { projection: PROJECTION, visibility: "search" });
  const { hits } = await asking("list payouts", () =>
    deps.client.search<PayoutView>({
      index: aliasOf(deps.namespace, PROJECTION),
      size: limit,
      query: { bool: { filter: [{ term: { sellerId } }, ...(status === undefined ? [] : [{ term: { status } }])] } },
      sort: [{ openedAt: "desc" }, { id: "asc" }],
    }),
  );
  return { items: hits.hits.flatMap(({ _source }) => (_source ? [_source] : [])) };
}

export const payoutQueries = (deps: QueryDeps) => ({
  "payout.list": (params: ListPayouts, context: QueryContext) => list(deps, params, context),
});
