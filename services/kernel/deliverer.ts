/**
 * Tells endpoints what waits for them: durable rows (deliveries.ts), taken one by one, tried again ever more rarely
 * over about three days. An endpoint has a few requests under way and all together have some more, so that one that is
 * slow holds up nobody else; what fails waits for its own next time, and what comes after it does not wait for it.
 */
import type { Logger } from "pino";
import { momentAfter } from "../../models/kernel/aggregate";
import type { Clock } from "../../models/kernel/clock";
import type { Iso } from "../../models/kernel/row";
import type { Delivery, DeliveryStore } from "./deliveries";
import type { Posted } from "./outgoing-post";
import { createBell, reasonOf, wait, type Bell } from "./wait";

export interface DelivererLimits {
  readonly perEndpoint: number;
  readonly overall: number;
  /** No other node takes a row for so long. */
  readonly leaseMs: number;
  /** How often an endpoint is looked at although nothing is known to wait for it: another node may have died. */
  readonly lookEveryMs: number;
  readonly stopMs: number;
}

export const DELIVERER_LIMITS: DelivererLimits = {
  perEndpoint: 4,
  overall: 64,
  leaseMs: 60_000,
  lookEveryMs: 15_000,
  stopMs: 5_000,
};

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** After the first attempt, the second one and so on: 75 hours and 35 minutes in all. */
export const RETRIES_MS: readonly number[] = [
  ...[5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR],
];
const RETRY_AFTER_MAX_MS = 24 * HOUR;

export type GaveUp = "GONE" | "FAILING";

export interface DelivererOptions {
  readonly store: DeliveryStore;
  /** Ids of those that are told at present. */
  readonly endpoints: () => Promise<readonly string[]>;
  /** Tells one; null: there is nothing to tell any more. */
  readonly tell: (delivery: Delivery, at: Iso) => Promise<Posted | null>;
  /** An endpoint cannot be told. */
  readonly gaveUp: (endpoint: string, reason: GaveUp, delivery: Delivery) => Promise<void>;
  readonly clock: Pick<Clock, "now">;
  readonly log: Logger;
  readonly limits?: Partial<DelivererLimits>;
}

export interface DelivererFigures {
  readonly delivered: number;
  readonly failed: number;
  readonly gaveUp: number;
  readonly underWay: number;
}

export interface Deliverer {
  start(): void;
  /** Something waits for these. */
  ring(endpoints: Iterable<string>): void;
  /** Lets what is under way end, for a bounded time. */
  stop(): Promise<void>;
  figures(): DelivererFigures;
}

/** How a row stands after an attempt. */
export function afterAttempt(delivery: Delivery, posted: Posted, at: Iso): Delivery {
  const { status, ms, reason, answer, retryAfter } = posted;
  const attempts = delivery.attempts + 1;
  const tried = {
    ...delivery,
    ...{ attempts, turn: delivery.turn + 1, begunAt: delivery.begunAt ?? at },
    last: { at, status, ms, reason, answer },
  };
  if (status !== null && status >= 200 && status < 300) return { ...tried, status: "delivered", nextAt: "" };
  const pauseMs = RETRIES_MS[delivery.attempts];
  if (pauseMs === undefined || status === 410) return { ...tried, status: "failed", nextAt: "" };
  const asked = Math.min((retryAfter ?? 0) * SECOND, RETRY_AFTER_MAX_MS);
  return { ...tried, nextAt: momentAfter(at, Math.max(pauseMs, asked)) };
}

interface Run {
  readonly options: DelivererOptions;
  readonly limits: DelivererLimits;
  readonly bell: Bell;
  readonly stopping: AbortController;
  /** When an endpoint's rows are looked at next, in milliseconds. */
  readonly lookAt: Map<string, number>;
  /** Requests under way, by endpoint. */
  readonly busy: Map<string, Set<string>>;
  readonly count: { delivered: number; failed: number; gaveUp: number; underWay: number };
}

const busyWith = ({ busy }: Run, endpoint: string): Set<string> => {
  const found = busy.get(endpoint) ?? new Set<string>();
  busy.set(endpoint, found);
  return found;
};

const nowMs = ({ options }: Run): number => Date.parse(options.clock.now());

function lookBy(run: Run, endpoint: string, ms: number): void {
  run.lookAt.set(endpoint, Math.min(run.lookAt.get(endpoint) ?? Infinity, ms));
  run.bell.ring();
}

async function settled(run: Run, taken: Delivery, posted: Posted | null): Promise<void> {
  const { store, clock, gaveUp } = run.options;
  const at = clock.now();
  const { endpoint } = taken;
  if (posted === null) {
    await store.swap(taken, { ...taken, status: "dropped", nextAt: "", turn: taken.turn + 1 });
    return;
  }
  const after = afterAttempt(taken, posted, at);
  await store.swap(taken, after);
  run.count[after.status === "delivered" ? "delivered" : "failed"] += 1;
  if (after.nextAt !== "") lookBy(run, endpoint, Date.parse(after.nextAt));
  if (after.status !== "failed") return;
  run.count.gaveUp += 1;
  if (posted.status === 410) return gaveUp(endpoint, "GONE", after);
  // one thing that it never takes is no reason to tell it nothing any more
  if (!(await store.deliveredSince(endpoint, after.begunAt ?? at))) await gaveUp(endpoint, "FAILING", after);
}

/** Takes a row, tells it, records it. What is not recorded is told again when the lease is over. */
async function attempt(run: Run, delivery: Delivery): Promise<void> {
  const { store, clock, tell } = run.options;
  const now = clock.now();
  const taken = { ...delivery, turn: delivery.turn + 1, nextAt: momentAfter(now, run.limits.leaseMs) };
  if (await store.swap(delivery, taken)) await settled(run, taken, await tell(taken, now));
}

function begin(run: Run, delivery: Delivery): void {
  const { endpoint, _id } = delivery;
  const own = busyWith(run, endpoint);
  own.add(_id);
  run.count.underWay += 1;
  attempt(run, delivery)
    .catch((error: unknown) => {
      run.options.log.warn({ endpoint, delivery: _id, reason: reasonOf(error) }, "A delivery is tried again later");
      lookBy(run, endpoint, nowMs(run) + run.limits.leaseMs);
    })
    .finally(() => {
      own.delete(_id);
      run.count.underWay -= 1;
      run.bell.ring();
    });
}

/** Begins what is due of one endpoint, as much as there is room for. */
async function lookAt(run: Run, endpoint: string): Promise<void> {
  const { store, clock } = run.options;
  const own = busyWith(run, endpoint);
  const room = Math.min(run.limits.perEndpoint - own.size, run.limits.overall - run.count.underWay);
  if (room <= 0) return;
  // before it is looked: what is rung for meanwhile is looked for again
  run.lookAt.set(endpoint, nowMs(run) + run.limits.lookEveryMs);
  const due = await store.due(endpoint, clock.now(), run.limits.perEndpoint);
  const fresh = due.filter(({ _id }) => !own.has(_id)).slice(0, room);
  fresh.forEach((delivery) => begin(run, delivery));
  if (fresh.length > 0) run.lookAt.set(endpoint, 0);
}

async function round(run: Run): Promise<number> {
  const told = await run.options.endpoints();
  const due = told.filter((endpoint) => (run.lookAt.get(endpoint) ?? 0) <= nowMs(run));
  // whoever waited longest first, so that all have their turn where there is room for few
  due.sort((a, b) => (run.lookAt.get(a) ?? 0) - (run.lookAt.get(b) ?? 0));
  for (const endpoint of due) await lookAt(run, endpoint);
  for (const known of run.lookAt.keys()) if (!told.includes(known)) run.lookAt.delete(known);
  const next = Math.min(...told.map((endpoint) => run.lookAt.get(endpoint) ?? 0), Infinity);
  return Math.min(SECOND, Math.max(next - nowMs(run), 0));
}

async function runForEver(run: Run): Promise<void> {
  const { signal } = run.stopping;
  while (!signal.aborted) {
    const pauseMs = await round(run).catch((error: unknown) => {
      run.options.log.warn({ reason: reasonOf(error) }, "What is to be told outside cannot be read and is tried again");
      return SECOND;
    });
    // rung when room is made: an endpoint that is full is no reason to go round and round
    await run.bell.sleep(run.count.underWay > 0 ? Math.max(pauseMs, 50) : pauseMs, signal);
  }
}

export function createDeliverer(options: DelivererOptions): Deliverer {
  const run: Run = {
    options,
    limits: { ...DELIVERER_LIMITS, ...options.limits },
    bell: createBell(),
    stopping: new AbortController(),
    lookAt: new Map(),
    busy: new Map(),
    count: { delivered: 0, failed: 0, gaveUp: 0, underWay: 0 },
  };
  let running: Promise<void> = Promise.resolve();
  return {
    start() {
      running = runForEver(run);
    },
    ring(endpoints) {
      for (const endpoint of endpoints) run.lookAt.set(endpoint, 0);
      run.bell.ring();
    },
    async stop() {
      run.stopping.abort();
      await running;
      const until = performance.now() + run.limits.stopMs;
      while (run.count.underWay > 0 && performance.now() < until) await wait(10);
    },
    figures: () => ({ ...run.count }),
  };
}
