/** What visitors of the demo market look for, click, take and are recommended, as their browsers report it. */
import type { VisitorEvent } from "../../models/visitor/visitor.events.contract";
import { inParallel } from "../client/in-parallel";
import { seeded, type Random } from "./random";
import { visit } from "./visit";

export interface Crowd {
  readonly url: string;
  readonly channelId: string;
  readonly currency: string;
  readonly seed: number;
}

const VISITORS = 16;
const AT_ONCE = 4;
/** The last one is found nowhere. */
const WORDS = ["lamp", "chair", "bowl", "table", "light", "wool", "oak", "flying carpet"];

interface Found {
  readonly queryId?: string;
  readonly items: readonly { readonly id: string }[];
}

interface Proposed {
  readonly items: readonly { readonly productId: string; readonly decisionId: string }[];
}

type Led = Pick<VisitorEvent, "query_id" | "recommendation_id">;

/** Clicked, perhaps taken, perhaps bought: each is less likely than the one before. */
function deeds(crowd: Crowd, random: Random, product: { id: string; ordinal: number }, led: Led): VisitorEvent[] {
  const object = { object_id: product.id };
  const event = (action: VisitorEvent["action_name"], more: object = {}): VisitorEvent => ({
    ...{ event_id: `demo-${random.whole(1, 1e9)}-${action}`, action_name: action, ...led },
    event_attributes: { object, ...more },
  });
  const revenue = { amountMinor: random.whole(990, 19_900), currency: crowd.currency };
  return [
    event("click", { position: { ordinal: product.ordinal } }),
    ...(random.chance(0.5) ? [event("add_to_cart")] : []),
    ...(random.chance(0.35) ? [event("purchase", { revenue })] : []),
  ];
}

async function comes(crowd: Crowd, n: number): Promise<void> {
  const { url, channelId: channel, seed } = crowd;
  const random = seeded(seed + n);
  const visitorId = `demo-visitor-${String(n).padStart(4, "0")}`;
  const asked = (more: Record<string, string>) => new URLSearchParams({ channel, visitorId, ...more }).toString();
  const found = await visit<Found>(url, `/v1/products?${asked({ q: WORDS[n % WORDS.length] ?? "", limit: "5" })}`);
  const shown = await visit<Proposed>(url, `/v1/recommendations?${asked({ kind: "trending", limit: "4" })}`);
  const ordinal = random.whole(0, 2);
  const [hit, proposed] = [found.answer.items[ordinal], shown.answer.items[0]];
  const queryId = found.answer.queryId;
  const events = [
    ...(hit && queryId !== undefined ? deeds(crowd, random, { id: hit.id, ordinal }, { query_id: queryId }) : []),
    ...(proposed && random.chance(0.6)
      ? deeds(crowd, random, { id: proposed.productId, ordinal: 0 }, { recommendation_id: proposed.decisionId })
      : []),
  ];
  if (events.length > 0) await visit(url, "/v1/events", { body: { visitorId, consent: true, channel, events } });
}

/** @throws Sentence when the mall refuses */
export async function crowdIn(crowd: Crowd): Promise<void> {
  await inParallel(
    Array.from({ length: VISITORS }, (_, n) => n),
    AT_ONCE,
    (n) => comes(crowd, n),
  );
}
