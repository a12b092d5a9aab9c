/** By what events are counted: the words of their search, and which search it was. */
import type { Pepper } from "../kernel/pepper";
import { searchedId } from "./counter.service";
import type { CountedBy } from "./events.service";
import { trialOf } from "./exposed.service";
import { keyIn, placeIn, queryKeyOf } from "./query-id.service";

/** @param personal whether it may be known, within an experiment alone, which events are the same visitor's */
export const countedBy = (pepper: Pepper, who: string, now: string, personal: boolean): CountedBy => ({
  who,
  now,
  keyOf: ({ query_id: id = "", user_query: words = "" }) =>
    keyIn(pepper, id) ?? (words.trim() === "" ? undefined : queryKeyOf(pepper, words)),
  trialOf: (event) => (personal ? trialOf(pepper, who, event) : undefined),
  placeOf: ({ query_id: id }) => (id === undefined ? {} : placeIn(pepper, id)),
  searchedId: ({ action_name, query_id: id = "" }) =>
    action_name === "search" && keyIn(pepper, id) !== null ? searchedId(id) : undefined,
});
