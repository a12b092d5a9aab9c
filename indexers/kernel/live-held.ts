/**
 * One board that somebody looks at: built, told of, built anew when it cannot be followed any more, and compared with
 * the read side from time to time.
 */
import type { Commit, Iso } from "../../models/kernel/row";
import type { BoardKind } from "./live";
import type { Board, Change } from "./live-board";
import { build, mend, SOURCES_MAX, type BuildDeps } from "./live-build";
import type { createTurns } from "../../models/kernel/turns";

export interface BoardRef {
  readonly kind: string;
  readonly id: string;
}

/** Where the feed stands: numbers of one stream mean nothing in another. */
export interface Position {
  readonly stream: string;
  readonly number: number;
}

export interface LiveBoardsOptions extends Pick<BuildDeps, "histories"> {
  readonly kinds: readonly BoardKind[];
  readonly position: () => Position;
  /** Told what changed in a board that is held. */
  readonly changed: (ref: BoardRef, changes: readonly Change[]) => void;
  /** Told that a board was built anew: numbers from before mean nothing to it. */
  readonly renewed: (ref: BoardRef) => void;
  readonly failed: (ref: BoardRef, error: unknown) => void;
  /** Changes are told so often at most; 0: each commit's by itself. */
  readonly windowMs: number;
  readonly nowMs?: () => number;
}

export interface Held {
  readonly ref: BoardRef;
  readonly kind: BoardKind;
  board: Board | null;
  building: Promise<Board> | null;
  /** The newest commit of each source that came while it was built. */
  readonly pending: Map<string, Commit>;
  lookers: number;
  idleSince: number;
  toldAt: number;
  mendAt: number;
}

/** All that this node follows. */
export interface Following {
  readonly options: LiveBoardsOptions;
  readonly held: Map<string, Held>;
  readonly deps: BuildDeps;
  readonly turns: ReturnType<typeof createTurns>;
  readonly number: () => number;
  readonly nowMs: () => number;
  /** No board is compared before: after a break all are due at once, and the engine has others to answer. */
  mendNextAt: number;
}

const MEND_FIRST_MS = 5_000;
const MEND_MS = 5 * 60_000;
/** From one board to the next; as many as a node may hold have their turn within the time above. */
const MEND_EVERY_MS = 50;
/** Commits that are kept back while a board is built. */
export const PENDING_MAX = 2_000;
const DAYS_BACK = 2;
const DAY_MS = 86_400_000;

/** The beginning of the day before yesterday: yesterday, wherever somebody looks from. */
export const sinceOf = (nowMs: number): Iso =>
  new Date(Math.floor(nowMs / DAY_MS) * DAY_MS - DAYS_BACK * DAY_MS).toISOString();

export function tell({ options, number, nowMs }: Following, one: Held): void {
  const changes = one.board?.flush(number()) ?? [];
  if (changes.length === 0) return;
  one.toldAt = nowMs();
  options.changed(one.ref, changes);
}

async function buildNow({ deps, number, nowMs }: Following, one: Held): Promise<Board> {
  const board = await build(deps, { kind: one.kind, id: one.ref.id, since: sinceOf(nowMs()) }, number);
  for (const commit of one.pending.values()) board.take(commit, 0);
  // what was too much to be kept back is found at once
  one.mendAt = nowMs() + (one.pending.size < PENDING_MAX ? MEND_FIRST_MS : 0);
  one.pending.clear();
  board.flush(number());
  one.board = board;
  return board;
}

/** The board, when it is built; whatever it was before is forgotten. */
export function building(all: Following, one: Held): Promise<Board> {
  one.pending.clear();
  one.board = null;
  const promise = all
    .turns(() => buildNow(all, one))
    .finally(() => {
      one.building = null;
    });
  one.building = promise;
  return promise;
}

export function renew(all: Following, one: Held): void {
  if (one.building) return;
  const { renewed, failed } = all.options;
  void building(all, one).then(
    () => renewed(one.ref),
    (error: unknown) => {
      one.mendAt = all.nowMs() + MEND_FIRST_MS;
      failed(one.ref, error);
    },
  );
}

export function mendOne(all: Following, one: Held, board: Board): void {
  const { deps, turns, number, options } = all;
  const now = all.nowMs();
  if (now < Math.max(one.mendAt, all.mendNextAt)) return;
  one.mendAt = now + MEND_MS;
  all.mendNextAt = now + MEND_EVERY_MS;
  const ask = { kind: one.kind, id: one.ref.id, since: board.frame.since };
  void turns(() => mend(deps, ask, { board, number })).catch((error: unknown) => options.failed(one.ref, error));
}

/** Too large, or counting from too long ago: to be built anew. @param since from when on a board counts by now */
export const isOld = (board: Board, since: Iso): boolean => board.size() > SOURCES_MAX || since > board.frame.since;
