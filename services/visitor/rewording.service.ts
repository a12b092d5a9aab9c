/** What somebody searched for in place of what did not lead anywhere. Pure. */
import type { RecentEvent } from "../../models/visitor/visitor.contract";
import { normalised } from "./events.service";

/** Somebody who searches for something else after a while looks for something else. */
const WITHIN_MS = 5 * 60_000;

export interface Rewording {
  readonly from: string;
  readonly to: string;
}

const isSearch = ({ kind, query = "" }: RecentEvent): boolean => kind === "search" && normalised(query) !== "";

/** Names nobody, as far as can be told: no address, no number of a phone, a card or an order. */
export const isTellable = (text: string): boolean =>
  text.length >= 2 &&
  text.length <= 60 &&
  /\p{L}/u.test(text) &&
  !text.includes("@") &&
  !/\d(?:[ ./-]?\d){6}/.test(text);

function before(search: RecentEvent, all: readonly RecentEvent[]): RecentEvent | undefined {
  const at = Date.parse(search.at);
  return all
    .filter((event) => isSearch(event) && event.id !== search.id)
    .filter((event) => Date.parse(event.at) <= at && at - Date.parse(event.at) <= WITHIN_MS)
    .sort((a, b) => (a.at < b.at ? 1 : -1))[0];
}

/** @param known what the visitor did until then @param clicked what was clicked now */
export function rewordings(known: readonly RecentEvent[], clicked: readonly RecentEvent[]): Rewording[] {
  const all = [...known, ...clicked];
  const led = new Set(all.flatMap(({ kind, queryId }) => (kind === "click" && queryId !== undefined ? [queryId] : [])));
  const searches = clicked.flatMap(({ kind, queryId }) => {
    const search = kind === "click" && all.find((event) => isSearch(event) && event.queryId === queryId);
    return search ? [search] : [];
  });
  return searches.flatMap((search): Rewording[] => {
    const first = before(search, all);
    if (!first || led.has(first.queryId ?? "")) return [];
    const [from, to] = [normalised(first.query ?? ""), normalised(search.query ?? "")];
    return from !== to && [from, to].every(isTellable) ? [{ from, to }] : [];
  });
}
