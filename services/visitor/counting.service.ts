/** By what events are counted: the words of their search, and which search it was. */
import type { Pepper } from "../kernel/pepper";
import { searchedId } from "./counter.service";
import type { CountedBy } from "./events.service";
import { keyIn, queryKeyOf } from "./query-id.service";

export const countedBy = (pepper: Pepper, who: string, now: string): CountedBy => ({
  who,
  now,
  keyOf: ({ query_id: id = "", user_query: words = "" }) =>
    keyIn(pepper, id) ?? (words.trim() === "" ? undefined : queryKeyOf(pepper, words)),
  searchedId: ({ action_name, query_id: id = "" }) =>
    action_name === "search" && keyIn(pepper, id) !== null ? searchedId(id) : undefined,
});
