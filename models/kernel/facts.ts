/**
 * Facts are records that are only ever added: no aggregate, no versions, nothing decided by them. They are written in
 * bounded batches, each durable before whoever waits for it is told, and end by themselves after the time that their
 * kind is kept.
 */
import { randomId } from "./ids";
import type { PersonalFields } from "./model";
import type { Iso } from "./row";

/** `_id` begins with the moment, so that facts lie, and are paged, in the order of time. */
export interface Fact {
  readonly _id: string;
  readonly at: Iso;
}

export const factId = (at: Iso): string => `${at}/${randomId()}`;
export const FACT_ID_PATTERN = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\/[a-z0-9]{26}$/;

/** How facts of one kind are kept. */
export interface FactKind {
  readonly collection: string;
  /** Fields by which facts are asked for. */
  readonly indexed: readonly string[];
  readonly keptDays: number;
  /** Fields that are sealed with the key of the person whom the fact is about. */
  readonly personal?: PersonalFields;
}

export interface FactPage {
  /** Fields that must be equal. */
  readonly where: Readonly<Record<string, string>>;
  /** Not before, and before. */
  readonly from?: Iso;
  readonly to?: Iso;
  /** Only facts older than this one. */
  readonly before?: string;
  readonly limit: number;
}

export interface FactStore<F extends Fact> {
  /** Resolves when all are durable. Repeating it is safe. */
  append(facts: readonly F[]): Promise<void>;
  /** Newest first. */
  page(ask: FactPage): Promise<readonly F[]>;
  /** Their ids alone, newest first: for whoever has most of them already. */
  ids(ask: FactPage): Promise<readonly string[]>;
  /** Those of these ids, in whatever order. */
  those(ids: readonly string[]): Promise<readonly F[]>;
}

export interface FactWriter<F extends Fact> {
  /** Resolves when the fact is durable. @throws Error when too many wait already, or it stops before */
  write(fact: F): Promise<void>;
  /** Writes what waits, as long as the store takes it, and takes no more. */
  stop(): Promise<void>;
}

export interface FactWriterOptions<F extends Fact> {
  readonly store: Pick<FactStore<F>, "append">;
  /** Waits between attempts while the store does not answer. */
  readonly pause: (attempt: number) => Promise<void>;
  readonly batchMax?: number;
  readonly queueMax?: number;
}

interface Waiting<F> {
  readonly fact: F;
  resolve(): void;
  reject(error: Error): void;
}

const BATCH_MAX = 200;
const QUEUE_MAX = 5_000;
/** Attempts with one batch after the writer was told to stop. */
const LAST_ATTEMPTS = 2;

export function createFactWriter<F extends Fact>(options: FactWriterOptions<F>): FactWriter<F> {
  const { store, pause, batchMax = BATCH_MAX, queueMax = QUEUE_MAX } = options;
  const queue: Waiting<F>[] = [];
  let stopped = false;
  let running: Promise<void> | null = null;

  async function append(batch: readonly Waiting<F>[]): Promise<void> {
    for (let attempt = 0, last = 0; ; attempt++) {
      try {
        await store.append(batch.map(({ fact }) => fact));
        for (const one of batch) one.resolve();
        return;
      } catch (error) {
        if (stopped && ++last >= LAST_ATTEMPTS) {
          const why = new Error("The facts could not be written before the process stopped", { cause: error });
          for (const one of batch) one.reject(why);
          return;
        }
        await pause(attempt);
      }
    }
  }
  async function drain(): Promise<void> {
    while (queue.length > 0) await append(queue.splice(0, batchMax));
    running = null;
  }
  return {
    write: (fact) =>
      new Promise((resolve, reject) => {
        if (stopped || queue.length >= queueMax) {
          reject(new Error(stopped ? "The writer of facts has stopped" : `${queueMax} facts wait already`));
          return;
        }
        queue.push({ fact, resolve, reject });
        // what is written in the same turn goes out together
        running ??= Promise.resolve().then(drain);
      }),
    async stop() {
      stopped = true;
      await running;
    },
  };
}
