/**
 * Actors without work are kept as text, not as objects: a megabyte of it is a megabyte, the garbage collector has
 * nothing to walk through, and personal fields stay sealed. Waking one costs a parse, far less than a read.
 */
import { LRUCache } from "lru-cache";
import type { Row } from "../../models/kernel/row";
import { rowText } from "../../models/kernel/row";
import type { Held } from "./command";

interface Kept {
  /** The row without its hash, as it was hashed. */
  readonly text: string;
  readonly hash: string;
}

interface Fresh extends Kept {
  readonly row: Row;
}

export interface Idle {
  put(id: string, held: Held): void;
  /** Takes it out of the memory. */
  take(id: string): Row | undefined;
  /** Looks at it and leaves it. */
  peek(id: string): Row | undefined;
}

const OVERHEAD_BYTES = 200;
/** Those that were at work last stay as objects as well: what was just written is often asked for next. */
const FRESH_BYTES_MAX = 2 * 1024 ** 2;

const rowOf = ({ text, hash }: Kept): Row => ({
  ...(JSON.parse(text) as Omit<Row, "hash" | "published">),
  hash,
  published: false,
});

const sizeCalculation = ({ text }: Kept): number => text.length + OVERHEAD_BYTES;

export function createIdle(bytesMax: number): Idle {
  const kept = new LRUCache<string, Kept>({ maxSize: bytesMax, sizeCalculation });
  const fresh = new LRUCache<string, Fresh>({
    maxSize: Math.min(FRESH_BYTES_MAX, bytesMax),
    sizeCalculation,
    dispose: ({ text, hash }, id, why) => {
      if (why === "evict") kept.set(id, { text, hash });
    },
  });
  const peek = (id: string): Row | undefined => {
    const text = kept.get(id);
    return fresh.get(id)?.row ?? (text && rowOf(text));
  };
  return {
    put(id, { row, text }) {
      if (row) fresh.set(id, { row, text: text ?? rowText(row), hash: row.hash });
    },
    take(id) {
      const found = peek(id);
      fresh.delete(id);
      kept.delete(id);
      return found;
    },
    peek,
  };
}
