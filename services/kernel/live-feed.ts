/**
 * Every commit, in the order of the stream and with its number, to whoever shows things while they change. Nothing is
 * acknowledged and nothing kept: a node that begins reads the last few thousand messages, and what is lost between (the
 * stream was made anew, messages went before they were read) is told, for the histories know it.
 */
import { DeliverPolicy, type ConsumerMessages, type JsMsg } from "nats";
import type { Logger } from "pino";
import type { Commit } from "../../models/kernel/row";
import type { CommitStream } from "./jetstream";
import { backoffMs, reasonOf, wait } from "./wait";
import { aggregateIn, decode, fromTheFuture, today, type Decodable } from "./wire";

export interface LiveFeedOptions {
  readonly stream: Pick<CommitStream, "name" | "js" | "ensure">;
  readonly kept: readonly Decodable[];
  /** Others are counted, and not even parsed. */
  readonly aggregates: ReadonlySet<string>;
  readonly log: Logger;
  /** @param storedMs when the stream took it in */
  readonly heard: (commit: Commit, number: number, storedMs: number) => void;
  /** What was heard before is no beginning of what comes now. */
  readonly lost: (why: string) => void;
  /** Messages of the past that are heard at the start. */
  readonly pastMax?: number;
  readonly lookEveryMs?: number;
}

export interface LivePosition {
  /** Another one after the stream was made anew. */
  readonly stream: string;
  readonly number: number;
}

export interface LiveFeed {
  /** Resolves when the past was heard. @throws Error when the stream cannot be read within a few seconds */
  start(): Promise<void>;
  stop(): Promise<void>;
  position(): LivePosition;
}

const PAST_MAX = 10_000;
const NANOS_PER_MS = 1_000_000;
const LOOK_EVERY_MS = 5_000;
const AT_ONCE_MAX = 500;
const EXPIRES_MS = 10_000;
const START_WITHIN_MS = 15_000;

interface Following {
  readonly options: LiveFeedOptions;
  readonly known: ReadonlyMap<string, Decodable>;
  readonly stopping: AbortController;
  /** Resolves `start`. */
  ready: () => void;
  /** When the stream was made, and how it is called to those who are shown it. */
  created: string;
  stream: string;
  number: number;
  /** Where the stream ended when it was taken up: up to there it is the past. */
  pastTo: number;
}

function commitOf(known: Decodable, message: JsMsg): Commit | null {
  const commit = decode(message.data);
  // a newer build than this one wrote it: whoever is shown it is served by a node that runs it
  return fromTheFuture(commit, known) ? null : today(commit, known);
}

function hear(run: Following, message: JsMsg): void {
  const { heard, lost, log } = run.options;
  if (message.seq <= run.number) return;
  const gap = message.seq > run.number + 1;
  const began = run.number;
  run.number = message.seq;
  if (gap && began > 0) lost("messages went before they were read");
  const known = run.known.get(aggregateIn(message.subject));
  try {
    const commit = known ? commitOf(known, message) : null;
    if (commit) heard(commit, message.seq, message.info.timestampNanos / NANOS_PER_MS);
  } catch (error) {
    log.warn({ number: message.seq, reason: reasonOf(error) }, "A commit cannot be shown live");
  }
  if (run.number >= run.pastTo) run.ready();
}

/** Looks whether the stream is the one that was begun with. */
async function sight(run: Following): Promise<void> {
  const { stream, lost, pastMax = PAST_MAX } = run.options;
  // what is heard while it is asked is newer than the answer
  const heardBefore = run.number;
  const { created, state } = await stream.ensure();
  if (run.created === created && state.last_seq >= heardBefore) return;
  const first = run.stream === "";
  // a stream that lost its end counts on from where others have counted otherwise
  run.stream = run.created === created ? `${created}#${state.last_seq}` : created;
  run.created = created;
  run.number = Math.max(state.first_seq - 1, state.last_seq - pastMax, 0);
  run.pastTo = state.last_seq;
  if (!first) lost("the stream was made anew");
  if (run.number >= run.pastTo) run.ready();
}

/** False after a while, true when there is no reason to look any more. */
const looked = (ms: number, signal: AbortSignal): Promise<boolean> => wait(ms, signal).then(() => signal.aborted);

async function read(run: Following): Promise<void> {
  const { stream, lookEveryMs = LOOK_EVERY_MS } = run.options;
  await sight(run);
  const begun = run.stream;
  const start = { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: run.number + 1 };
  const consumer = await stream.js.consumers.get(stream.name, start);
  const messages: ConsumerMessages = await consumer.consume({
    max_messages: AT_ONCE_MAX,
    expires: EXPIRES_MS,
    callback: (message) => hear(run, message),
  });
  const { signal } = run.stopping;
  const closed = messages.closed();
  try {
    while (run.stream === begun && !(await Promise.race([closed.then(() => true), looked(lookEveryMs, signal)]))) {
      await sight(run);
    }
  } finally {
    await messages.close();
  }
}

async function followForEver(run: Following): Promise<void> {
  const { log } = run.options;
  const { signal } = run.stopping;
  for (let failures = 0; !signal.aborted; failures++) {
    try {
      await read(run);
      failures = 0;
    } catch (error) {
      log.warn({ reason: reasonOf(error) }, "What is shown live lost its stream and takes it up again");
    }
    await wait(backoffMs(failures, 100, 5_000), signal);
  }
}

export function createLiveFeed(options: LiveFeedOptions): LiveFeed {
  const known = new Map(
    options.kept
      .filter(({ aggregate: { name } }) => options.aggregates.has(name))
      .map((one) => [one.aggregate.name, one]),
  );
  const stopping = new AbortController();
  const run: Following = {
    options,
    known,
    stopping,
    ready: () => undefined,
    created: "",
    stream: "",
    number: 0,
    pastTo: 0,
  };
  let running: Promise<void> = Promise.resolve();
  return {
    async start() {
      const ready = new Promise<void>((resolve) => (run.ready = resolve));
      running = followForEver(run);
      await Promise.race([ready, wait(START_WITHIN_MS, stopping.signal)]);
      if (run.stream === "" && !stopping.signal.aborted) {
        throw new Error("The stream of commits does not answer: start nats-server with JetStream, or set NATS_URL.");
      }
    },
    async stop() {
      stopping.abort();
      await running;
    },
    position: () => ({ stream: run.stream, number: run.number }),
  };
}
