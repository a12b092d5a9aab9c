/**
 * The boards that somebody looks at, on this node. A board is built when the first one asks for it, follows the stream,
 * is compared with the read side from time to time, and is let go a while after the last one has left. What is held is
 * bounded in boards and in sources; what cannot be followed any more (the stream was lost, a board has grown too large)
 * is built anew, and everybody is told so.
 */
import type { Commit, Iso } from "../../models/kernel/row";
import { refuseKernel } from "../../models/kernel/refusal";
import type { Board } from "./live-board";
import type { BuildDeps } from "./live-build";
import {
  building,
  isOld,
  mendOne,
  PENDING_MAX,
  renew,
  sinceOf,
  tell,
  type BoardRef,
  type Following,
  type Held,
  type LiveBoardsOptions,
} from "./live-held";
import { boardKey, createRecent } from "./live-recent";
import { createTurns } from "../../models/kernel/turns";

export type { BoardRef, LiveBoardsOptions, Position } from "./live-held";

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

const BOARDS_MAX = 2_000;
const SOURCES_TOTAL_MAX = 80_000;
const IDLE_MS = 30_000;
const BUILDS_AT_ONCE = 4;

const keyOf = ({ kind, id }: BoardRef): string => boardKey(kind, id);

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

/** A moment, and from when on a board counts then: the same for all that are looked at in it. */
interface Moment {
  readonly now: number;
  readonly since: Iso;
}

function lookAt(all: Following, one: Held, board: Board, { now, since }: Moment): void {
  if (isOld(board, since)) {
    renew(all, one);
    return;
  }
  if (board.changed() && now - one.toldAt >= all.options.windowMs) tell(all, one);
  mendOne(all, one, board);
}

function look(all: Following, key: string, one: Held, moment: Moment): void {
  const { now } = moment;
  if (one.lookers === 0 && now - one.idleSince > IDLE_MS) all.held.delete(key);
  else if (one.board) lookAt(all, one, one.board, moment);
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
  const all: Following = { options, held, deps, turns, nowMs, number: () => position().number, mendNextAt: 0 };
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
      for (const key of recent.note(commit)) {
        const one = held.get(key);
        if (one) take(all, one, commit, number);
      }
    },
    lost() {
      for (const one of held.values()) renew(all, one);
    },
    tick() {
      const now = nowMs();
      const moment = { now, since: sinceOf(now) };
      for (const [key, one] of held) look(all, key, one, moment);
    },
    counts: () => countsOf(all),
  };
}
