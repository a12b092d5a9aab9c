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
  // a reader of several aggregates is given all of them: what it does not want is not even parsed
  if (!aggregates.includes(aggregateIn(message.subject))) return "unwanted";
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

export function decodeBatch(
  messages: readonly JsMsg[],
  aggregates: readonly string[],
  kept: readonly Decodable[],
): Decoded {
  const commits: Commit[] = [];
  const bad: { message: JsMsg; reason: string }[] = [];
  const tooNew: JsMsg[] = [];
  for (const message of messages) {
    const one = decodeOne(message, aggregates, kept);
    if (one === "tooNew") tooNew.push(message);
    else if (one === "unwanted") continue;
    else if ("commit" in one) commits.push(one.commit);
    else bad.push({ message, reason: one.reason });
  }
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
