/**
 * What visitors did lately, in memory: bounded, and there the moment it is told, so that the next request after a click
 * knows of it. What is taken by many right now is counted with a half-life.
 */
import { LRUCache } from "lru-cache";

export type Deed = "view" | "cart" | "buy";

export interface Seen {
  readonly visitor: string;
  readonly item: string;
  readonly deed: Deed;
  /** Milliseconds since 1970. */
  readonly atMs: number;
}

const HISTORY_MAX = 50;
const ITEMS_MAX = 200_000;
const HALF_LIFE_MS = 6 * 3_600_000;
const WORTH: Readonly<Record<Deed, number>> = { view: 1, cart: 3, buy: 5 };

export interface Visitors {
  readonly tell: (seen: Seen) => void;
  /** Oldest first; a thing that came again stands where it came last. */
  readonly historyOf: (visitor: string) => readonly string[];
  readonly boughtBy: (visitor: string) => ReadonlySet<string>;
  /** Each item's worth now, as a logarithm of base 2: higher is more. */
  readonly trending: () => ReadonlyMap<string, number>;
  readonly size: () => number;
}

interface Known {
  readonly history: string[];
  readonly bought: Set<string>;
}

/** log2(2^a + 2^b): decayed counts as logarithms at a fixed moment never have to be decayed. */
const added = (a: number, b: number): number => Math.max(a, b) + Math.log2(1 + 2 ** -Math.abs(a - b));

/** @param visitorsMax who was not seen for longest is forgotten */
export function createVisitors(visitorsMax: number): Visitors {
  const visitors = new LRUCache<string, Known>({ max: visitorsMax });
  const worths = new LRUCache<string, number>({ max: ITEMS_MAX });
  const knownAs = (visitor: string): Known => {
    const known = visitors.get(visitor) ?? { history: [], bought: new Set<string>() };
    visitors.set(visitor, known);
    return known;
  };
  return {
    tell: ({ visitor, item, deed, atMs }) => {
      const { history, bought } = knownAs(visitor);
      const before = history.indexOf(item);
      if (before >= 0) history.splice(before, 1);
      history.push(item);
      if (history.length > HISTORY_MAX) history.shift();
      if (deed === "buy" && bought.size < HISTORY_MAX) bought.add(item);
      const worth = Math.log2(WORTH[deed]) + atMs / HALF_LIFE_MS;
      worths.set(item, added(worths.get(item) ?? Number.NEGATIVE_INFINITY, worth));
    },
    historyOf: (visitor) => visitors.get(visitor)?.history ?? [],
    boughtBy: (visitor) => visitors.get(visitor)?.bought ?? new Set(),
    trending: () => new Map(worths.entries()),
    size: () => visitors.size,
  };
}
