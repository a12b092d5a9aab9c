/**
 * What is pushed, as a part of a page: the package's own way of following a board, with whoever is signed in here.
 * Until the first word comes there is nothing; what is shown then was asked for the ordinary way.
 */
import { useEffect, useState } from "preact/hooks";
import { follow, type Live as LiveOf } from "../../client/follow";
import type { Board } from "../../client/known";
import type { BoardKind, LiveNamespace } from "../../models/live/live.contract";
import { bearer, renewed } from "./session";

export type { Board } from "../../client/known";

export interface Live {
  /** Null: not yet, for the first time. */
  readonly connected: boolean | null;
  readonly board: Board;
}

const renew = async (): Promise<string | null> => ((await renewed()) ? bearer() : null);

/** @param id null: nothing is looked at yet */
export function useLive(namespace: LiveNamespace, board: BoardKind, id: string | null): Live {
  const [live, setLive] = useState<Live>({ connected: null, board: {} });
  useEffect(() => {
    if (id === null) return;
    const heard = (told: LiveOf<BoardKind>): void => setLive(told);
    const following = follow({ namespace, board, id, token: bearer, renew, heard });
    return () => following.stop();
  }, [namespace, board, id]);
  return live;
}
