/**
 * What may be shown, from memory where somebody asked a moment ago. What is half as old as it may be is looked up anew
 * behind who asks, so that nobody waits for what many ask for; what is too old, or was never asked for, is waited for.
 */
import { LRUCache } from "lru-cache";
import type { Calls } from "../../models/contracts";
import { SHELF_MAX, type ShelfItem } from "../../models/recommendation/recommendation.contract";
import { asMall, typed } from "../../services/kernel/call";
import type { CallSite } from "../../services/kernel/service";

export interface Shelf {
  /** Of these, what may be shown; `section`: what of it is in that corner of the mall. */
  of(ids: readonly string[], section: string | undefined, site: CallSite): Promise<ReadonlyMap<string, ShelfItem>>;
  /** Known from elsewhere. */
  put(items: readonly ShelfItem[], section: string | undefined): void;
}

/** What may be shown is looked up at most so late. */
export const SHELF_FRESH_MS = 20_000;
/** What may not be shown is soon asked for again: it may have been put on sale a moment ago. */
export const NOT_SHOWN_MS = 1_000;
const SHELF_KEPT = 20_000;

/** `old`: shown as it is, and looked at again behind who asks. */
type Aged = "missing" | "old" | "fresh";

interface Known {
  /** Null: it was looked for, and is not to be shown. */
  readonly item: ShelfItem | null;
  readonly at: number;
}

const keyOf = (id: string, section: string | undefined): string => (section === undefined ? id : `${section}/${id}`);

/** @param now milliseconds, of any beginning */
export function createShelf(now: () => number): Shelf {
  const known = new LRUCache<string, Known>({ max: SHELF_KEPT });
  /** Those that are being looked up behind somebody. */
  const renewing = new Set<string>();

  async function look(ids: readonly string[], section: string | undefined, { caller, meta }: CallSite): Promise<void> {
    for (let from = 0; from < ids.length; from += SHELF_MAX) {
      const page = ids.slice(from, from + SHELF_MAX);
      const at = now();
      const ask = { ids: page, ...(section !== undefined && { section }) };
      const { items } = await typed<Calls>(caller, asMall(meta, "shelf"))("recommendation.shelf", ask);
      const found = new Map(items.map((item) => [item.id, item]));
      for (const id of page) known.set(keyOf(id, section), { item: found.get(id) ?? null, at });
    }
  }
  function agedIn(key: string): Aged {
    const there = known.get(key);
    if (there === undefined) return "missing";
    const age = now() - there.at;
    const freshMs = there.item === null ? NOT_SHOWN_MS : SHELF_FRESH_MS;
    if (age > freshMs) return "missing";
    return age > freshMs / 2 && !renewing.has(key) ? "old" : "fresh";
  }
  /** Nobody waits for it; where it fails, they go on being what they were until they are too old. */
  function renew(ids: readonly string[], section: string | undefined, site: CallSite): void {
    const keys = ids.map((id) => keyOf(id, section));
    keys.forEach((key) => renewing.add(key));
    look(ids, section, site)
      .catch(() => undefined)
      .finally(() => keys.forEach((key) => renewing.delete(key)));
  }
  return {
    async of(ids, section, site) {
      const shown = new Map<string, ShelfItem>();
      const agesOf = [...new Set(ids)].map((id) => [id, agedIn(keyOf(id, section))] as const);
      const those = (aged: Aged): string[] => agesOf.flatMap(([id, age]) => (age === aged ? [id] : []));
      const [missing, old] = [those("missing"), those("old")];
      if (old.length > 0) renew(old, section, site);
      if (missing.length > 0) await look(missing, section, site);
      for (const id of ids) {
        const item = known.get(keyOf(id, section))?.item;
        if (item) shown.set(id, item);
      }
      return shown;
    },
    put(items, section) {
      const at = now();
      for (const item of items) known.set(keyOf(item.id, section), { item, at });
    },
  };
}
