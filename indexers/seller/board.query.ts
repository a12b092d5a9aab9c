/** What a seller's live board shows beside its orders: returns, books, payouts, and stocks of which least is left. */
import type { estypes } from "@elastic/elasticsearch";
import { deskIdOf } from "../../models/desk/desk.contract";
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
async function stocksOf({ search, namespace }: FindDeps, of: Query): Promise<Source[]> {
  const hits = await search<{ readonly sources: Parts }>({
    index: aliasOf(namespace, "offers"),
    query: { bool: { filter: [of] } },
    sort: [{ onHand: "asc" }],
    size: OFFERS_MAX,
    _source: { includes: ["sources"] },
  });
  return hits.flatMap(({ _source }) =>
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
    look(deps, {
      ...{ projection: "reviews", aggregate: "review", sort: [{ writtenAt: "desc" }], size: REVIEWS_MAX },
      filter: [of, { term: { status: "published" } }],
    }),
  ]);
  // there is one, and its id is known: the read side need not be asked
  const desk: Source = { aggregate: "desk", id: deskIdOf({ sellerId: ask.id }), version: Infinity };
  return { since: orders.since, sources: [...orders.sources, ...stocks, ...others.flat(), desk] };
}
