/** Events as they are reported, as they are kept for the visitor, and as they are counted for everybody. Pure. */
import { derivedId } from "../../models/kernel/ids";
import type { Trial } from "../../models/experiment/experiment.facts.contract";
import type { CountedFact } from "../../models/kernel/counted-facts";
import type { Money } from "../../models/kernel/money";
import type { RecentEvent, RecentKind, RecordEvents } from "../../models/visitor/visitor.contract";
import type { ActionName, VisitorEvent } from "../../models/visitor/visitor.events.contract";

/** What is counted of an event: nothing by which anybody could be known, and no words that somebody typed. */
export interface Counted extends CountedFact {
  readonly kind: RecentKind;
  /** A keyed hash of the words that were searched for. */
  readonly queryKey?: string;
  /** Which search it was: random. */
  readonly searchId?: string;
  /** Which recommendation it was: random. */
  readonly recommendationId?: string;
  readonly productId?: string;
  readonly position?: number;
  readonly results?: number;
  /** Of a search: how many of them were on its page. */
  readonly shown?: number;
  readonly channel?: string;
  readonly section?: string;
  readonly revenue?: Money;
  /** Of a visitor who takes part in an experiment; kept beside the fact that everybody's event is. */
  readonly trial?: Trial;
}

export const COUNTED = { collection: "visitor.counted", keptDays: 400 } as const;
export const TRAILS = { collection: "visitor.trails", keptDays: 90 } as const;

const KINDS: Readonly<Record<ActionName, RecentKind>> = {
  search: "search",
  impression: "impression",
  view: "view",
  click: "click",
  add_to_cart: "cart",
  checkout: "checkout",
  purchase: "purchase",
};

const DAY_MS = 24 * 60 * 60 * 1_000;

/** A browser's clock may be wrong: what it says counts within the last day. */
export function momentOf({ timestamp }: Pick<VisitorEvent, "timestamp">, now: string): string {
  if (timestamp === undefined) return now;
  const [said, nowMs] = [Date.parse(timestamp), Date.parse(now)];
  return said <= nowMs && said > nowMs - DAY_MS ? new Date(said).toISOString() : now;
}

/** The same words however they are typed. */
export const normalised = (query: string): string => query.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();

type Given<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** Fields that are there. */
const present = <T extends object>(fields: Given<T>): Partial<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;

type Place = Given<Pick<RecordEvents, "channel" | "section">>;

/** As it is kept for the visitor. */
export function recentOf(event: VisitorEvent, { channel }: Place, now: string): RecentEvent {
  const { object, position } = event.event_attributes ?? {};
  return {
    id: event.event_id,
    kind: KINDS[event.action_name],
    at: momentOf(event, now),
    ...present<RecentEvent>({
      productId: object?.object_id,
      query: event.user_query,
      queryId: event.query_id,
      position: position?.ordinal,
      channel,
    }),
  };
}

export interface CountedBy {
  readonly who: string;
  readonly now: string;
  /** The key of what was searched for, where it is known. */
  readonly keyOf: (event: VisitorEvent) => string | undefined;
  /** The experiment that its search took part in. */
  readonly trialOf: (event: VisitorEvent) => Trial | undefined;
  /** Where its search was made, as the mall knows it. */
  readonly placeOf: (event: VisitorEvent) => Place;
  /** The id of a search that the mall counted itself. */
  readonly searchedId: (event: VisitorEvent) => string | undefined;
}

/** As it is counted: what came of a search, where that was made. */
export function countedOf(
  event: VisitorEvent,
  told: Place,
  { who, now, keyOf, searchedId, placeOf }: CountedBy,
): Counted {
  const { channel, section } = { ...told, ...placeOf(event) };
  const { object, position, result_count: results, revenue } = event.event_attributes ?? {};
  return {
    // says nothing of the visitor to whoever does not know them
    _id: searchedId(event) ?? derivedId("counted", who, event.event_id),
    kind: KINDS[event.action_name],
    at: now,
    ...present<Counted>({
      queryKey: keyOf(event),
      searchId: event.query_id === undefined ? undefined : derivedId("search", event.query_id),
      recommendationId: event.recommendation_id,
      productId: object?.object_id,
      position: position?.ordinal,
      results,
      channel,
      section,
      revenue,
    }),
  };
}

/** One exposure is counted once, however often a browser tells of the search. */
const trialId = (who: string, { action_name, query_id = "", event_id }: VisitorEvent): string =>
  action_name === "search" ? derivedId("trial search", who, query_id) : derivedId("trial", who, event_id);

/** As it is counted for an experiment: a fact of its own, which nobody's words lie in. */
export function triedOf(event: VisitorEvent, { who, now, trialOf }: CountedBy): Counted[] {
  const trial = event.action_name === "impression" ? undefined : trialOf(event);
  if (trial === undefined) return [];
  const searchId = derivedId("search", event.query_id ?? "");
  const revenue = event.event_attributes?.revenue;
  const fact = { _id: trialId(who, event), kind: KINDS[event.action_name], at: now, searchId, trial };
  return [{ ...fact, ...(revenue !== undefined && { revenue }) }];
}
