/** Reads histories for rebuilds and checks: page by page, and of each aggregate only what counts, its newest row. */
import type { Histories } from "../../models/kernel/histories";
import type { Commit, Row } from "../../models/kernel/row";

/** All that the read side may ask of histories; rows are upcast already. */
export type HistoryReader = Pick<Histories, "aggregate" | "newest" | "scan" | "count">;

export interface Page {
  /** The newest commit of each aggregate whose last row is known to have been read. */
  readonly commits: readonly Commit[];
  /** Rows read for this page. */
  readonly rows: number;
  /** Where to go on: everything up to here has been given. */
  readonly cursor: string;
}

export const asCommit = (history: Pick<HistoryReader, "aggregate">, row: Row): Commit => ({
  ...row,
  aggregate: history.aggregate,
});

/**
 * Pages of newest commits after a row. Rows come aggregate by aggregate and version by version, so the last aggregate
 * of a page is held back until the next page tells whether it goes on.
 */
export async function* newestPages(history: HistoryReader, after: string, limit: number): AsyncGenerator<Page> {
  let cursor = after;
  let read = after;
  let held: readonly Row[] = [];
  for (;;) {
    const rows = await history.scan(read, limit);
    const ended = rows.length < limit;
    const newest = newestRows([...held, ...rows]);
    held = ended ? [] : newest.splice(-1);
    read = held[0]?._id ?? read;
    // to go on after the held row could lose it: the cursor stands before it, at the last row that was given
    cursor = newest.at(-1)?._id ?? cursor;
    yield { commits: newest.map((row) => asCommit(history, row)), rows: rows.length, cursor };
    if (ended) return;
  }
}

/** Asks for the next one while the last one is worked on: the store and the engine are not idle by turns. */
export async function* ahead<T>(pages: AsyncIterable<T>): AsyncGenerator<T> {
  const iterator = pages[Symbol.asyncIterator]();
  try {
    for (let next = iterator.next(); ;) {
      const page = await next;
      if (page.done === true) return;
      next = iterator.next();
      // what goes wrong is told when it is asked for
      next.catch(() => undefined);
      yield page.value;
    }
  } finally {
    await iterator.return?.();
  }
}

/** In the order of the rows. */
const newestRows = (rows: readonly Row[]): Row[] => [...new Map(rows.map((row) => [row.aggregateId, row])).values()];
