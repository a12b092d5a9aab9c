/** What an order's live page shows: the order itself, and its returns. */
import type { FindAsk, Found } from "../kernel/live";
import { look, type FindDeps } from "../kernel/live-find";

const RETURNS_MAX = 100;

export async function orderSources(deps: FindDeps, { id, since }: FindAsk): Promise<Found> {
  const returns = await look(deps, {
    ...{ projection: "returns", aggregate: "return", size: RETURNS_MAX, sort: [{ requestedAt: "asc" }] },
    filter: [{ term: { orderId: id } }],
  });
  // looked at whenever anybody looks: its id is known, and the read side need not be asked how new it is
  return { since, sources: [{ aggregate: "order", id, version: Infinity }, ...returns] };
}
