/**
 * Marks rows as published, in batches per collection: one update for many rows instead of one for each. Rows are
 * gathered for a while and sorted, so that each update touches one stretch of the store and no page twice.
 */
import type { Logger } from "pino";
import type { Histories } from "../../models/kernel/histories";
import { reasonOf } from "./wait";

export interface MarkerOptions {
  readonly histories: readonly Histories[];
  readonly batchMax: number;
  readonly everyMs: number;
  readonly log: Logger;
  /** Told when a row needs no attention any more, marked or not: one that was not marked is found by the sweeper. */
  readonly onDone: (aggregate: string, rowIds: readonly string[]) => void;
}

export interface Marker {
  add(aggregate: string, rowId: string): void;
  /** Rows not marked yet. */
  pending(): number;
  /** Marks what is pending. Never throws. */
  flush(): Promise<void>;
}

/** Rows of one update: the store does nothing else meanwhile. */
const UPDATE_MAX = 500;

export function createMarker(options: MarkerOptions): Marker {
  const waiting = new Map<string, string[]>();
  const busy = new Set<Promise<void>>();
  let pending = 0;
  let timer: NodeJS.Timeout | null = null;

  const write = async (aggregate: string, rowIds: readonly string[]): Promise<void> => {
    const history = options.histories.find((candidate) => candidate.aggregate === aggregate);
    const sorted = [...rowIds].sort();
    try {
      for (let from = 0; from < sorted.length; from += UPDATE_MAX) {
        await history?.markPublished(sorted.slice(from, from + UPDATE_MAX));
      }
    } catch (error) {
      options.log.warn(
        { aggregate, rows: rowIds.length, reason: reasonOf(error) },
        "Published rows are not marked yet",
      );
    }
    pending -= rowIds.length;
    options.onDone(aggregate, rowIds);
  };
  const start = (aggregate: string): void => {
    const rowIds = waiting.get(aggregate);
    if (!rowIds) return;
    waiting.delete(aggregate);
    const task = write(aggregate, rowIds).finally(() => busy.delete(task));
    busy.add(task);
  };
  const startAll = (): void => {
    if (timer) clearTimeout(timer);
    timer = null;
    for (const aggregate of [...waiting.keys()]) start(aggregate);
  };
  return {
    add(aggregate, rowId) {
      const rowIds = waiting.get(aggregate) ?? [];
      rowIds.push(rowId);
      waiting.set(aggregate, rowIds);
      pending += 1;
      if (rowIds.length >= options.batchMax) start(aggregate);
      else timer ??= setTimeout(startAll, options.everyMs);
    },
    pending: () => pending,
    async flush() {
      startAll();
      await Promise.all(busy);
    },
  };
}
