/**
 * Actors without work are kept as text, not as objects: a megabyte of it is a megabyte, the garbage collector has
 * nothing to walk through, and personal fields stay sealed. Waking one costs the parse of its state, far less than a
 * read; the rest of the row is only read by those who ask for it.
 */
import { LRUCache } from "lru-cache";
import type { Row } from "../../models/kernel/row";
import { writeRow, type WrittenRow } from "../../models/kernel/row";
import type { Head, Held } from "./command";

/** A row without its hash, as it was hashed, and what the next version needs of it. */
export interface Kept extends Head, WrittenRow {}

export interface Idle {
  put(id: string, held: Held): void;
  /** Takes it out of the memory. */
  take(id: string): Kept | undefined;
  /** Looks at it and leaves it. */
  peek(id: string): Kept | undefined;
}

/** One room of memory for the idle actors of all aggregates: a bound for each would add up to no bound at all. */
export interface IdleRoom {
  of(aggregate: string): Idle;
}

const OVERHEAD_BYTES = 250;

const rowOf = (text: string, hash: string): Row => ({
  ...(JSON.parse(text) as Omit<Row, "hash" | "published">),
  hash,
  published: false,
});

const isWhole = (row: Row | Head): row is Row => "_id" in row;

/** As stored: personal fields are sealed. */
export const keptState = ({ text, stateFrom, stateTo }: Kept): unknown => JSON.parse(text.slice(stateFrom, stateTo));

export const keptRow = ({ text, hash }: Kept): Row => rowOf(text, hash);

/** What most ask for of a newest row; the state as stored: personal fields are sealed. */
export interface NewestState {
  readonly version: number;
  readonly state: unknown;
}

/** Without the parse of the events, which often say all that the state does. */
export const keptNewest = (kept: Kept): NewestState => ({ version: kept.version, state: keptState(kept) });

export function heldNewest({ row, text }: Held): NewestState | undefined {
  if (row === null || isWhole(row)) return row ?? undefined;
  return text ? { version: row.version, state: keptState({ ...row, ...text }) } : undefined;
}

/** The whole newest row of what is held; undefined where nothing is. */
export function heldRow({ row, text }: Held): Row | undefined {
  if (row === null || isWhole(row)) return row ?? undefined;
  return text ? rowOf(text.text, row.hash) : undefined;
}

function keptOf({ row, text }: Held): Kept | undefined {
  if (row === null) return undefined;
  const written = text ?? (isWhole(row) ? writeRow(row) : null);
  const { version, hlc, hash } = row;
  return written ? { version, hlc, hash, ...written } : undefined;
}

export function createIdleRoom(bytesMax: number): IdleRoom {
  const all = new LRUCache<string, Kept>({
    maxSize: bytesMax,
    sizeCalculation: ({ text }) => text.length + OVERHEAD_BYTES,
  });
  return {
    of: (aggregate) => ({
      put(id, held) {
        const kept = keptOf(held);
        if (kept) all.set(`${aggregate}/${id}`, kept);
      },
      take(id) {
        const key = `${aggregate}/${id}`;
        const found = all.get(key);
        if (found) all.delete(key);
        return found;
      },
      peek: (id) => all.get(`${aggregate}/${id}`),
    }),
  };
}
