/** What a seller's live board shows beside its orders: returns, books, payouts, and stocks of which least is left. */
import type { Client, estypes } from "@elastic/elasticsearch";
import { asking } from "../kernel/client";
import { aliasOf } from "../kernel/indices";
import type { FindAsk, Found, Source } from "../kernel/live";
import { look, type FindDeps } from "../kernel/live-find";
import type { Parts } from "../kernel/projection";
import { ordersOf } from "../order/orders-of.query";

const RETURNS_MAX = 300;
const BOOKS_MAX = 20;
const PAYOUTS_MAX = 20;
/** A rating is that of the newest so many. */
const REVIEWS_MAX = 300;
/** What sells fast and is not among them is shown as soon as some of it is sold. */
const OFFERS_MAX = 500;

type Query = estypes.QueryDslQueryContainer;

/** The sources that an offer's document names: stocks by `stock/<id>`, with their versions. */
async function stocksOf({ client, namespace }: { client: Client; namespace: string }, of: Query): Promise<Source[]> {
  const { hits } = await asking("find offers", () =>
    client.search<{ readonly sources: Parts }>({
      index: aliasOf(namespace, "offers"),
      query: { bool: { filter: [of] } },
      sort: [{ onHand: "asc" }],
      size: OFFERS_MAX,
      _source_includes: ["sources"],
      track_total_hits: false,
    }),
  );
  return hits.hits.flatMap(({ _source }) =>
    Object.entries(_source?.sources ?? {}).flatMap(([source, { version }]) => {
      const [aggregate = "", id = ""] = source.split("/");
      return aggregate === "stock" ? [{ aggregate, id, version }] : [];
    }),
  );
}

export async function sellerSources(deps: FindDeps, ask: FindAsk): Promise<Found> {
  const of: Query = { term: { sellerId: ask.id } };
  const open: Query = { terms: { status: ["requested", "approved", "settling"] } };
  const recent: Query = { range: { requestedAt: { gte: ask.since } } };
  const [orders, stocks, ...others] = await Promise.all([
    ordersOf(deps, "sellerId", ask),
    stocksOf(deps, of),
    look(deps, {
      ...{ projection: "returns", aggregate: "return", sort: [{ requestedAt: "desc" }], size: RETURNS_MAX },
      filter: [of, { bool: { should: [open, recent], minimum_should_match: 1 } }],
    }),
    look(deps, {
      ...{ projection: "ledgers", aggregate: "ledger", filter: [of], sort: [{ currency: "asc" }], size: BOOKS_MAX },
    }),
    look(deps, {
      ...{ projection: "payouts", aggregate: "payout", filter: [of], sort: [{ openedAt: "desc" }], size: PAYOUTS_MAX },
    }),
    look(deps, { projection: "desks", aggregate: "desk", filter: [of], sort: [{ sellerId: "asc" }], size: 1 }),
    look(deps, {
      ...{ projection: "reviews", aggregate: "review", sort: [{ writtenAt: "desc" }], size: REVIEWS_MAX },
      filter: [of, { term: { status: "published" } }],
    }),
  ]);
  return { since: orders.since, sources: [...orders.sources, ...stocks, ...others.flat()] };
}
