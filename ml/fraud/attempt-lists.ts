/** Attempts in memory, in lists by who made them; bounded. */
import { LRUCache } from "lru-cache";
import { LOOKED_AT_MAX, type Attempt } from "./checkout-features";

export const WHO = ["customer", "card", "device", "address", "seller"] as const;
export type Who = (typeof WHO)[number];

/** So many attempts are held whole: some ten megabytes. */
export const WHOLE_MAX = 10_000;
const LISTS_MAX = WHOLE_MAX * WHO.length;
const earlier = (a: Attempt, b: Attempt): number => a.seconds - b.seconds || (a.id < b.id ? -1 : 1);

/** Oldest first, bounded; what is there already is left. */
function put(list: Attempt[], attempt: Attempt): void {
  if (list.some(({ id }) => id === attempt.id)) return;
  list.push(attempt);
  const last = list.length - 1;
  if (last > 0 && earlier(list[last - 1] as Attempt, attempt) > 0) list.sort(earlier);
  if (list.length > LOOKED_AT_MAX) list.shift();
}

const keyOf = (who: Who, code: string): string => `${who}:${code}`;

/** Attempts by who made them; whole from the time on that everything there is lies in it. */
export interface Lists {
  /** Undefined where it must be read. */
  find(who: Who, code: string): readonly Attempt[] | undefined;
  set(who: Who, code: string, list: Attempt[]): void;
  add(attempt: Attempt): void;
  /** True where everything is here, and this is not. */
  readonly isNew: (id: string) => boolean;
  /** Takes in all there is. */
  fill(all: readonly Attempt[]): void;
  /** Something may be missing from now on. */
  forget(): void;
}

export function createLists(): Lists {
  let whole = false;
  const ids = new Set<string>();
  const lists = new LRUCache<string, Attempt[]>({
    max: LISTS_MAX,
    dispose: (_list, _key, reason) => {
      if (reason === "evict") whole = false;
    },
  });
  const add = (attempt: Attempt): void => {
    if (whole) ids.add(attempt.id);
    if (ids.size > LISTS_MAX) whole = false;
    for (const who of WHO) {
      const code = attempt[who];
      if (code === null) continue;
      const list = lists.get(keyOf(who, code));
      if (list) put(list, attempt);
      else if (whole) lists.set(keyOf(who, code), [attempt]);
    }
  };
  return {
    find: (who, code) => lists.get(keyOf(who, code)) ?? (whole ? [] : undefined),
    set: (who, code, list) => void lists.set(keyOf(who, code), list),
    add,
    isNew: (id) => whole && !ids.has(id),
    fill(all) {
      whole = true;
      [...all].sort(earlier).forEach(add);
    },
    forget() {
      whole = false;
      ids.clear();
      lists.clear();
    },
  };
}
