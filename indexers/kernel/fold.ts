/**
 * The fold of a joined document. Of each source only the newest version counts, so that the result does not depend on
 * the order in which commits arrive, nor on how often: that is why the index can be compared with the histories.
 */
import type { Commit } from "../../models/kernel/row";
import { SOURCES, sourceOf, type JoinedProjection, type Json, type Parts, type SourcePart } from "./projection";

/** The newest part of each source that a batch brings for one document. */
export type Updates = ReadonlyMap<string, SourcePart>;

/** More sources than a document may have: the commit is refused, alone and for good. */
export class PartsFull extends Error {
  readonly retryable = false;
}

/** What a batch brings, document by document. A commit that belongs to none is left out. */
export function updatesOf(projection: JoinedProjection, commits: readonly Commit[]): Map<string, Updates> {
  const byDocument = new Map<string, Map<string, SourcePart>>();
  for (const commit of commits) {
    const source = projection.sources[commit.aggregate];
    const id = source?.target(commit) ?? null;
    if (source === undefined || id === null) continue;
    const updates = byDocument.get(id) ?? new Map<string, SourcePart>();
    byDocument.set(id, updates);
    const key = sourceOf(commit);
    if ((updates.get(key)?.version ?? 0) < commit.version) {
      updates.set(key, { version: commit.version, part: source.part(commit) });
    }
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
