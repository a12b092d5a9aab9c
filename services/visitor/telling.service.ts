/** What is told of a visitor's events: counted for everybody, and their words for who counts how many said them. */
import type { CountedFacts } from "../../models/kernel/counted-facts";
import { refuseKernel } from "../../models/kernel/refusal";
import type { AskedSearch } from "../../models/product/product.suggest.contract";
import type { RecentEvent, RecordEvents } from "../../models/visitor/visitor.contract";
import type { VisitorEvent } from "../../models/visitor/visitor.events.contract";
import type { Node } from "../kernel/node";
import { countedBy } from "./counting.service";
import { countedOf, normalised, triedOf, type Counted } from "./events.service";
import type { Learner } from "./learner.service";
import { queryKeyOf } from "./query-id.service";
import { isTellable } from "./rewording.service";

export interface Telling {
  readonly counted: CountedFacts<Counted>;
  readonly learner: Learner;
  readonly node: Pick<Node, "identity" | "clock">;
}

interface Counting {
  readonly who: string;
  /** Whether they let it be known, within an experiment, which events are the same visitor's. */
  readonly personal: boolean;
}

/** How many of them had been counted before. */
export async function count({ counted, node, learner }: Telling, who: Counting, params: RecordEvents): Promise<number> {
  const { events, ...place } = params;
  const by = countedBy(node.identity.pepper, who.who, node.clock.now(), who.personal);
  const facts = events.map((event) => countedOf(event, place, by));
  // a search that is told of twice in a batch is one fact: a double would be taken for one that was there before
  const tried = events.flatMap((event) => triedOf(event, by));
  const all = [...new Map([...facts, ...tried].map((fact) => [fact._id, fact])).values()];
  try {
    const there = await counted.append(all);
    learner.counted(all.filter(({ _id }) => !there.has(_id)));
    const fresh = new Set(facts.flatMap(({ _id }) => (there.has(_id) ? [] : [_id])));
    return facts.length - fresh.size;
  } catch {
    return refuseKernel("STORE_UNAVAILABLE", "The store of facts does not answer; send the events again.");
  }
}

/** The words of searches, for who counts how many different visitors said them. */
export function tellWords({ learner, node }: Telling, who: string, events: readonly RecentEvent[]): void {
  const { pepper } = node.identity;
  const said = events.flatMap(({ kind, query = "" }) => (kind === "search" ? [normalised(query)] : []));
  const words = said.filter(isTellable);
  learner.said(words.map((text) => ({ queryKey: queryKeyOf(pepper, text), text, visitor: who })));
}

/** A search, for the suggestions to others; of one that comes again the same visitor is counted once. */
export function askedIn(
  { action_name: action, user_query: query = "", event_attributes: { result_count: found } = {} }: VisitorEvent,
  { channel }: RecordEvents,
  by: Pick<AskedSearch, "visitor" | "at">,
): AskedSearch[] {
  if (action !== "search" || query.trim() === "") return [];
  return [{ query, ...by, ...(channel !== undefined && { channel }), ...(found !== undefined && { found }) }];
}

/** An event that stands twice in a batch is one. */
export const once = (events: readonly VisitorEvent[]): VisitorEvent[] => [
  ...new Map(events.map((event) => [event.event_id, event])).values(),
];
