/**
 * Holds the messages that a consumer was given until they are read: gathers them into batches, keeps telling the
 * server that they are being worked on, and acknowledges each when its batch is done. Bounded by the server, which
 * hands out no more than `max_ack_pending`.
 */
import type { JsMsg } from "nats";
import { createBell, type Bell } from "./wait";

export interface IntakeOptions {
  readonly batchMax: number;
  /** A batch that is not full is read after this time; after a large batch, the next one gathers for longer. */
  readonly batchMs: number;
  readonly batchMsMax: number;
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

const IDLE_MS = 1_000;

interface Held {
  /** The newest delivery: only that one can be acknowledged. */
  message: JsMsg;
}

/** Milliseconds of gathering that each commit of the last batch adds. */
const LINGER_PER_COMMIT_MS = 4;

const lingerMs = ({ batchMs, batchMsMax }: IntakeOptions, last: number): number =>
  last <= 1 ? batchMs : Math.min(Math.max(batchMs, batchMsMax), batchMs + last * LINGER_PER_COMMIT_MS);

/** Resolves when there is a full batch, or some message has waited for long enough. */
async function gathered(
  options: IntakeOptions,
  bell: Bell,
  ask: { waiting: () => number; last: number },
): Promise<void> {
  const { signal, batchMax } = options;
  const { waiting } = ask;
  const gatherMs = lingerMs(options, ask.last);
  while (waiting() === 0 && !signal.aborted) await bell.sleep(IDLE_MS, signal);
  const until = Date.now() + gatherMs;
  for (let left = gatherMs; left > 0 && waiting() < batchMax && !signal.aborted; left = until - Date.now()) {
    await bell.sleep(left, signal);
  }
}

export function createIntake(options: IntakeOptions): Intake {
  const held = new Map<number, Held>();
  let waiting: number[] = [];
  const bell = createBell();

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
      let last = 0;
      const timer = setInterval(working, options.ackWaitMs / 3);
      try {
        while (!options.signal.aborted) {
          await gathered(options, bell, { waiting: () => waiting.length, last });
          const batch = waiting.splice(0, options.batchMax).flatMap((sequence) => held.get(sequence) ?? []);
          last = batch.length;
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
