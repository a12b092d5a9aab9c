/**
 * Builds a board, and later brings it up to date: the read side and the last moments tell what concerns it, and the
 * histories what is true of that. Whatever is committed meanwhile is kept back and taken in at the end.
 */
import type { Commit, Iso } from "../../models/kernel/row";
import { asCommit, type HistoryReader } from "./histories";
import type { BoardKind, Found, Source } from "./live";
import { createBoard, type Board } from "./live-board";
import type { Recent } from "./live-recent";

/** Sources of one board: with more, it counts from a later time on. */
export const SOURCES_MAX = 5_000;
/** Newest rows read at once. */
const READ_AT_ONCE = 50;

export interface BuildDeps {
  readonly histories: (aggregate: string) => Pick<HistoryReader, "newest">;
  readonly recent: Pick<Recent, "of">;
}

export interface BuildAsk {
  readonly kind: BoardKind;
  readonly id: string;
  readonly since: Iso;
}

const keyOf = ({ aggregate, id }: Source): string => `${aggregate}/${id}`;

/** Each source once, and the newest version that was heard of. */
function distinct(sources: readonly Source[]): Source[] {
  const newest = new Map<string, Source>();
  for (const source of sources) {
    if ((newest.get(keyOf(source))?.version ?? -1) < source.version) newest.set(keyOf(source), source);
  }
  return [...newest.values()];
}

/** The newest commit of each source that exists. */
async function* newestOf(deps: BuildDeps, sources: readonly Source[]): AsyncGenerator<Commit> {
  for (const aggregate of new Set(sources.map((source) => source.aggregate))) {
    const history = deps.histories(aggregate);
    const ids = sources.filter((source) => source.aggregate === aggregate).map(({ id }) => id);
    for (let at = 0; at < ids.length; at += READ_AT_ONCE) {
      const rows = await history.newest(ids.slice(at, at + READ_AT_ONCE));
      for (const row of rows.values()) yield asCommit({ aggregate }, row);
    }
  }
}

async function found(deps: BuildDeps, { kind, id, since }: BuildAsk): Promise<Found> {
  const { sources, since: from } = await kind.find({ id, since, sourcesMax: SOURCES_MAX });
  return { since: from, sources: distinct([...sources, ...deps.recent.of(kind.kind, id)]) };
}

/** What a commit says counts only for the board that it concerns. */
const concerns = ({ kind, id }: BuildAsk, commit: Commit): boolean => kind.boardOf[commit.aggregate]?.(commit) === id;

/** @param number where the stream stands when it is built */
export async function build(deps: BuildDeps, ask: BuildAsk, number: () => number): Promise<Board> {
  const { since, sources } = await found(deps, ask);
  const commits: Commit[] = [];
  for await (const commit of newestOf(deps, sources)) if (concerns(ask, commit)) commits.push(commit);
  const board = createBoard(ask.kind.projections, { since }, number());
  for (const commit of commits) board.take(commit, 0);
  return board;
}

/** Takes in what the board lacks, although the stream has brought it nowhere. @returns how much that was */
export async function mend(
  deps: BuildDeps,
  ask: BuildAsk,
  at: { board: Board; number: () => number },
): Promise<number> {
  const { board, number } = at;
  const { sources } = await found(deps, { ...ask, since: board.frame.since });
  const lacking = sources.filter((source) => board.version(keyOf(source)) < source.version);
  let mended = 0;
  for await (const commit of newestOf(deps, lacking)) {
    if (!concerns(ask, commit) || board.version(`${commit.aggregate}/${commit.aggregateId}`) >= commit.version)
      continue;
    board.take(commit, number());
    mended += 1;
  }
  return mended;
}
