/**
 * What is pushed: a board's widgets, kept up to date by the numbers that the mall gives them. After a break the mall is
 * told what is known and answers with what is missing. Until the first word comes there is nothing; what is shown then
 * was asked for the ordinary way.
 */
import { useEffect, useState } from "preact/hooks";
import { io, type Socket } from "socket.io-client";
import {
  LIVE_PATH,
  taken,
  type BoardRef,
  type LiveAsks,
  type LiveNamespace,
  type LiveTells,
  type Told,
} from "../../models/live/live.contract";
import { knownOf, type Board } from "./known";
import { bearer, renewed } from "./session";

export type { Board } from "./known";

export interface Live {
  readonly connected: boolean;
  readonly board: Board;
}

type LiveSocket = Socket<LiveTells, LiveAsks>;

/** A board that is being built is asked for again after so long. */
const AGAIN_MS = 1_000;

/** One board over one socket. @returns what ends it */
function follow(namespace: LiveNamespace, ref: BoardRef, heard: (live: Live) => void): () => void {
  let board: Board = {};
  const auth = (give: (data: object) => void): void => give({ token: bearer() });
  const socket: LiveSocket = io(namespace, { path: LIVE_PATH, transports: ["websocket"], auth });
  let later: ReturnType<typeof setTimeout> | undefined;
  const tell = (): void => heard({ connected: socket.connected, board });
  const watch = (): void => {
    socket.emit("watch", { ...ref, known: knownOf(board) }, (answer) => {
      if (answer.ok) take(answer.told);
      else if (answer.problem.status >= 429) later = setTimeout(watch, AGAIN_MS);
    });
  };
  const take = (told: readonly Told[]): void => {
    for (const one of told) {
      const next = taken(board[one.widget] ?? null, one);
      if (next === "gap") {
        watch();
        return;
      }
      board = { ...board, [one.widget]: next };
    }
    tell();
  };
  socket.on("connect", watch);
  socket.on("disconnect", tell);
  socket.on("snapshot", (told) => take([told]));
  socket.on("delta", (told) => take([told]));
  socket.on("expiring", () => {
    void renewed().then((ok) => ok && socket.emit("renew", { token: bearer() ?? "" }, () => undefined));
  });
  return () => {
    clearTimeout(later);
    socket.disconnect();
  };
}

/** @param id null: nothing is looked at yet */
export function useLive(namespace: LiveNamespace, board: BoardRef["board"], id: string | null): Live {
  const [live, setLive] = useState<Live>({ connected: false, board: {} });
  useEffect(() => {
    if (id === null) return;
    return follow(namespace, { board, id }, setLive);
  }, [namespace, board, id]);
  return live;
}
