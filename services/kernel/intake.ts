/**
 * Holds the messages that a consumer was given until they are read: gathers them into batches, keeps telling the
 * server that they are being worked on, and acknowledges each when its batch is done, or when newer ones have overtaken
 * it. Bounded by the server, which hands out no more than `max_ack_pending`.
 */
import type { JsMsg } from "nats";
import { gatherMsAfter, type GatherLimits } from "./gather";
import { createBell, type Bell } from "./wait";
import { createWaitingRoom, type Held, type WaitingRoom } from "./waiting";

export interface IntakeOptions extends GatherLimits {
  /** Different aggregates that are read at once. */
  readonly batchMax: number;
  /** Messages that the server hands out at most: more do not come, whatever is waited for. */
  readonly ackPendingMax: number;
  readonly ackWaitMs: number;
  readonly signal: AbortSignal;
  /** False for a reader that needs every version. */
  readonly heads: boolean;
  /** Reads a batch; gives the messages that are done. Rejects only when reading was interrupted. */
  readonly read: (messages: readonly JsMsg[]) => Promise<readonly JsMsg[]>;
}

export interface Intake {
  push(message: JsMsg): void;
  /** Messages held, in a batch or waiting for one. */
  held(): number;
  /** Somebody waits for what is read here: it gathers no longer than it must, for a while. */
  hurry(): void;
  /** Forgets all: the stream they came from is gone, and acknowledging them would hit others. */
  forget(): void;
  /** Reads batches until the signal is aborted, then gives back what was not read. */
  run(): Promise<void>;
}

const IDLE_MS = 1_000;
/** Who waits says so several times a second. */
const AWAITED_MS = 600;

/** What the parts of a running intake share. */
interface Running {
  readonly options: IntakeOptions;
  readonly room: WaitingRoom;
  readonly held: Map<number, Held>;
  readonly bell: Bell;
  awaitedUntil: number;
}

const isFull = ({ options, room, held }: Running): boolean =>
  room.aggregates() >= options.batchMax || held.size >= options.ackPendingMax;

/** Resolves when there is a full batch, or some message has waited for long enough. */
async function gathered(run: Running, lastReadMs: number): Promise<void> {
  const { options, room, bell } = run;
  const { signal } = options;
  while (room.aggregates() === 0 && !signal.aborted) await bell.sleep(IDLE_MS, signal);
  const began = Date.now();
  const leftMs = (): number => {
    const awaited = Date.now() < run.awaitedUntil;
    return began + gatherMsAfter(options, lastReadMs, awaited) - Date.now();
  };
  for (let left = leftMs(); left > 0 && !isFull(run) && !signal.aborted; left = leftMs()) {
    await bell.sleep(left, signal);
  }
}

function settle({ held }: Running, batch: readonly Held[], done: readonly JsMsg[]): void {
  const sequences = new Set(done.map(({ seq }) => seq));
  for (const entry of batch) {
    const { message } = entry;
    // another entry under this number: forgotten meanwhile, it belongs to a stream that is gone
    if (held.get(message.seq) !== entry) continue;
    held.delete(message.seq);
    if (sequences.has(message.seq)) message.ack();
  }
}

const messagesOf = (batch: readonly Held[]): readonly JsMsg[] => batch.map(({ message }) => message);

/** Gives how long it took, in milliseconds. */
async function readOne(run: Running): Promise<number> {
  const { options, room } = run;
  const began = Date.now();
  const batch = room.take(options.batchMax);
  if (batch.length > 0) settle(run, batch, await options.read(messagesOf(batch)));
  return Date.now() - began;
}

function take(run: Running, message: JsMsg): void {
  const { held, room, bell } = run;
  const known = held.get(message.seq);
  if (known) {
    known.message = message;
    return;
  }
  const entry: Held = { message };
  held.set(message.seq, entry);
  const overtaken = room.add(entry);
  if (overtaken.length > 0) settle(run, overtaken, messagesOf(overtaken));
  if (room.aggregates() === 1 || isFull(run)) bell.ring();
}

export function createIntake(options: IntakeOptions): Intake {
  const { heads, signal, ackWaitMs } = options;
  const held = new Map<number, Held>();
  const room = createWaitingRoom(heads);
  const bell = createBell();
  const run: Running = { options, room, held, bell, awaitedUntil: 0 };
  const working = (): void => {
    for (const { message } of held.values()) message.working();
  };
  return {
    push: (message) => take(run, message),
    held: () => held.size,
    hurry() {
      run.awaitedUntil = Date.now() + AWAITED_MS;
      bell.ring();
    },
    forget() {
      held.clear();
      room.clear();
    },
    async run() {
      const timer = setInterval(working, ackWaitMs / 3);
      try {
        for (let lastReadMs = 0; !signal.aborted;) {
          await gathered(run, lastReadMs);
          lastReadMs = await readOne(run);
        }
      } finally {
        clearInterval(timer);
        for (const { message } of held.values()) message.nak();
        held.clear();
      }
    },
  };
}
