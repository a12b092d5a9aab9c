/**
 * The fold of a joined document. Of each source only the newest version counts, so that the result does not depend on
 * the order in which commits arrive, nor on how often: that is why the index can be compared with the histories.
 */
import type { Commit } from "../../models/kernel/row";
import {
  SOURCES,
  sourceOf,
  targetOf,
  type JoinedProjection,
  type Json,
  type Parts,
  type SourcePart,
} from "./projection";

/** The newest part of each source that a batch brings for one document. */
export type Updates = ReadonlyMap<string, SourcePart>;

/** More sources than a document may have: the commit is refused, alone and for good. */
export class PartsFull extends Error {
  readonly retryable = false;
}

/** The newest commit of each aggregate in a batch; only that one counts. */
export function newestOf(commits: readonly Commit[]): Commit[] {
  const newest = new Map<string, Commit>();
  for (const commit of commits) {
    const key = sourceOf(commit);
    if ((newest.get(key)?.version ?? 0) < commit.version) newest.set(key, commit);
  }
  return [...newest.values()];
}

/** What a batch brings, document by document. A commit that belongs to none is left out. */
export function updatesOf(projection: JoinedProjection, commits: readonly Commit[]): Map<string, Updates> {
  const byDocument = new Map<string, Map<string, SourcePart>>();
  for (const commit of newestOf(commits)) {
    const id = targetOf(projection, commit);
    if (id === null) continue;
    const updates = byDocument.get(id) ?? new Map<string, SourcePart>();
    byDocument.set(id, updates);
    const part = projection.sources[commit.aggregate]?.part(commit) ?? null;
    updates.set(sourceOf(commit), { version: commit.version, part });
  }
  return byDocument;
}

/** The parts after the updates; null when they bring nothing newer. @throws PartsFull */
export function applied(parts: Parts, updates: Updates, partsMax: number): Parts | null {
  const newer = [...updates].filter(([key, { version }]) => (parts[key]?.version ?? 0) < version);
  if (newer.length === 0) return null;
  const next = { ...parts, ...Object.fromEntries(newer) };
  const count = Object.keys(next).length;
  if (count > partsMax) {
    throw new PartsFull(`it would have ${count} sources, and may have ${partsMax}; raise partsMax or split it`);
  }
  return next;
}

/** The document as it is stored. */
export const joinedDocument = (projection: JoinedProjection, id: string, parts: Parts): Json => ({
  ...projection.compose(id, parts),
  [SOURCES]: parts,
});

/** The same as text, beside the text of its parts, which is in it and is made once. */
export function joinedText(
  projection: JoinedProjection,
  id: string,
  parts: Parts,
): { document: string; parts: string } {
  const text = JSON.stringify(parts);
  const composed = JSON.stringify(projection.compose(id, parts));
  const comma = composed === "{}" ? "" : ",";
  return { document: `${composed.slice(0, -1)}${comma}"${SOURCES}":${text}}`, parts: text };
}
