/**
 * The versioned store of one aggregate, as the rest of the kernel sees it. The unique indexes behind `insert` are
 * the guarantee that everything else rests on; what runs in memory only makes conflicts rare.
 */
import type { Iso, Row } from "./row";

/** `conflict`: another row has this version or this command. `unknown`: it may or may not be stored. */
export type InsertOutcome = "inserted" | "conflict" | "unknown" | "untried";

/** What is known of an aggregate when nothing was inserted: the basis on which a refusal may be answered. */
export interface Standing {
  readonly newest: Row | null;
  /** Rows of the asked command ids, by command id. */
  readonly byCommand: ReadonlyMap<string, Row>;
}

/**
 * A version, or a moment of recorded time, or one of business time: then it is the newest version of which what it
 * tells had happened by then. A row that was backdated holds what was known when it was written.
 */
export type Moment = { readonly version: number } | { readonly committedAt: Iso } | { readonly occurredAt: Iso };

export interface Histories {
  readonly aggregate: string;
  /** One outcome per row, in order. `ordered` stops at the first failure. Never throws for a failed insert. */
  insert(rows: readonly Row[], ordered: boolean): Promise<readonly InsertOutcome[]>;
  /** Newest rows of the ids that exist. */
  newest(ids: readonly string[]): Promise<ReadonlyMap<string, Row>>;
  /** One coalesced read: the newest row, and the rows of these commands. */
  standing(aggregateId: string, commandIds: readonly string[]): Promise<Standing>;
  /** The row that held at a version or at a moment. */
  asOf(aggregateId: string, moment: Moment): Promise<Row | null>;
  /** Versions after `afterVersion`, ascending. */
  page(aggregateId: string, afterVersion: number, limit: number): Promise<readonly Row[]>;
  /** Every row of the collection by `_id`, for rebuilds and reconcilers. */
  scan(afterRowId: string, limit: number): Promise<readonly Row[]>;
  /**
   * Rows not yet marked as published, aggregate by aggregate, oldest first; from the beginning, or after a row.
   * @param until a stamp: rows with a later one are left out
   */
  unpublished(after: Pick<Row, "aggregateId" | "hlc"> | null, limit: number, until?: string): Promise<readonly Row[]>;
  markPublished(rowIds: readonly string[]): Promise<void>;
  count(): Promise<number>;
}
