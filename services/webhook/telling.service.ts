/** From commits to what waits to be told, and from what waits to a signed request. */
import { derivedId } from "../../models/kernel/ids";
import type { Commit, Iso, Row } from "../../models/kernel/row";
import { TOLD_AGGREGATES } from "../../models/webhook/webhook.catalogue.contract";
import type { LiveWebhook, WebhookState } from "../../models/webhook/webhook.aggregate";
import { awaiting, type Delivery, type DeliveryStore } from "../kernel/deliveries";
import type { HeadsBook } from "../kernel/heads-book";
import type { Node } from "../kernel/node";
import type { Posted, Poster } from "../kernel/outgoing-post";
import type { HistoryReader } from "../kernel/reconcile";
import { signedHeaders } from "../kernel/standard-webhooks";
import { occasionsFor, payloadOf } from "./payload.service";
import { isLive, openSecret } from "./webhook.service";

export type Book = HeadsBook<WebhookState>;

export const READER = "webhooks";

/** Clocks of nodes may differ by so much: what was committed as an endpoint was added is rather told than not. */
const SKEW_MS = 1_000;

export interface Endpoint {
  readonly id: string;
  readonly state: LiveWebhook;
}

/** Of the mall's endpoints, as they stand now. */
export async function endpointsIn(book: Book): Promise<Endpoint[]> {
  return [...(await book())].flatMap(([id, { state }]) => (isLive(state) ? [{ id, state }] : []));
}

export const enabled = ({ state }: Endpoint): boolean => state.status === "enabled";

export interface HearingDeps {
  readonly node: Pick<Node, "clock">;
  /** Never older than the moment that it is asked. */
  readonly book: Book;
  readonly store: DeliveryStore;
  readonly ring: (endpoints: Iterable<string>) => void;
  /** What was committed before was told long ago, and what became of it is forgotten. */
  readonly forgottenTo: () => Iso;
}

const since = ({ state }: Endpoint): number => Date.parse(state.since) - SKEW_MS;

function deliveriesOf(endpoint: Endpoint, commits: readonly Commit[], now: Iso): Delivery[] {
  const from = since(endpoint);
  return commits
    .filter(({ committedAt }) => Date.parse(committedAt) >= from)
    .flatMap((commit) => occasionsFor(endpoint.state, commit))
    .map((occasion) => awaiting(endpoint.id, derivedId("delivery", endpoint.id, occasion.eventId), occasion, now));
}

/** Hears every commit; what it put down is durable before the commit counts as heard. */
export function hearing({ node, book, store, ring, forgottenTo }: HearingDeps): HistoryReader {
  return {
    name: READER,
    aggregates: TOLD_AGGREGATES,
    heads: false,
    async read(commits) {
      const told = (await endpointsIn(book)).filter(enabled);
      const floor = forgottenTo();
      const fresh = commits.filter(({ committedAt }) => committedAt >= floor);
      const now = node.clock.now();
      const deliveries = told.flatMap((endpoint) => deliveriesOf(endpoint, fresh, now));
      await store.put(deliveries);
      ring(new Set(deliveries.map(({ endpoint }) => endpoint)));
    },
  };
}

const SECOND_MS = 1_000;

export interface TellingDeps {
  readonly node: Pick<Node, "histories" | "identity">;
  readonly book: Book;
  readonly poster: Poster;
}

/** Tells one: the words are made of the history, so that they are the same each time. */
export const telling =
  ({ node, book, poster }: TellingDeps) =>
  async (delivery: Delivery, at: Iso): Promise<Posted | null> => {
    const state = (await book()).get(delivery.endpoint)?.state;
    if (state === undefined || !isLive(state)) return null;
    const { aggregate, aggregateId, version } = delivery;
    const row: Row | null = version === null ? null : await node.histories(aggregate).asOf(aggregateId, { version });
    const payload = payloadOf(delivery, row?.version === version ? row : null, state.sellerId);
    if (payload === null) return null;
    const keys = state.secrets
      .filter(({ until }) => until === null || until > at)
      .map((secret) => openSecret(node.identity.seal, secret));
    const body = JSON.stringify(payload);
    const signed = { id: delivery.eventId, timestamp: Math.floor(Date.parse(at) / SECOND_MS), body };
    const headers = { "content-type": "application/json", "user-agent": "Stoa", ...signedHeaders(keys, signed) };
    return poster.post({ url: state.url, headers, body });
  };
