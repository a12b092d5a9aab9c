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
  /** The newest commit of each source that came while it was built, and the number of the last one. */
  pending: Map<string, Commit>;
  lookers: number;
  idleSince: number;
  toldAt: number;
  mendAt: number;
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

export function createLiveBoards(options: LiveBoardsOptions): LiveBoards {
  const { kinds, position, changed, renewed, failed, windowMs, nowMs = Date.now } = options;
  const held = new Map<string, Held>();
  const recent = createRecent(kinds);
  const turns = createTurns(BUILDS_AT_ONCE);
  const number = (): number => position().number;
  const deps: BuildDeps = { histories: options.histories, recent, now: () => new Date(nowMs()).toISOString() };

  const tell = (one: Held): void => {
    const changes = one.board?.flush(number()) ?? [];
    if (changes.length === 0) return;
    one.toldAt = nowMs();
    changed(one.ref, changes);
  };
  async function buildNow(one: Held): Promise<Board> {
    const ask = { kind: one.kind, id: one.ref.id, since: sinceOf(nowMs()) };
    const board = await build(deps, ask, number);
    for (const commit of one.pending.values()) board.take(commit, 0);
    one.mendAt = nowMs() + (one.pending.size < PENDING_MAX ? MEND_FIRST_MS : 0);
    board.flush(number());
    one.board = board;
    return board;
  }
  /** The board, when it is built; another one where it is being built anew. */
  function building(one: Held): Promise<Board> {
    one.pending = new Map();
    one.board = null;
    const promise = turns(() => buildNow(one)).finally(() => {
      if (one.building === promise) one.building = null;
      one.pending = new Map();
    });
    one.building = promise;
    return promise;
  }
  function renew(one: Held): void {
    if (one.building) return;
    void building(one).then(
      () => renewed(one.ref),
      (error: unknown) => {
        held.delete(boardKey(one.ref.kind, one.ref.id));
        failed(one.ref, error);
      },
    );
  }
  const counts = (): { boards: number; sources: number } => {
    let sources = 0;
    for (const { board } of held.values()) sources += board?.size() ?? 0;
    return { boards: held.size, sources };
  };
  function opened(ref: BoardRef): Held {
    const kind = kinds.find((one) => one.kind === ref.kind);
    if (!kind) throw new Error(`There is no kind of board "${ref.kind}"; add it to the list`);
    const { boards, sources } = counts();
    if (boards >= BOARDS_MAX || sources >= SOURCES_TOTAL_MAX) {
      refuseKernel("LIVE_FULL", "This node follows as much as it can: try again in a minute.");
    }
    return {
      ...{ ref, kind, board: null, building: null, pending: new Map(), lookers: 0 },
      ...{ idleSince: nowMs(), toldAt: 0, mendAt: Infinity },
    };
  }
  function mendOne(one: Held, board: Board): void {
    one.mendAt = nowMs() + MEND_MS;
    const ask = { kind: one.kind, id: one.ref.id, since: board.frame.since };
    void turns(() => mend(deps, ask, { board, number })).catch((error: unknown) => failed(one.ref, error));
  }
  function look(key: string, one: Held): void {
    const now = nowMs();
    const { board } = one;
    if (one.lookers === 0 && now - one.idleSince > IDLE_MS) held.delete(key);
    else if (!board) return;
    else if (board.size() > SOURCES_MAX || sinceOf(now) > board.frame.since) renew(one);
    else {
      if (board.changed() && now - one.toldAt >= windowMs) tell(one);
      if (now >= one.mendAt) mendOne(one, board);
    }
  }
  return {
    async hold(ref) {
      const key = boardKey(ref.kind, ref.id);
      const one = held.get(key) ?? opened(ref);
      held.set(key, one);
      one.lookers += 1;
      try {
        return one.board ?? (await (one.building ?? building(one)));
      } catch (error) {
        one.lookers -= 1;
        if (one.lookers === 0) held.delete(key);
        throw error;
      }
    },
    release(ref) {
      const one = held.get(boardKey(ref.kind, ref.id));
      if (!one) return;
      one.lookers = Math.max(0, one.lookers - 1);
      one.idleSince = nowMs();
    },
    settled(ref) {
      const one = held.get(boardKey(ref.kind, ref.id));
      if (!one?.board) return null;
      tell(one);
      return one.board;
    },
    take(commit, at) {
      recent.note(commit);
      for (const key of boardsOf(kinds, commit)) {
        const one = held.get(key);
        if (!one) continue;
        if (!one.board) {
          if (one.pending.size < PENDING_MAX) one.pending.set(`${commit.aggregate}/${commit.aggregateId}`, commit);
          continue;
        }
        one.board.take(commit, at);
        if (windowMs === 0) tell(one);
      }
    },
    lost() {
      for (const one of held.values()) renew(one);
    },
    tick() {
      for (const [key, one] of held) look(key, one);
    },
    counts,
  };
}
