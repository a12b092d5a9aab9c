/**
 * What was committed within the last moments, by the boards that it concerns: the read side may not know it yet, so
 * whoever builds a board looks here as well. Bounded: the oldest is forgotten first.
 */
import type { Commit } from "../../models/kernel/row";
import type { BoardKind, Source } from "./live";

const RECENT_MAX = 20_000;

export interface Recent {
  /** @returns the boards that it concerns, by their keys */
  note(commit: Commit): readonly string[];
  of(kind: string, id: string): readonly Source[];
}

interface Noted {
  readonly board: string;
  readonly source: Source;
}

/** How a board is named among all of them. */
export const boardKey = (kind: string, id: string): string => `${kind}/${id}`;

/** The boards that a commit concerns. */
export const boardsOf = (kinds: readonly BoardKind[], commit: Commit): readonly string[] =>
  kinds.flatMap(({ kind, boardOf }) => {
    const id = boardOf[commit.aggregate]?.(commit) ?? null;
    return id === null ? [] : [boardKey(kind, id)];
  });

export function createRecent(kinds: readonly BoardKind[], max = RECENT_MAX): Recent {
  const ring: Noted[] = [];
  const byBoard = new Map<string, Set<Source>>();
  let next = 0;
  const forget = ({ board, source }: Noted): void => {
    const sources = byBoard.get(board);
    sources?.delete(source);
    if (sources?.size === 0) byBoard.delete(board);
  };
  const keep = (one: Noted): void => {
    const oldest = ring[next];
    if (oldest) forget(oldest);
    ring[next] = one;
    next = (next + 1) % max;
    const sources = byBoard.get(one.board);
    if (sources) sources.add(one.source);
    else byBoard.set(one.board, new Set([one.source]));
  };
  return {
    note(commit) {
      const { aggregate, aggregateId: id, version } = commit;
      const boards = boardsOf(kinds, commit);
      for (const board of boards) keep({ board, source: { aggregate, id, version } });
      return boards;
    },
    of: (kind, id) => [...(byBoard.get(boardKey(kind, id)) ?? [])],
  };
}
