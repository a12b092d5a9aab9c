/**
 * Hands what was counted on to the analytics of searches, a moment later and in batches. What is counted is durable
 * before: after a start, what may not have been handed on is read from there once more, and nothing is counted twice.
 */
import type { Logger } from "pino";
import type { LearnSearches, Reworded, SaidWords, SearchFact } from "../../models/analytics/analytics.contract";
import type { TrialFact } from "../../models/experiment/experiment.facts.contract";
import type { CountedFacts } from "../../models/kernel/counted-facts";
import type { AskedSearch, RecordAsked } from "../../models/product/product.suggest.contract";
import { reasonOf } from "../kernel/wait";
import type { Counted } from "./events.service";

export interface Learner {
  /** None of these waits or fails. */
  counted(facts: readonly Counted[]): void;
  said(words: readonly SaidWords[]): void;
  reworded(words: readonly Reworded[]): void;
  /** What may be suggested to others, once enough asked the same. */
  asked(searches: readonly AskedSearch[]): void;
  /** Reads once more what was counted lately; never fails. */
  catchUp(): Promise<void>;
  /** Hands on what waits. */
  stop(): Promise<void>;
}

export interface LearnerOptions {
  readonly learn: (searches: LearnSearches) => Promise<unknown>;
  readonly suggest: (searches: RecordAsked) => Promise<unknown>;
  readonly counted: Pick<CountedFacts<Counted>, "since">;
  readonly now: () => string;
  readonly log: Pick<Logger, "warn">;
}

const FLUSH_MS = 500;
const BATCH_MAX = 500;
const WAITING_MAX = 5_000;
const CATCH_UP_MS = 60 * 60_000;

/** What concerns a search; that something was merely shown is counted by the search itself. */
function searchFact({
  _id: id,
  kind,
  queryKey = "",
  shown: _shown,
  recommendationId: _by,
  trial: _trial,
  ...fact
}: Counted): SearchFact[] {
  return queryKey === "" || kind === "impression" || kind === "checkout" ? [] : [{ id, kind, queryKey, ...fact }];
}

function trialFact({ _id: id, at, kind, searchId, revenue, trial }: Counted): TrialFact[] {
  if (trial === undefined || kind === "impression" || kind === "checkout") return [];
  const more = { ...(searchId !== undefined && { searchId }), ...(revenue !== undefined && { revenue }) };
  return [{ id, at, kind, ...more, ...trial }];
}

interface Waiting {
  facts: SearchFact[];
  trials: TrialFact[];
  words: SaidWords[];
  reworded: Reworded[];
  asked: AskedSearch[];
}

const firstOf = <T>(all: readonly T[]): T[] => all.slice(0, BATCH_MAX);

/** Hands on what was counted from a moment on, page by page. */
async function again(
  learn: LearnerOptions["learn"],
  counted: LearnerOptions["counted"],
  moment: string,
): Promise<void> {
  for (let from = moment; ;) {
    const page = await counted.since(from, BATCH_MAX);
    const last = page.at(-1)?.at ?? from;
    const [facts, trials] = [page.flatMap(searchFact), page.flatMap(trialFact)];
    if (facts.length + trials.length > 0) await learn({ facts, trials, words: [], reworded: [] });
    if (page.length < BATCH_MAX) return;
    // more of one millisecond than a page holds are passed over
    from = last > from ? last : new Date(Date.parse(from) + 1).toISOString();
  }
}

const waits = (log: LearnerOptions["log"], reason: unknown): void =>
  log.warn({ reason: reasonOf(reason) }, "What visitors searched for waits to be handed on");

export function createLearner({ learn, suggest, counted, now, log }: LearnerOptions): Learner {
  const waiting: Waiting = { facts: [], trials: [], words: [], reworded: [], asked: [] };
  let working = Promise.resolve();
  /** The oldest are let go of: the counted ones are in the store. */
  function add<K extends keyof Waiting>(kind: K, more: Waiting[K]): void {
    waiting[kind] = [...waiting[kind], ...more].slice(-WAITING_MAX) as Waiting[K];
  }
  async function handAnalytics(): Promise<void> {
    const batch = {
      ...{ facts: firstOf(waiting.facts), trials: firstOf(waiting.trials) },
      ...{ words: firstOf(waiting.words), reworded: firstOf(waiting.reworded) },
    };
    if (Object.values(batch).every(({ length }) => length === 0)) return;
    await learn(batch);
    waiting.facts = waiting.facts.slice(batch.facts.length);
    waiting.trials = waiting.trials.slice(batch.trials.length);
    waiting.words = waiting.words.slice(batch.words.length);
    waiting.reworded = waiting.reworded.slice(batch.reworded.length);
  }
  async function handSuggestions(): Promise<void> {
    const searches = firstOf(waiting.asked);
    if (searches.length === 0) return;
    await suggest({ searches });
    waiting.asked = waiting.asked.slice(searches.length);
  }
  async function hand(): Promise<void> {
    // one does not wait for the other to succeed
    for (const outcome of await Promise.allSettled([handAnalytics(), handSuggestions()])) {
      if (outcome.status === "rejected") waits(log, outcome.reason);
    }
  }
  const flush = (): Promise<void> => (working = working.then(hand));
  const timer = setInterval(() => void flush(), FLUSH_MS);
  timer.unref();
  return {
    counted(facts) {
      add("facts", facts.flatMap(searchFact));
      add("trials", facts.flatMap(trialFact));
    },
    said: (words) => add("words", [...words]),
    reworded: (words) => add("reworded", [...words]),
    asked: (searches) => add("asked", [...searches]),
    catchUp: () =>
      again(learn, counted, new Date(Date.parse(now()) - CATCH_UP_MS).toISOString()).catch((error: unknown) =>
        log.warn({ reason: reasonOf(error) }, "What was counted lately could not be read once more"),
      ),
    async stop() {
      clearInterval(timer);
      await flush();
    },
  };
}
