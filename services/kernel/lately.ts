/**
 * How another thing stood a moment ago: what a cart asks of offers and products five times within a second is read
 * once. At most a second old where another process has changed it since, never older than what this process knows, and
 * as new as what the caller wrote: as what is known of small aggregates (heads-book.ts). Whatever decides for good asks
 * its own actor.
 */
import { LRUCache } from "lru-cache";
import type { WriteMark } from "../../models/kernel/contract";
import type { Row } from "../../models/kernel/row";
import type { HistoryReader } from "./history-reader";
import type { Memory } from "./memory";

export interface Lately {
  /** Frozen in time, and nobody's to change. @param after what the caller wrote and wants to see */
  newest(id: string, after?: readonly WriteMark[]): Promise<Row | null>;
}

export interface LatelyOptions {
  readonly aggregate: string;
  readonly reader: HistoryReader;
  readonly ageMsMax?: number;
  /** Milliseconds that only ever grow. */
  readonly now?: () => number;
}

const AGE_MS_MAX = 1_000;
const ROWS_MAX = 1_000;

interface Looked {
  readonly at: number;
  /** Null where there is none. */
  readonly row: Row | null;
}

export function lately({ memory }: { readonly memory: Pick<Memory, "version"> }, options: LatelyOptions): Lately {
  const { aggregate, reader, ageMsMax = AGE_MS_MAX, now = () => performance.now() } = options;
  const known = new LRUCache<string, Looked>({ max: ROWS_MAX });

  function needed(id: string, after: readonly WriteMark[]): number {
    const wrote = after.filter(({ source }) => source === `${aggregate}/${id}`).map(({ version }) => version);
    return Math.max(memory.version(aggregate, id) ?? 0, ...wrote);
  }
  return {
    async newest(id, after = []) {
      const looked = known.get(id);
      const isNew = looked !== undefined && now() - looked.at <= ageMsMax;
      if (isNew && (looked.row?.version ?? 0) >= needed(id, after)) return looked.row;
      const at = now();
      const row = await reader.newest(id);
      known.set(id, { at, row });
      return row;
    },
  };
}
