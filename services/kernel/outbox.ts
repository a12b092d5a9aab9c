/**
 * The part of the relay that publishes: a bounded queue in front of a bounded number of messages in flight, each
 * with a timeout. What fails for a reason of its own (too large) is parked; when NATS itself fails, publishing
 * pauses until it answers again. What is dropped here is still in its history, where the sweeper finds it.
 */
import { ErrorCode, NatsError } from "nats";
import type { Logger } from "pino";
import type { CommitStream } from "./jetstream";
import { backoffMs, createBell, reasonOf, wait, type Bell } from "./wait";
import type { Message } from "./wire";

/** `failed`: to be tried again later. */
export type Fate = "published" | "refused" | "failed";

export interface OutboxOptions {
  readonly stream: CommitStream;
  readonly log: Logger;
  readonly inFlightMax: number;
  readonly timeoutMs: number;
  /** True while what was published is not marked fast enough. */
  readonly full: () => boolean;
  /** Told the fate of each message, with the reason where it is not `published`. */
  readonly onFate: (message: Message, fate: Fate, reason: string) => Promise<void>;
  /** Told when publishing goes on after a pause. */
  readonly onResume: () => void;
}

export interface Outbox {
  /** Takes a message; resolves with its fate. Bounding the queue is the caller's part. */
  put(message: Message): Promise<Fate>;
  queued(): number;
  queuedBytes(): number;
  inFlight(): number;
  paused(): boolean;
  /** To be called when `full` may have changed. */
  pump(): void;
  /** Waits until nothing is queued or in flight, but no longer than `ms`; then gives up what is left. */
  stop(ms: number): Promise<void>;
}

interface Entry {
  readonly message: Message;
  readonly settle: (fate: Fate) => void;
}

const PAUSE_FIRST_MS = 100;
const PAUSE_MAX_MS = 5_000;
const BAD_REQUEST = 400;
/** JetStream says "no room" in several ways, all of them about the stream and none about the message. */
const NO_ROOM = /maximum (bytes|messages)|insufficient|resource/i;

const wholeOf = (code: string): boolean => code !== (ErrorCode.MaxPayloadExceeded as string);

/** True when the message itself cannot be published, whatever the state of NATS. */
export function refusedForGood(error: unknown): boolean {
  if (!(error instanceof NatsError)) return false;
  if (error.api_error) return error.api_error.code === BAD_REQUEST && !NO_ROOM.test(error.api_error.description);
  return !wholeOf(error.code);
}

const noRoom = (error: unknown): boolean =>
  error instanceof NatsError && NO_ROOM.test(error.api_error?.description ?? "");

interface Running {
  readonly options: OutboxOptions;
  readonly queue: Entry[];
  readonly idle: Bell;
  readonly stopped: AbortController;
  queuedBytes: number;
  inFlight: number;
  /** Failures since the last success. */
  failures: number;
  pause: Promise<void> | null;
}

function pump(run: Running): void {
  const { options, queue } = run;
  while (!run.pause && options.stream.connected() && run.inFlight < options.inFlightMax && !options.full()) {
    const entry = queue.shift();
    if (!entry) return;
    run.queuedBytes -= entry.message.body.length;
    run.inFlight += 1;
    void publish(run, entry);
  }
}

/** Never rejects. */
async function publish(run: Running, { message, settle }: Entry): Promise<void> {
  let fate: Fate = "published";
  let reason = "";
  try {
    await run.options.stream.publish(message, run.options.timeoutMs);
    run.failures = 0;
  } catch (error) {
    fate = refusedForGood(error) ? "refused" : "failed";
    reason = reasonOf(error);
    if (fate === "failed") run.pause ??= rest(run, error);
  }
  await run.options.onFate(message, fate, reason);
  run.inFlight -= 1;
  settle(fate);
  if (run.inFlight === 0 && run.queue.length === 0) run.idle.ring();
  pump(run);
}

/** Waits until NATS takes messages again. */
async function rest(run: Running, error: unknown): Promise<void> {
  const { stream, log, onResume } = run.options;
  const { signal } = run.stopped;
  log.warn({ reason: reasonOf(error) }, "Publishing pauses; commits wait in their histories");
  do {
    await wait(backoffMs(run.failures, PAUSE_FIRST_MS, PAUSE_MAX_MS), signal);
    run.failures += 1;
  } while (!signal.aborted && !(await ready(stream, log, noRoom(error))));
  run.pause = null;
  pump(run);
  onResume();
}

async function stop(run: Running, ms: number): Promise<void> {
  const over = Date.now() + ms;
  const hopeful = (): boolean => Date.now() < over && run.options.stream.connected() && !run.pause;
  while (run.queue.length + run.inFlight > 0 && hopeful()) await run.idle.sleep(Math.min(50, ms));
  run.stopped.abort();
  for (const { settle } of run.queue.splice(0)) settle("failed");
  run.queuedBytes = 0;
}

export function createOutbox(options: OutboxOptions): Outbox {
  const run: Running = {
    options,
    queue: [],
    idle: createBell(),
    stopped: new AbortController(),
    queuedBytes: 0,
    inFlight: 0,
    failures: 0,
    pause: null,
  };
  return {
    put: (message) =>
      new Promise((settle) => {
        if (run.stopped.signal.aborted) {
          settle("failed");
          return;
        }
        run.queue.push({ message, settle });
        run.queuedBytes += message.body.length;
        pump(run);
      }),
    queued: () => run.queue.length,
    queuedBytes: () => run.queuedBytes,
    inFlight: () => run.inFlight,
    paused: () => run.pause !== null || !options.stream.connected(),
    pump: () => pump(run),
    stop: (ms) => stop(run, ms),
  };
}

/** Looks whether NATS takes messages again, and helps where it can. */
async function ready(stream: CommitStream, log: Logger, makeRoom: boolean): Promise<boolean> {
  if (!stream.connected()) return false;
  try {
    await stream.ensure();
    if (!makeRoom) return true;
    const removed = await stream.makeRoom();
    if (removed === 0) log.error("The stream of commits is full of messages that some consumer has not read");
    return removed > 0;
  } catch (error) {
    log.warn({ reason: reasonOf(error) }, "NATS does not take commits yet");
    return false;
  }
}
