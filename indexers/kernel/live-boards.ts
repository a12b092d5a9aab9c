/**
 * The boards that somebody looks at, on this node. A board is built when the first one asks for it, follows the stream,
 * is compared with the read side from time to time, and is let go a while after the last one has left. What is held is
 * bounded in boards and in sources; what cannot be followed any more (the stream was lost, a board has grown too large)
 * is built anew, and everybody is told so.
 */
import type { Commit, Iso } from "../../models/kernel/row";
import { refuseKernel } from "../../models/kernel/refusal";
import type { BoardKind } from "./live";
import type { Board, Change } from "./live-board";
import { build, mend, SOURCES_MAX, type BuildDeps } from "./live-build";
import { boardKey, boardsOf, createRecent } from "./live-recent";
import { createTurns } from "./turns";

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

export interface LiveBoards {
  /** The board, built if need be; counts as one that looks. @throws SEARCH_UNAVAILABLE, LIVE_FULL */
  hold(ref: BoardRef): Promise<Board>;
  release(ref: BoardRef): void;
  /** The board, with everything that was taken in so far told. */
  settled(ref: BoardRef): Board | null;
  take(commit: Commit, number: number): void;
  /** The stream was lost, or messages of it were: everything is built anew. */
  lost(): void;
  /** To be called a few times per window. */
  tick(): void;
  counts(): { readonly boards: number; readonly sources: number };
}

interface Held {
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
interface Following {
  readonly options: LiveBoardsOptions;
  readonly held: Map<string, Held>;
  readonly deps: BuildDeps;
  readonly turns: ReturnType<typeof createTurns>;
  readonly number: () => number;
  readonly nowMs: () => number;
}

const BOARDS_MAX = 2_000;
const SOURCES_TOTAL_MAX = 80_000;
const IDLE_MS = 30_000;
const MEND_FIRST_MS = 5_000;
const MEND_MS = 5 * 60_000;
const BUILDS_AT_ONCE = 4;
const PENDING_MAX = 2_000;
const DAYS_BACK = 2;
const DAY_MS = 86_400_000;

/** The beginning of the day before yesterday: yesterday, wherever somebody looks from. */
const sinceOf = (nowMs: number): Iso =>
  new Date(Math.floor(nowMs / DAY_MS) * DAY_MS - DAYS_BACK * DAY_MS).toISOString();

const keyOf = ({ kind, id }: BoardRef): string => boardKey(kind, id);

function tell({ options, number, nowMs }: Following, one: Held): void {
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
function building(all: Following, one: Held): Promise<Board> {
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

function renew(all: Following, one: Held): void {
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

function countsOf({ held }: Following): { boards: number; sources: number } {
  let sources = 0;
  for (const { board } of held.values()) sources += board?.size() ?? 0;
  return { boards: held.size, sources };
}

function opened(all: Following, ref: BoardRef): Held {
  const kind = all.options.kinds.find((one) => one.kind === ref.kind);
  if (!kind) throw new Error(`There is no kind of board "${ref.kind}"; add it to the list`);
  const { boards, sources } = countsOf(all);
  if (boards >= BOARDS_MAX || sources >= SOURCES_TOTAL_MAX) {
    refuseKernel("LIVE_FULL", "This node follows as much as it can: try again in a minute.");
  }
  const one: Held = {
    ...{ ref, kind, board: null, building: null, pending: new Map(), lookers: 0 },
    ...{ idleSince: all.nowMs(), toldAt: 0, mendAt: Infinity },
  };
  all.held.set(keyOf(ref), one);
  return one;
}

async function hold(all: Following, ref: BoardRef): Promise<Board> {
  const one = all.held.get(keyOf(ref)) ?? opened(all, ref);
  one.lookers += 1;
  try {
    return one.board ?? (await (one.building ?? building(all, one)));
  } catch (error) {
    one.lookers -= 1;
    if (one.lookers === 0) all.held.delete(keyOf(ref));
    throw error;
  }
}

function mendOne({ deps, turns, number, nowMs, options }: Following, one: Held, board: Board): void {
  one.mendAt = nowMs() + MEND_MS;
  const ask = { kind: one.kind, id: one.ref.id, since: board.frame.since };
  void turns(() => mend(deps, ask, { board, number })).catch((error: unknown) => options.failed(one.ref, error));
}

const isOld = (board: Board, nowMs: number): boolean =>
  board.size() > SOURCES_MAX || sinceOf(nowMs) > board.frame.since;

function lookAt(all: Following, one: Held, board: Board): void {
  const now = all.nowMs();
  if (isOld(board, now)) {
    renew(all, one);
    return;
  }
  if (board.changed() && now - one.toldAt >= all.options.windowMs) tell(all, one);
  if (now >= one.mendAt) mendOne(all, one, board);
}

function look(all: Following, key: string, one: Held): void {
  const now = all.nowMs();
  if (one.lookers === 0 && now - one.idleSince > IDLE_MS) all.held.delete(key);
  else if (one.board) lookAt(all, one, one.board);
  // it could not be built anew: tried again
  else if (now >= one.mendAt) renew(all, one);
}

function take(all: Following, one: Held, commit: Commit, number: number): void {
  const { board, pending } = one;
  if (!board) {
    if (pending.size < PENDING_MAX) pending.set(`${commit.aggregate}/${commit.aggregateId}`, commit);
    return;
  }
  board.take(commit, number);
  if (all.options.windowMs === 0) tell(all, one);
}

export function createLiveBoards(options: LiveBoardsOptions): LiveBoards {
  const { kinds, position, nowMs = Date.now } = options;
  const held = new Map<string, Held>();
  const recent = createRecent(kinds);
  const deps: BuildDeps = { histories: options.histories, recent };
  const turns = createTurns(BUILDS_AT_ONCE);
  const all: Following = { options, held, deps, turns, nowMs, number: () => position().number };
  return {
    hold: (ref) => hold(all, ref),
    release(ref) {
      const one = held.get(keyOf(ref));
      if (!one) return;
      one.lookers = Math.max(0, one.lookers - 1);
      one.idleSince = nowMs();
    },
    settled(ref) {
      const one = held.get(keyOf(ref));
      if (!one?.board) return null;
      tell(all, one);
      return one.board;
    },
    take(commit, number) {
      recent.note(commit);
      for (const key of boardsOf(kinds, commit)) {
        const one = held.get(key);
        if (one) take(all, one, commit, number);
      }
    },
    lost() {
      for (const one of held.values()) renew(all, one);
    },
    tick() {
      for (const [key, one] of held) look(all, key, one);
    },
    counts: () => countsOf(all),
  };
}
