/**
 * A projection turns commits into documents that can be searched. It is pure: which document a commit belongs to, and
 * what that document says, follow from commits alone, so that an index can be thrown away, made anew and proven equal
 * to the histories. A *document* has one source and is written whole; a *joined* document has many, and keeps the part
 * of each with its version, so that doubles and disorder are refused source by source.
 */
import type { estypes } from "@elastic/elasticsearch";
import type { Target } from "../../models/kernel/contract";
import type { Commit } from "../../models/kernel/row";

/** JSON only: parts and documents are stored, read back and compared. */
export type Json = Readonly<Record<string, unknown>>;

/** An index: its name, and how it is made. */
export interface Described {
  /** In lower case, as the alias and the tokens name it: `products`. */
  readonly name: string;
  /** Raised when mappings, parts or documents change their meaning: the index is made anew. */
  readonly revision: number;
  readonly mappings: estypes.MappingTypeMapping;
  readonly settings: estypes.IndicesIndexSettings;
}

export interface DocumentProjection extends Described {
  readonly kind: "document";
  /** The aggregate whose commits it reads; its id is the document's. */
  readonly source: string;
  /** The whole document; null for a state in which there is none yet (`absent`). */
  readonly document: (commit: Commit) => Json | null;
}

/** What is known of one source: `part` is null when it is withdrawn, and its version is kept. */
export interface SourcePart {
  readonly version: number;
  readonly part: Json | null;
}

/** By `<aggregate>/<id>`. */
export type Parts = Readonly<Record<string, SourcePart>>;

export interface JoinedSource {
  /** The document's id. Must never change for a source; null as long as it belongs to none (`absent`). */
  readonly target: (commit: Commit) => string | null;
  /** What the document needs of the source; null when it is withdrawn. */
  readonly part: (commit: Commit) => Json | null;
}

export interface JoinedProjection extends Described {
  readonly kind: "joined";
  /** By name of aggregate. */
  readonly sources: Readonly<Record<string, JoinedSource>>;
  /** Sources that one document may have; a further one is refused and parked. */
  readonly partsMax: number;
  /** The document without its `sources`. The same parts give the same document, in whatever order they came. */
  readonly compose: (id: string, parts: Parts) => Json;
}

export type Projection = DocumentProjection | JoinedProjection;

/** Where the stored document keeps its parts; mapped as `enabled: false`. */
export const SOURCES = "sources";

export const sourceOf = (commit: Pick<Commit, "aggregate" | "aggregateId">): string =>
  `${commit.aggregate}/${commit.aggregateId}`;

export const aggregatesOf = (projection: Projection): readonly string[] =>
  projection.kind === "document" ? [projection.source] : Object.keys(projection.sources);

/** The id of the document that a commit belongs to, or null. */
export function targetOf(projection: Projection, commit: Commit): string | null {
  if (projection.kind === "joined") return projection.sources[commit.aggregate]?.target(commit) ?? null;
  if (projection.source !== commit.aggregate || projection.document(commit) === null) return null;
  return commit.aggregateId;
}

/** Where a commit will be seen in this projection. */
export function targetsIn(projection: Projection, commit: Commit): readonly Target[] {
  const id = targetOf(projection, commit);
  return id === null ? [] : [{ projection: projection.name, id }];
}
