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
  let held: Row | null = null;
  for (;;) {
    const rows: readonly Row[] = await history.scan(cursor, limit);
    const ended = rows.length < limit;
    const newest = new Map<string, Row>(held ? [[held.aggregateId, held]] : []);
    for (const row of rows) newest.set(row.aggregateId, row);
    const before = held?._id ?? cursor;
    held = rows.at(-1) ?? held;
    cursor = held?._id ?? cursor;
    if (!ended && held) newest.delete(held.aggregateId);
    const given = [...newest.values()].map((row) => asCommit(history, row));
    // to go on after the held row would lose it: the cursor of this page ends before it
    yield { commits: given, rows: rows.length, cursor: ended ? cursor : (given.at(-1)?._id ?? before) };
    if (ended) return;
  }
}
