/**
 * Holds the messages that a consumer was given until they are read: gathers them into batches, keeps telling the
 * server that they are being worked on, and acknowledges each when its batch is done, or when newer ones have overtaken
 * it. Bounded by the server, which hands out no more than `max_ack_pending`.
 */
import type { JsMsg } from "nats";
import { gatherMsAfter, NO_BATCH, type GatherLimits, type LastBatch } from "./gather";
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
  /** Whether the machine is at its limit. */
  readonly crowded: () => boolean;
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

interface Gathering {
  readonly options: IntakeOptions;
  readonly room: WaitingRoom;
  readonly held: ReadonlyMap<number, Held>;
  readonly bell: Bell;
  awaitedUntil: number;
}

/** Resolves when there is a full batch, or some message has waited for long enough. */
async function gathered(gathering: Gathering, last: LastBatch): Promise<void> {
  const { options, room, held, bell } = gathering;
  const { signal, batchMax, ackPendingMax } = options;
  while (room.aggregates() === 0 && !signal.aborted) await bell.sleep(IDLE_MS, signal);
  const began = Date.now();
  const crowded = options.crowded();
  const leftMs = (): number => {
    const awaited = Date.now() < gathering.awaitedUntil;
    return began + gatherMsAfter(options, last, { crowded, awaited }) - Date.now();
  };
  const more = (): boolean => room.aggregates() < batchMax && held.size < ackPendingMax && !signal.aborted;
  for (let left = leftMs(); left > 0 && more(); left = leftMs()) await bell.sleep(left, signal);
}

export function createIntake(options: IntakeOptions): Intake {
  const held = new Map<number, Held>();
  const room = createWaitingRoom(options.heads);
  const bell = createBell();
  const gathering: Gathering = { options, room, held, bell, awaitedUntil: 0 };
  let came = 0;

  const settle = (batch: readonly Held[], done: readonly JsMsg[]): void => {
    const sequences = new Set(done.map(({ seq }) => seq));
    for (const entry of batch) {
      const { message } = entry;
      // another entry under this number: forgotten meanwhile, it belongs to a stream that is gone
      if (held.get(message.seq) !== entry) continue;
      held.delete(message.seq);
      if (sequences.has(message.seq)) message.ack();
    }
  };
  const working = (): void => {
    for (const { message } of held.values()) message.working();
  };
  const readOne = async (): Promise<LastBatch> => {
    const began = Date.now();
    const { batch, aggregates } = room.take(options.batchMax);
    const messages = came;
    came = 0;
    if (batch.length > 0) settle(batch, await options.read(batch.map(({ message }) => message)));
    return { readMs: Date.now() - began, messages, aggregates };
  };
  return {
    push(message) {
      const known = held.get(message.seq);
      if (known) {
        known.message = message;
        return;
      }
      const entry: Held = { message };
      held.set(message.seq, entry);
      came += 1;
      const overtaken = room.add(entry);
      settle(
        overtaken,
        overtaken.map((one) => one.message),
      );
      if (room.aggregates() === 1 || room.aggregates() >= options.batchMax || held.size >= options.ackPendingMax)
        bell.ring();
    },
    held: () => held.size,
    hurry() {
      gathering.awaitedUntil = Date.now() + AWAITED_MS;
      bell.ring();
    },
    forget() {
      held.clear();
      room.clear();
    },
    async run() {
      const timer = setInterval(working, options.ackWaitMs / 3);
      try {
        for (let last = NO_BATCH; !options.signal.aborted;) {
          await gathered(gathering, last);
          last = await readOne();
        }
      } finally {
        clearInterval(timer);
        for (const { message } of held.values()) message.nak();
        held.clear();
      }
    },
  };
}
