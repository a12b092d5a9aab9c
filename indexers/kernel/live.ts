/**
 * A live projection turns commits into a table that people look at while it changes. It is pure: what a source adds to
 * the table follows from its newest commit alone, the table is the sum of what all sources add, and a change is the
 * difference that one commit makes. So it does not matter how often or in which order commits arrive, and a table that
 * was built from the histories a moment ago is the one that somebody else has followed all day.
 */
import type { Commit, Iso } from "../../models/kernel/row";

/** Plain values by name. */
export type Cell = Readonly<Record<string, string | number | null>>;

/**
 * What one source adds, by the cell's key. Numbers are added up. Anything else may only stand in a cell to which one
 * source alone contributes: else the table would depend on who came last.
 */
export type Contribution = Readonly<Record<string, Cell>>;

/** By key. */
export type Sums = ReadonlyMap<string, Cell>;

/** All that a table depends on beside commits: two gateways that count from the same time show the same. */
export interface Frame {
  /** What is counted by time is counted from here. */
  readonly since: Iso;
}

export interface LiveProjection {
  readonly widget: string;
  /** By aggregate: what a commit's state adds; null: nothing (any more). */
  readonly sources: Readonly<Record<string, (commit: Commit, frame: Frame) => Contribution | null>>;
  /** What people see of the sums, where that is not all of them; bounded. */
  readonly shown?: (sums: Sums, frame: Frame) => Sums;
}

/** Something that the read side knows to concern a board. */
export interface Source {
  readonly aggregate: string;
  readonly id: string;
  /** As old as the read side may be; 0 where it does not tell. */
  readonly version: number;
}

export interface Found {
  /** Later than asked for where there is too much. */
  readonly since: Iso;
  readonly sources: readonly Source[];
}

export interface FindAsk {
  readonly id: string;
  readonly since: Iso;
  /** Sources that a board may have; a finder gives at most half of them. */
  readonly sourcesMax: number;
}

/** What is looked at together: a seller's dashboard, an order's page. */
export interface BoardKind {
  readonly kind: string;
  readonly projections: readonly LiveProjection[];
  /** By aggregate: the board that a commit concerns. Must never change for a source. */
  readonly boardOf: Readonly<Record<string, (commit: Commit) => string | null>>;
  /** What concerns a board. What was committed within the last moments may be missing. @throws SEARCH_UNAVAILABLE */
  readonly find: (ask: FindAsk) => Promise<Found>;
}
