/**
 * Holds the messages that a consumer was given until they are read: gathers them into batches, keeps telling the
 * server that they are being worked on, and acknowledges each when its batch is done. Bounded by the server, which
 * hands out no more than `max_ack_pending`.
 */
import type { JsMsg } from "nats";
import { createBell } from "./wait";

export interface IntakeOptions {
  readonly batchMax: number;
  /** A batch that is not full is read after this time. */
  readonly batchMs: number;
  readonly ackWaitMs: number;
  readonly signal: AbortSignal;
  /** Reads a batch; gives the messages that are done. Rejects only when reading was interrupted. */
  readonly read: (messages: readonly JsMsg[]) => Promise<readonly JsMsg[]>;
}

export interface Intake {
  push(message: JsMsg): void;
  /** Messages held, in a batch or waiting for one. */
  held(): number;
  /** Forgets all: the stream they came from is gone, and acknowledging them would hit others. */
  forget(): void;
  /** Reads batches until the signal is aborted, then gives back what was not read. */
  run(): Promise<void>;
}

interface Held {
  /** The newest delivery: only that one can be acknowledged. */
  message: JsMsg;
}

export function createIntake(options: IntakeOptions): Intake {
  const held = new Map<number, Held>();
  let waiting: number[] = [];
  const bell = createBell();

  const nextBatch = async (): Promise<readonly Held[]> => {
    while (waiting.length === 0 && !options.signal.aborted) await bell.sleep(1_000, options.signal);
    const until = Date.now() + options.batchMs;
    while (waiting.length < options.batchMax && !options.signal.aborted) {
      const left = until - Date.now();
      if (left <= 0) break;
      await bell.sleep(left, options.signal);
    }
    const sequences = waiting.splice(0, options.batchMax);
    return sequences.flatMap((sequence) => held.get(sequence) ?? []);
  };
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
  return {
    push(message) {
      const known = held.get(message.seq);
      if (known) {
        known.message = message;
        return;
      }
      held.set(message.seq, { message });
      waiting.push(message.seq);
      if (waiting.length === 1 || waiting.length >= options.batchMax) bell.ring();
    },
    held: () => held.size,
    forget() {
      held.clear();
      waiting = [];
    },
    async run() {
      const timer = setInterval(working, options.ackWaitMs / 3);
      try {
        while (!options.signal.aborted) {
          const batch = await nextBatch();
          if (batch.length > 0) settle(batch, await options.read(batch.map(({ message }) => message)));
        }
      } finally {
        clearInterval(timer);
        for (const { message } of held.values()) message.nak();
        held.clear();
      }
    },
  };
}
