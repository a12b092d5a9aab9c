/**
 * Holds the messages that a consumer was given until they are read: gathers them into batches, keeps telling the
 * server that they are being worked on, and acknowledges each when its batch is done. Bounded by the server, which
 * hands out no more than `max_ack_pending`.
 */
import type { JsMsg } from "nats";
import { createBell, type Bell } from "./wait";

export interface IntakeOptions {
  readonly batchMax: number;
  /** A batch that is not full is read after this time; where reading takes long, the next one gathers for longer. */
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

/**
 * Gathering lasts so many times as long as the last batch took to read: with time to spare a commit waits for nobody,
 * and where the machine is at its limit, what changes again within the second is written once.
 */
const GATHER_PER_READ = 3;

/** How long the next batch gathers after one that took `readMs`. */
export const gatherMsAfter = ({ batchMs, batchMsMax }: GatherLimits, readMs: number): number =>
  Math.min(Math.max(batchMs, batchMsMax), Math.max(batchMs, readMs * GATHER_PER_READ));

type GatherLimits = Pick<IntakeOptions, "batchMs" | "batchMsMax">;

/** Resolves when there is a full batch, or some message has waited for long enough. */
async function gathered(
  options: IntakeOptions,
  bell: Bell,
  ask: { waiting: () => number; readMs: number },
): Promise<void> {
  const { signal, batchMax } = options;
  const { waiting } = ask;
  const gatherMs = gatherMsAfter(options, ask.readMs);
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
      const timer = setInterval(working, options.ackWaitMs / 3);
      try {
        for (let readMs = 0; !options.signal.aborted;) {
          await gathered(options, bell, { waiting: () => waiting.length, readMs });
          const began = Date.now();
          const batch = waiting.splice(0, options.batchMax).flatMap((sequence) => held.get(sequence) ?? []);
          if (batch.length > 0) settle(batch, await options.read(batch.map(({ message }) => message)));
          readMs = Date.now() - began;
        }
      } finally {
        clearInterval(timer);
        for (const { message } of held.values()) message.nak();
        held.clear();
      }
    },
  };
}
