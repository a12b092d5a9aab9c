/**
 * Durable timers: what an aggregate wants to be told later is a function of its state, projected by version like any
 * other read model, and sent as a command when its time has come. The command's id derives from the timer, so that
 * several nodes may run this and a crash between sending and recording does no harm.
 */
import type { Logger } from "pino";
import type { AnyAggregate, Due } from "../../models/kernel/aggregate";
import type { Clock } from "../../models/kernel/clock";
import type { AnyContract } from "../../models/kernel/contract";
import { derivedId, paramsHash } from "../../models/kernel/ids";
import { isRefusal } from "../../models/kernel/refusal";
import { commitRef, type Commit, type Iso } from "../../models/kernel/row";
import type { HistoryReader } from "./reconcile";
import { due, type Timer, type TimerDocument, type TimerStore } from "./timer-store";
import { backoffMs, createBell, reasonOf, within } from "./wait";

/** Sends a command in the name of the system. @throws a refusal, which is final, or an error, which is not */
export type Send = (
  command: string,
  params: object,
  options: { readonly commandId: string; readonly causedBy: string },
) => Promise<unknown>;

export interface TimersOptions {
  readonly store: TimerStore;
  readonly send: Send;
  readonly clock: Pick<Clock, "now">;
  readonly log: Logger;
  readonly pageSize?: number;
  /** No other node sends a document's commands for so long; a command that takes longer counts as failed. */
  readonly leaseMs?: number;
  /** It looks at least this often, for timers that others wrote. */
  readonly lookEveryMs?: number;
}

export interface Timers {
  start(): void;
  stop(): Promise<void>;
  status(): { readonly fired: number; readonly refused: number; readonly failed: number };
}

const PAGE_SIZE = 100;
const LEASE_MS = 30_000;
const LOOK_EVERY_MS = 1_000;
const LOOK_MIN_MS = 5;
const RETRY_FIRST_MS = 1_000;
const RETRY_MAX_MS = 300_000;
/** Refusals that say "not now" instead of "no". */
const NOT_NOW = [429, 503];
const NOT_NOW_TYPE = "WRITES_CONTENDED";

const plus = (at: Iso, ms: number): Iso => new Date(Date.parse(at) + ms).toISOString();

const nextOf = (timers: readonly Timer[]): Iso | null =>
  timers
    .filter(({ outcome }) => outcome === null)
    .map(({ at, retryAt }) => retryAt ?? at)
    .sort()[0] ?? null;

const fresh = ({ at, command, params }: Due): Timer => ({
  // moments compare as text, so they get one form
  at: new Date(at).toISOString(),
  command,
  params,
  attempts: 0,
  retryAt: null,
  reason: null,
  outcome: null,
});

/** What a commit leaves to be told later; nothing due is kept too, so that an older commit cannot bring it back. */
export function timersOf(aggregate: Pick<AnyAggregate, "due">, commit: Commit): TimerDocument {
  const timers = (aggregate.due?.(commit.state) ?? []).map(fresh);
  const { aggregate: name, aggregateId, version } = commit;
  return { _id: `${name}/${aggregateId}`, version, turn: 0, due: timers, nextAt: nextOf(timers) };
}

/** A command goes to the aggregate whose timer it is, unless its params name another one. */
export function addressed(contracts: readonly AnyContract[]): (command: string, params: object, id: string) => object {
  const keys = new Map(
    contracts.flatMap(({ actions }) => Object.entries(actions).map(([name, { key }]) => [name, key])),
  );
  return (command, params, id) => {
    const key = keys.get(command);
    return key === undefined ? params : { [key]: id, ...params };
  };
}

/** The same timer always sends the same command. */
export const timerCommandId = ({ _id, version }: Pick<TimerDocument, "_id" | "version">, timer: Due): string =>
  derivedId("timer", _id, String(version), timer.command, timer.at, paramsHash(timer.params));

/** Keeps `timers` as the histories say. */
export function timersReader(aggregates: readonly AnyAggregate[], store: TimerStore): HistoryReader {
  const wanted = new Map(aggregates.filter((one) => one.due).map((one) => [one.name, one]));
  return {
    name: "timers",
    aggregates: [...wanted.keys()],
    async read(commits) {
      const newest = new Map<string, TimerDocument>();
      for (const commit of commits) {
        const document = timersOf(wanted.get(commit.aggregate) ?? {}, commit);
        if ((newest.get(document._id)?.version ?? 0) < document.version) newest.set(document._id, document);
      }
      await store.project([...newest.values()]);
    },
  };
}

const final = (error: unknown): boolean =>
  isRefusal(error) && !NOT_NOW.includes(error.code) && error.type !== NOT_NOW_TYPE;

/** Sends one timer's command and tells what became of it. */
async function fire(options: TimersOptions, document: TimerDocument, timer: Timer): Promise<Timer> {
  const at = options.clock.now();
  const [source = ""] = document._id.split("#");
  const slash = source.indexOf("/");
  const causedBy = commitRef(source.slice(0, slash), source.slice(slash + 1), document.version);
  const ids = { commandId: timerCommandId(document, timer), causedBy };
  try {
    const sent = options.send(timer.command, timer.params, ids);
    await within(options.leaseMs ?? LEASE_MS, `The command ${timer.command}`, sent);
    return { ...timer, outcome: { fired: at } };
  } catch (error) {
    const reason = reasonOf(error);
    if (final(error)) return { ...timer, reason, outcome: { refused: (error as { type: string }).type, at } };
    options.log.warn({ ...ids, command: timer.command, reason }, "A timer's command failed and is tried again");
    const retryAt = plus(at, backoffMs(timer.attempts, RETRY_FIRST_MS, RETRY_MAX_MS));
    return { ...timer, attempts: timer.attempts + 1, retryAt, reason };
  }
}

/** Takes the document for itself, sends what is due, records it. Gives the timers that were sent. */
async function settle(options: TimersOptions, document: TimerDocument): Promise<readonly Timer[]> {
  const now = options.clock.now();
  const leased = { ...document, turn: document.turn + 1, nextAt: plus(now, 2 * (options.leaseMs ?? LEASE_MS)) };
  if (!(await options.store.swap(document, leased))) return [];
  const sent = new Map<Timer, Timer>();
  await Promise.all(
    document.due
      .filter((timer) => timer.outcome === null && due({ nextAt: timer.retryAt ?? timer.at }, now))
      .map(async (timer) => sent.set(timer, await fire(options, document, timer))),
  );
  const timers = document.due.map((timer) => sent.get(timer) ?? timer);
  // refused when the command made a newer version: then its own timers count
  await options.store.swap(leased, { ...leased, turn: leased.turn + 1, due: timers, nextAt: nextOf(timers) });
  return [...sent.values()];
}

export function createTimers(options: TimersOptions): Timers {
  const { store, clock, log, pageSize = PAGE_SIZE, lookEveryMs = LOOK_EVERY_MS } = options;
  const stopping = new AbortController();
  const bell = createBell();
  const count = { fired: 0, refused: 0, failed: 0 };
  let running: Promise<void> = Promise.resolve();

  const round = async (): Promise<number> => {
    const page = await store.due(clock.now(), pageSize);
    const sent = (await Promise.all(page.map((document) => settle(options, document)))).flat();
    for (const { outcome } of sent) {
      if (outcome === null) count.failed += 1;
      else if ("fired" in outcome) count.fired += 1;
      else count.refused += 1;
    }
    if (page.length === pageSize) return 0;
    const next = await store.next();
    const leftMs = next === null ? lookEveryMs : Date.parse(next) - Date.parse(clock.now());
    return Math.min(lookEveryMs, Math.max(LOOK_MIN_MS, leftMs));
  };
  const runForEver = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const pauseMs = await round().catch((error: unknown) => {
        log.warn({ reason: reasonOf(error) }, "Timers could not be read and are tried again");
        return lookEveryMs;
      });
      await bell.sleep(pauseMs, stopping.signal);
    }
  };
  return {
    start() {
      running = runForEver();
    },
    async stop() {
      stopping.abort();
      const waitMs = options.leaseMs ?? LEASE_MS;
      await within(waitMs, "Stopping the timers", running).catch(() => undefined);
    },
    status: () => ({ ...count }),
  };
}
