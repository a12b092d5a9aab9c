/**
 * How a commit travels: subject, headers and body of one message. The aggregate's id stands in a header and only its
 * hash in the subject, for one subject per aggregate would fill the memory of NATS.
 */
import type { AnyAggregate } from "../../models/kernel/aggregate";
import { upcast, type Model } from "../../models/kernel/model";
import { commitRef, type Commit, type Row } from "../../models/kernel/row";
import type { Announced } from "./delivery";

export const PARTITIONS = 64;
export const AGGREGATE_HEADER = "Stoa-Aggregate";
export const ID_HEADER = "Stoa-Id";
export const VERSION_HEADER = "Stoa-Version";

export interface Message {
  readonly subject: string;
  /** `Nats-Msg-Id`: JetStream keeps one message per id within its duplicate window. */
  readonly msgId: string;
  readonly aggregate: string;
  readonly aggregateId: string;
  readonly version: number;
  readonly rowId: string;
  readonly body: Uint8Array;
}

/** What decoding needs to know of an aggregate. */
export interface Decodable {
  readonly aggregate: Pick<AnyAggregate, "name" | "schema">;
  readonly model: Model;
}

/** FNV-1a over the id's characters: the same aggregate always lands in the same partition, on every node. */
export function partitionOf(aggregateId: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < aggregateId.length; i++) hash = Math.imul(hash ^ aggregateId.charCodeAt(i), 0x01000193);
  // the low bits of FNV are its weak ones
  return ((hash ^ (hash >>> 15)) >>> 0) % PARTITIONS;
}

const COMMITS = ".commits.";

/** The aggregate that a subject names; empty for a subject that is none of ours. */
export function aggregateIn(subject: string): string {
  const at = subject.indexOf(COMMITS);
  return at === -1 ? "" : subject.slice(at + COMMITS.length, subject.lastIndexOf("."));
}

/** Every commit of one aggregate, or (without a name) of all. */
export const subjectsOf = (namespace: string, aggregate?: string): string =>
  aggregate === undefined ? `${namespace}.commits.>` : `${namespace}.commits.${aggregate}.*`;

const decoder = new TextDecoder("utf-8", { fatal: true });

/** A commit as its message carries it. */
export function announced(commit: Commit): Announced {
  const { aggregate, aggregateId, version, _id: rowId } = commit;
  return { aggregate, aggregateId, version, rowId, body: JSON.stringify(commit) };
}

/** The same from the text that was hashed of a row, so that a row is written once and not again to be published. */
export function announcedRow(
  aggregate: string,
  { _id: rowId, aggregateId, version, hash }: Row,
  text: string,
): Announced {
  const rest = `,"aggregate":${JSON.stringify(aggregate)},"hash":"${hash}","published":false}`;
  return { aggregate, aggregateId, version, rowId, body: text.slice(0, -1) + rest };
}

export function messageOf(namespace: string, { body, ...ref }: Announced): Message {
  const { aggregate, aggregateId, version } = ref;
  return {
    ...ref,
    subject: `${namespace}.commits.${aggregate}.${partitionOf(aggregateId)}`,
    msgId: `${namespace}/${commitRef(aggregate, aggregateId, version)}`,
    // from the buffers' pool, where an encoder would ask the system for each
    body: Buffer.from(body),
  };
}

export const encode = (namespace: string, commit: Commit): Message => messageOf(namespace, announced(commit));

/** @throws Error that says why the bytes are no commit */
export function decode(body: Uint8Array): Commit {
  const read: unknown = JSON.parse(decoder.decode(body));
  if (typeof read !== "object" || read === null) throw new Error("the message is JSON, but not an object");
  const { aggregate, aggregateId, version, schema, events } = read as Partial<Record<keyof Commit, unknown>>;
  const named = typeof aggregate === "string" && typeof aggregateId === "string";
  if (!named || typeof version !== "number" || typeof schema !== "number" || !Array.isArray(events)) {
    throw new Error("the message is JSON, but not a commit");
  }
  return read as Commit;
}

/** True when a newer build than this one wrote the commit: only a newer build may read it. */
export const fromTheFuture = (commit: Commit, known: Decodable): boolean => commit.schema > known.aggregate.schema;

/** The commit in today's shape. */
export const today = (commit: Commit, known: Decodable): Commit => ({
  ...upcast(known.model, known.aggregate.schema, commit),
  aggregate: commit.aggregate,
});
