/**
 * Counts searches as they are answered, whoever asks: written in batches a moment later, for nobody waits for it. What
 * comes while the store does not answer is bounded; beyond that it is left out, and said so in the log.
 */
import type { Logger } from "pino";
import type { CountedFacts } from "../../models/kernel/counted-facts";
import { derivedId } from "../../models/kernel/ids";
import type { Pepper } from "../kernel/pepper";
import { reasonOf } from "../kernel/wait";
import type { Counted } from "./events.service";
import type { Learner } from "./learner.service";
import { keyIn } from "./query-id.service";

export interface Searched {
  readonly queryId: string;
  readonly channel?: string | undefined;
  readonly section?: string | undefined;
  readonly results: number;
  readonly shown: number;
}

export interface Counter {
  /** Never waits and never fails. */
  searched(search: Searched): void;
  /** Writes what waits. */
  stop(): Promise<void>;
}

export interface CounterOptions {
  readonly counted: Pick<CountedFacts<Counted>, "append">;
  readonly learner: Pick<Learner, "counted">;
  readonly pepper: Pepper;
  readonly now: () => string;
  readonly log: Pick<Logger, "warn">;
}

const FLUSH_MS = 250;
const BATCH_MAX = 500;
const WAITING_MAX = 10_000;

/** One search is counted once, whoever tells of it: the mall itself, and the browser that was answered. */
export const searchedId = (queryId: string): string => derivedId("counted search", queryId);

export function createCounter({ counted, learner, pepper, now, log }: CounterOptions): Counter {
  let waiting: Counted[] = [];
  let writing: Promise<void> = Promise.resolve();
  async function write(): Promise<void> {
    const batch = waiting.slice(0, BATCH_MAX);
    if (batch.length === 0) return;
    try {
      await counted.append(batch);
      learner.counted(batch);
      waiting = waiting.slice(batch.length);
    } catch (error) {
      log.warn({ reason: reasonOf(error) }, "Searches wait to be counted: the store does not answer");
      if (waiting.length > WAITING_MAX) waiting = waiting.slice(-WAITING_MAX);
    }
  }
  const flush = (): Promise<void> => (writing = writing.then(write));
  const timer = setInterval(() => void flush(), FLUSH_MS);
  timer.unref();
  return {
    searched({ queryId, channel, section, results, shown }) {
      const place = { ...(channel !== undefined && { channel }), ...(section !== undefined && { section }) };
      const key = { queryKey: keyIn(pepper, queryId) ?? "", searchId: derivedId("search", queryId) };
      waiting.push({ _id: searchedId(queryId), kind: "search", at: now(), ...key, results, shown, ...place });
    },
    async stop() {
      clearInterval(timer);
      await flush();
    },
  };
}
