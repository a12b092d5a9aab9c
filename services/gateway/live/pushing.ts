/**
 * From boards to sockets. What changed is sent to everybody in the widget's room at once. A socket that does not take
 * what it is sent is left out, and told all that changed meanwhile, in one message, when it does: what is kept for it
 * is a number.
 */
import type { Board, Change } from "../../../indexers/kernel/live-board";
import type { LiveBoards, Position } from "../../../indexers/kernel/live-boards";
import type { BoardKind, BoardRef, Cells, Delta, Known, Told, WidgetName } from "../../../models/live/live.contract";
import type { LiveFigures } from "./figures";
import type { Outgoing } from "./outgoing";
import { refOf, roomOf, type LiveSocket, type LiveSpace, type Watched } from "./sockets";

export interface PushDeps {
  readonly boards: LiveBoards;
  readonly position: () => Position;
  readonly spaces: readonly LiveSpace[];
  readonly figures: LiveFigures;
  readonly outgoing: Outgoing;
  /** Sockets that are left out for now. */
  readonly lagging: Set<LiveSocket>;
}

export interface Ref {
  readonly kind: string;
  readonly id: string;
}

export const kindOf = ({ board, id }: BoardRef): Ref => ({ kind: board, id });
const boardRef = ({ kind, id }: Ref): BoardRef => ({ board: kind as BoardKind, id });

/** A widget as it is now, or what changed since what is known. To be called when the board was settled. */
export function toldOf(deps: PushDeps, board: Board, ask: { ref: BoardRef; widget: WidgetName; known?: Known }): Told {
  const { stream, number } = deps.position();
  const { ref, widget, known } = ask;
  const of = { ...ref, widget, stream };
  const { since } = board.frame;
  const follows = known?.stream === stream && known.since === since;
  const cells = follows ? board.after(widget, known.number) : null;
  if (known && cells) {
    const to = Math.max(known.number, number);
    return { ...of, kind: "delta", from: known.number, to, committedAt: null, cells };
  }
  return { ...of, kind: "snapshot", number, since, cells: board.cells(widget) as Cells };
}

/** @returns to how many sockets it was sent */
function tellRoom(spaces: readonly LiveSpace[], room: string, delta: Delta): number {
  let sockets = 0;
  for (const space of spaces) {
    const inRoom = space.adapter.rooms.get(room)?.size ?? 0;
    if (inRoom > 0) space.to(room).emit("delta", delta);
    sockets += inRoom;
  }
  return sockets;
}

/** A thousand times a second: what is the same for all of a board's widgets is done once. */
export function pushChanges({ spaces, position, figures }: PushDeps, ref: Ref, changes: readonly Change[]): void {
  const { stream } = position();
  const { board, id } = boardRef(ref);
  const looking = spaces.filter(({ sockets }) => sockets.size > 0);
  let sockets = 0;
  for (const change of changes) {
    const { changes: cells, from, to, committedAt } = change;
    const widget = change.widget as WidgetName;
    // each field by itself: an object that begins as a copy of another costs ten times as much to make
    const delta: Delta = { board, id, kind: "delta", widget, stream, from, to, committedAt, cells };
    sockets += tellRoom(looking, roomOf(delta, widget), delta);
  }
  figures.told("delta", sockets);
  const committedAt = changes[0]?.committedAt ?? null;
  if (committedAt !== null) figures.delayed(Date.now() - Date.parse(committedAt));
}

export function send(socket: LiveSocket, told: Told, figures: LiveFigures): void {
  if (told.kind === "snapshot") socket.emit("snapshot", told);
  else socket.emit("delta", told);
  figures.told(told.kind, 1);
}

/** The board was built anew: everybody gets it whole. */
export function pushWhole(deps: PushDeps, ref: Ref): void {
  const board = deps.boards.settled(ref);
  if (!board) return;
  const of = boardRef(ref);
  for (const space of deps.spaces) {
    for (const socket of space.sockets.values()) {
      const watched = socket.data.watched.get(refOf(of));
      if (!watched || socket.data.lagging !== null) continue;
      for (const widget of watched.widgets) {
        send(socket, toldOf(deps, board, { ref: of, widget }), deps.figures);
      }
    }
  }
}

function leftOut(deps: PushDeps, socket: LiveSocket, now: number): void {
  const { stream, number } = deps.position();
  socket.data.lagging = now;
  deps.lagging.add(socket);
  for (const watched of socket.data.watched.values()) {
    // told up to here; what the board holds back is told later
    const board = deps.boards.settled(kindOf(watched));
    Object.assign(watched, { stream, since: board?.frame.since ?? "" });
    for (const widget of watched.widgets) {
      watched.reached.set(widget, number);
      void socket.leave(roomOf(watched, widget));
    }
  }
  deps.figures.lagged();
}

function caughtUp(deps: PushDeps, socket: LiveSocket, watched: Watched): void {
  for (const widget of watched.widgets) void socket.join(roomOf(watched, widget));
  const board = deps.boards.settled(kindOf(watched));
  // one that is being built anew is told whole when it is there
  if (!board) return;
  const ref = { board: watched.board, id: watched.id };
  for (const widget of watched.widgets) {
    const { stream, since } = watched;
    const known = { stream, since, number: watched.reached.get(widget) ?? 0 };
    send(socket, toldOf(deps, board, { ref, widget, known }), deps.figures);
  }
}

function takenBack(deps: PushDeps, socket: LiveSocket): void {
  socket.data.lagging = null;
  deps.lagging.delete(socket);
  for (const one of socket.data.watched.values()) caughtUp(deps, socket, one);
}

/** Takes back in who is not slow any more. @returns who has been slow for too long */
function lookAtLagging(deps: PushDeps, now: number, lagMsMax: number): readonly LiveSocket[] {
  const hopeless: LiveSocket[] = [];
  for (const socket of deps.lagging) {
    const since = socket.data.lagging ?? now;
    if (!socket.connected) deps.lagging.delete(socket);
    else if (deps.outgoing.packets(socket.conn) === 0) takenBack(deps, socket);
    else if (now - since > lagMsMax) hopeless.push(socket);
  }
  return hopeless;
}

/** Leaves out whoever is slow, and takes back in who is not any more. @returns who has been slow for too long */
export function lookAtSlow(deps: PushDeps, now: number, lagMsMax: number): readonly LiveSocket[] {
  const hopeless = lookAtLagging(deps, now, lagMsMax);
  const crowd = deps.outgoing.crowded();
  if (crowd.size === 0) return hopeless;
  for (const { sockets } of deps.spaces) {
    for (const socket of sockets.values()) {
      // what was crowded for a moment only keeps up
      const slow = crowd.has(socket.conn) && deps.outgoing.isCrowded(socket.conn);
      if (slow && socket.data.lagging === null) leftOut(deps, socket, now);
    }
  }
  return hopeless;
}
