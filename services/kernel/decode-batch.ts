/** Turns messages into commits of today's shape, each message on its own: a bad one harms no other. */
import type { JsMsg } from "nats";
import type { Commit } from "../../models/kernel/row";
import { reasonOf } from "./wait";
import {
  AGGREGATE_HEADER,
  aggregateIn,
  decode,
  fromTheFuture,
  ID_HEADER,
  today,
  VERSION_HEADER,
  type Decodable,
} from "./wire";

export interface Decoded {
  readonly commits: readonly Commit[];
  readonly bad: readonly { readonly message: JsMsg; readonly reason: string }[];
  /** Written by a newer build: left to a node that runs it. */
  readonly tooNew: readonly JsMsg[];
}

type One = { commit: Commit } | { reason: string } | "tooNew" | "unwanted";

function decodeOne(message: JsMsg, aggregates: readonly string[], kept: readonly Decodable[]): One {
  try {
    const commit = decode(message.data);
    if (!aggregates.includes(commit.aggregate)) return "unwanted";
    const known = kept.find(({ aggregate }) => aggregate.name === commit.aggregate);
    if (!known) return { reason: `the aggregate "${commit.aggregate}" is not in the list of models` };
    return fromTheFuture(commit, known) ? "tooNew" : { commit: today(commit, known) };
  } catch (error) {
    return { reason: reasonOf(error) };
  }
}

/** `{"_id":"`: so the body of every commit begins, whichever way it was written. */
const HEAD = Buffer.from('{"_id":"');
const QUOTE = 0x22;
const ROW_ID_MAX = 200;

/** The row's id without decoding the rest; null where the body begins otherwise. */
function rowIdIn(data: Uint8Array): string | null {
  if (HEAD.compare(data, 0, HEAD.length) !== 0) return null;
  const end = data.indexOf(QUOTE, HEAD.length);
  if (end === -1 || end > HEAD.length + ROW_ID_MAX) return null;
  return Buffer.from(data.buffer, data.byteOffset + HEAD.length, end - HEAD.length).toString("latin1");
}

/** Which aggregate a message is about, and which row of it; null where its first bytes do not tell. */
export function aggregateOf({ data, subject }: Pick<JsMsg, "data" | "subject">): { key: string; rowId: string } | null {
  const rowId = rowIdIn(data);
  return rowId === null ? null : { key: `${subject}/${rowId.slice(0, rowId.lastIndexOf("@"))}`, rowId };
}

/** Messages about one aggregate, the newest version first; one that does not tell by its first bytes stands alone. */
function byAggregate(messages: readonly JsMsg[]): Iterable<readonly JsMsg[]> {
  const groups = new Map<string, { readonly rowId: string; readonly message: JsMsg }[]>();
  for (const message of messages) {
    const known = aggregateOf(message);
    const key = known?.key ?? `#${message.seq}`;
    const group = groups.get(key) ?? [];
    group.push({ rowId: known?.rowId ?? "", message });
    groups.set(key, group);
  }
  // the version has a fixed width: text compares as the number does
  const newestFirst = (a: { rowId: string }, b: { rowId: string }): number => (a.rowId < b.rowId ? 1 : -1);
  return [...groups.values()].map((group) => group.sort(newestFirst).map(({ message }) => message));
}

export interface DecodeOptions {
  readonly aggregates: readonly string[];
  readonly kept: readonly Decodable[];
  /** False for a reader that needs every version; else what a newer one in the batch replaces is not even parsed. */
  readonly heads: boolean;
}

export function decodeBatch(messages: readonly JsMsg[], { aggregates, kept, heads }: DecodeOptions): Decoded {
  const commits: Commit[] = [];
  const bad: { message: JsMsg; reason: string }[] = [];
  const tooNew: JsMsg[] = [];
  /** True when the group needs no older message. */
  const took = (message: JsMsg): boolean => {
    const one = decodeOne(message, aggregates, kept);
    if (one === "unwanted") return false;
    if (one === "tooNew") tooNew.push(message);
    else if ("reason" in one) bad.push({ message, reason: one.reason });
    else return commits.push(one.commit) > 0;
    return false;
  };
  // a reader of several aggregates is given all of them: what it does not want is not even looked at
  const wanted = messages.filter(({ subject }) => aggregates.includes(aggregateIn(subject)));
  for (const group of heads ? byAggregate(wanted) : wanted.map((message) => [message])) group.some(took);
  return { commits, bad, tooNew };
}

/** Which commit a message is about, told by its headers alone. */
export function refOf(message: Pick<JsMsg, "headers" | "subject" | "seq">): {
  aggregate: string;
  aggregateId: string;
  version: number;
} {
  const head = (name: string): string => message.headers?.get(name) ?? "";
  // a foreign message without headers is named by where it stands in the stream
  return {
    aggregate: head(AGGREGATE_HEADER) || message.subject,
    aggregateId: head(ID_HEADER) || `message-${message.seq}`,
    version: Number(head(VERSION_HEADER)) || 0,
  };
}
