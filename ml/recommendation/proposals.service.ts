/** What is proposed to a visitor, and which of it may be shown: lists, deeds of a moment ago, the read side. */
import type { Calls } from "../../models/contracts";
import { SHELF_MAX, type AskRecommendation } from "../../models/recommendation/recommendation.contract";
import { ANONYMOUS, asMall, typed } from "../../services/kernel/call";
import type { Node } from "../../services/kernel/node";
import type { CallSite } from "../../services/kernel/service";
import type { Champions } from "../kernel/champion";
import type { Kept } from "./kept.service";
import type { ListsInUse } from "./lists";
import type { Shelf } from "./shelf.service";
import { deedsOf, reasonKindOf, type Asked, type Deeds, type Proposed } from "./served";
import type { TransitionSettings } from "./transition";

/** So many are proposed for one that is shown: filters leave out the rest. */
const SURPLUS = 3;
const HISTORY_MAX = 20;

export interface State {
  readonly node: Node;
  readonly shelf: Shelf;
  readonly champions: Champions<TransitionSettings>;
  readonly kept: Kept;
  lists: ListsInUse;
  /** Learnt before, for decisions that are taken again. */
  before: ListsInUse | null;
  number: number;
  /** What the lists were learnt from. */
  learntFrom: string;
}

export async function deedsNow({ visitorId }: AskRecommendation, { caller, meta }: CallSite): Promise<Deeds> {
  const { principal, trace } = meta;
  if (visitorId !== undefined) {
    return deedsOf((await typed<Calls>(caller, { principal, trace })("visitor.recent", { visitorId })).events);
  }
  if (principal.id === ANONYMOUS.id) return deedsOf([]);
  const call = typed<Calls>(caller, asMall(meta, "recent"));
  return deedsOf((await call("visitor.recentPerson", { personId: principal.id })).events);
}

/** What the kind looks at beside the history. */
function itemsOf({ kind, productId }: AskRecommendation, { cart }: Deeds): readonly string[] {
  const shown = productId === undefined ? [] : [productId];
  return kind === "complete" ? [...shown, ...cart] : shown;
}

/** What the lists say. */
export const learntFor = (state: State, ask: AskRecommendation, deeds: Deeds): Proposed[] =>
  state.lists.ask(askedOf(ask, deeds), deeds.bought).map(({ item, score, because }): Proposed => {
    const cause = because?.item;
    const reason = reasonKindOf(ask.kind, cause, deeds);
    return { item, score, reason, ...(cause !== undefined && { because: cause }) };
  });

/** What is like something, by what is said of it; else the newest. */
async function alikeTo(state: State, like: string | undefined, ask: AskRecommendation, site: CallSite) {
  const { channel, section } = ask;
  const within = { ...(channel !== undefined && { channel }), ...(section !== undefined && { section }) };
  const wanted = { limit: Math.min(SHELF_MAX, ask.limit * SURPLUS), ...within };
  const call = typed<Calls>(site.caller, asMall(site.meta, "alike"));
  const { items } = await call("recommendation.alike", { ...wanted, ...(like !== undefined && { id: like }) });
  state.shelf.put(items, section);
  return items.map(({ id: item }): Proposed =>
    like === undefined ? { item, score: 0, reason: "new" } : { item, score: 0, reason: "alike", because: like },
  );
}

/** Where the lists say too little: what is like what is looked at, what many buy, and what is new. */
export async function furtherFor(
  state: State,
  { ask, deeds }: { readonly ask: AskRecommendation; readonly deeds: Deeds },
  site: CallSite,
): Promise<Proposed[]> {
  const { items, history } = askedOf(ask, deeds);
  const trending = state.lists.trending.map((item): Proposed => ({ item, score: 0, reason: "trending" }));
  const like = ask.kind === "trending" ? undefined : (items[0] ?? history.at(-1));
  const alike = await alikeTo(state, like, ask, site);
  const had = new Set([...deeds.bought, ...items, ...(ask.kind === "for-you" ? history : [])]);
  const further = like === undefined ? [...trending, ...alike] : [...alike, ...trending];
  return further.filter(({ item }) => !had.has(item));
}

export const askedOf = (ask: AskRecommendation, deeds: Deeds): Asked => ({
  kind: ask.kind,
  limit: ask.limit * SURPLUS,
  items: itemsOf(ask, deeds).slice(0, HISTORY_MAX),
  history: deeds.history.slice(-HISTORY_MAX),
});
