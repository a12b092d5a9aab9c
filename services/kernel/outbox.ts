/**
 * The part of the relay that publishes: a bounded queue in front of a bounded number of messages in flight, each
 * with a timeout. What fails for a reason of its own (too large) is parked; when NATS itself fails, publishing
 * pauses until it answers again. What is dropped here is still in its history, where the sweeper finds it.
 */
import { ErrorCode, NatsError } from "nats";
import type { Logger } from "pino";
import type { CommitStream } from "./jetstream";
import { backoffMs, createBell, reasonOf, wait } from "./wait";
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

export function createOutbox(options: OutboxOptions): Outbox {
  const { stream, log } = options;
  const queue: Entry[] = [];
  const idle = createBell();
  const stopped = new AbortController();
  let queuedBytes = 0;
  let inFlight = 0;
  let pause: Promise<void> | null = null;
  let failures = 0;

  const publish = async ({ message, settle }: Entry): Promise<void> => {
    let fate: Fate = "published";
    let reason = "";
    try {
      await stream.publish(message, options.timeoutMs);
      failures = 0;
    } catch (error) {
      fate = refusedForGood(error) ? "refused" : "failed";
      reason = reasonOf(error);
      if (fate === "failed") pause ??= rest(error).finally(() => (pause = null));
    }
    await options.onFate(message, fate, reason);
    inFlight -= 1;
    settle(fate);
    if (inFlight === 0 && queue.length === 0) idle.ring();
    pump();
  };
  const rest = async (error: unknown): Promise<void> => {
    log.warn({ reason: reasonOf(error) }, "Publishing pauses; commits wait in their histories");
    do {
      await wait(backoffMs(failures, PAUSE_FIRST_MS, PAUSE_MAX_MS), stopped.signal);
      failures += 1;
    } while (!stopped.signal.aborted && !(await ready(stream, log, noRoom(error))));
    // after `pause` is null again
    setImmediate(() => {
      pump();
      options.onResume();
    });
  };
  const pump = (): void => {
    while (!pause && stream.connected() && inFlight < options.inFlightMax && !options.full()) {
      const entry = queue.shift();
      if (!entry) return;
      queuedBytes -= entry.message.body.length;
      inFlight += 1;
      void publish(entry);
    }
  };
  return {
    put(message) {
      return new Promise((settle) => {
        if (stopped.signal.aborted) return settle("failed");
        queue.push({ message, settle });
        queuedBytes += message.body.length;
        pump();
      });
    },
    queued: () => queue.length,
    queuedBytes: () => queuedBytes,
    inFlight: () => inFlight,
    paused: () => pause !== null || !stream.connected(),
    pump,
    async stop(ms) {
      const over = Date.now() + ms;
      while (queue.length + inFlight > 0 && Date.now() < over && stream.connected() && !pause) {
        await idle.sleep(Math.min(50, ms));
      }
      stopped.abort();
      for (const { settle } of queue.splice(0)) settle("failed");
      queuedBytes = 0;
    },
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
