/** Which orders a live board shows: those placed since a time, newest first, and those that still wait. */
import type { estypes } from "@elastic/elasticsearch";
import type { FindAsk, Found, Source } from "../kernel/live";
import { look, type FindDeps } from "../kernel/live-find";

const OPEN_MAX = 500;

/** Their time, of the newest that fit; with more, the board counts from after the last of them. */
export async function ordersOf(deps: FindDeps, field: "sellerId" | "channelId", ask: FindAsk): Promise<Found> {
  const of: estypes.QueryDslQueryContainer = { term: { [field]: ask.id } };
  const size = Math.floor(ask.sourcesMax / 3);
  const orders = { projection: "orders", aggregate: "order" };
  const [placed, open] = await Promise.all([
    look(deps, {
      ...orders,
      filter: [of, { range: { placedAt: { gte: ask.since } } }],
      sort: [{ placedAt: "desc" }],
      size,
    }),
    look(deps, {
      ...orders,
      filter: [
        of,
        { bool: { should: [{ terms: { status: ["placed", "part-shipped"] } }, { term: { stuck: true } }] } },
      ],
      sort: [{ placedAt: "asc" }],
      size: OPEN_MAX,
    }),
  ]);
  const last = placed.length === size ? Number(placed.at(-1)?.sort[0]) : NaN;
  const since = Number.isNaN(last) ? ask.since : new Date(last + 1).toISOString();
  const sources: Source[] = [...placed, ...open].map(({ aggregate, id, version }) => ({ aggregate, id, version }));
  return { since, sources };
}
