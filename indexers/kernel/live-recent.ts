/**
 * What was committed within the last moments, by the boards that it concerns: the read side may not know it yet, so
 * whoever builds a board looks here as well. Bounded: the oldest is forgotten first.
 */
import type { Commit } from "../../models/kernel/row";
import type { BoardKind, Source } from "./live";

const RECENT_MAX = 20_000;

export interface Recent {
  note(commit: Commit): void;
  of(kind: string, id: string): readonly Source[];
}

interface Noted extends Source {
  readonly boards: readonly string[];
}

/** How a board is named among all of them. */
export const boardKey = (kind: string, id: string): string => `${kind}/${id}`;

/** The boards that a commit concerns. */
export const boardsOf = (kinds: readonly BoardKind[], commit: Commit): readonly string[] =>
  kinds.flatMap(({ kind, boardOf }) => {
    const id = boardOf[commit.aggregate]?.(commit) ?? null;
    return id === null ? [] : [boardKey(kind, id)];
  });

export function createRecent(kinds: readonly BoardKind[]): Recent {
  const ring: Noted[] = [];
  let next = 0;
  return {
    note(commit) {
      const boards = boardsOf(kinds, commit);
      if (boards.length === 0) return;
      ring[next] = { boards, aggregate: commit.aggregate, id: commit.aggregateId, version: commit.version };
      next = (next + 1) % RECENT_MAX;
    },
    of(kind, id) {
      const key = boardKey(kind, id);
      return ring.filter(({ boards }) => boards.includes(key));
    },
  };
}
