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

export interface Idle {
  put(id: string, held: Held): void;
  /** Takes it out of the memory. */
  take(id: string): Row | undefined;
  /** Looks at it and leaves it. */
  peek(id: string): Row | undefined;
}

const OVERHEAD_BYTES = 200;

const rowOf = ({ text, hash }: Kept): Row => ({
  ...(JSON.parse(text) as Omit<Row, "hash" | "published">),
  hash,
  published: false,
});

export function createIdle(bytesMax: number): Idle {
  const kept = new LRUCache<string, Kept>({
    maxSize: bytesMax,
    sizeCalculation: ({ text }) => text.length + OVERHEAD_BYTES,
  });
  return {
    put(id, { row, text }) {
      if (row) kept.set(id, { text: text ?? rowText(row), hash: row.hash });
    },
    take(id) {
      const found = kept.get(id);
      kept.delete(id);
      return found && rowOf(found);
    },
    peek(id) {
      const found = kept.get(id);
      return found && rowOf(found);
    },
  };
}
