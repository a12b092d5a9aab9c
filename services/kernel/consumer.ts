/**
 * Brings commits to one reader, durably: what was acknowledged was read or parked, what was not comes again, and what
 * the stream lost is found in the histories. Everything that reaches the reader goes through one lane, so that it
 * is never called twice at a time within a process.
 */
import type { JsMsg } from "nats";
import type { Commit } from "../../models/kernel/row";
import { checkName } from "./attach";
import {
  CONSUMER_LIMITS,
  NOTHING_READ,
  type Consumer,
  type ConsumerLimits,
  type ConsumerOptions,
  type ConsumerStatus,
} from "./consumer-options";
import { decodeBatch, refOf } from "./decode-batch";
import { createIntake, type Intake } from "./intake";
import { isolate, whileDown, type Isolation } from "./isolate";
import { parkedFor } from "./parked";
import { reconcile, type HistoryReader } from "./reconcile";
import { createWatch, type Watch } from "./watch";
import { backoffMs, createBell, reasonOf, wait, within } from "./wait";

export type { Consumer, ConsumerLimits, ConsumerOptions, ConsumerStatus } from "./consumer-options";

/** What the parts of a running consumer share. */
interface Running {
  readonly options: ConsumerOptions;
  readonly limits: ConsumerLimits;
  readonly signal: AbortSignal;
  readonly isolation: Isolation;
  readonly status: { -readonly [K in keyof ConsumerStatus]: ConsumerStatus[K] };
  lane: Promise<unknown>;
}

const PULL_EXPIRES_MS = 10_000;
const TOO_NEW_DELAY_MS = 5_000;

/** Parks a reference; waits for the store for as long as it takes, because a commit must not vanish. */
async function park(run: Running, ref: Pick<Commit, "aggregate" | "aggregateId" | "version">, why: Why): Promise<void> {
  const { parked, reader, log } = run.options;
  const entry = parkedFor(reader.name, ref, { ...why, at: new Date().toISOString() });
  await whileDown(() => parked.put(entry), run.isolation, true);
  run.status.parked = await parked.count(reader.name).catch(() => run.status.parked + 1);
  log.error({ reader: reader.name, commit: entry._id, reason: why.reason }, "A commit cannot be read and is parked");
}

interface Why {
  readonly reason: string;
  readonly attempts: number;
}

/** A stamp of a clock that is too far ahead is a matter for whoever commands, not for who reads. */
function observe(run: Running, hlc: string): void {
  try {
    run.options.clock?.observe(hlc);
  } catch (error) {
    run.options.log.warn({ reader: run.options.reader.name, reason: reasonOf(error) }, "A commit has a wrong stamp");
  }
}

/** Hands commits to the reader, one batch at a time. */
async function readCommits(run: Running, commits: readonly Commit[]): Promise<void> {
  if (commits.length === 0) return;
  const turn = run.lane.then(() => isolate(run.options.reader, commits, run.isolation));
  run.lane = turn.catch(() => undefined);
  await turn;
  const newest = commits.reduce((max, { hlc }) => (hlc > max ? hlc : max), "");
  observe(run, newest);
  Object.assign(run.status, { targetDown: null, lastReadAt: new Date().toISOString(), lastReadHlc: newest });
  run.status.read += commits.length;
}

async function readMessages(run: Running, messages: readonly JsMsg[]): Promise<readonly JsMsg[]> {
  const { reader, kept, log } = run.options;
  const { aggregates, heads = true } = reader;
  const { commits, bad, tooNew } = decodeBatch(messages, { aggregates, kept, heads });
  for (const { message, reason } of bad) await park(run, refOf(message), { reason, attempts: 1 });
  if (tooNew.length > 0) {
    log.warn({ reader: reader.name, commits: tooNew.length }, "Commits of a newer build are left to nodes that run it");
    for (const message of tooNew) message.nak(TOO_NEW_DELAY_MS);
  }
  await readCommits(run, commits);
  return tooNew.length === 0 ? messages : messages.filter((message) => !tooNew.includes(message));
}

/** Pulls messages until stream, consumer or connection are gone. */
async function pull(run: Running, intake: Intake): Promise<void> {
  const { stream, reader } = run.options;
  const consumer = await stream.js.consumers.get(stream.name, reader.name);
  const messages = await consumer.consume({
    max_messages: run.limits.ackPendingMax,
    expires: PULL_EXPIRES_MS,
    abort_on_missing_resource: true,
    callback: (message) => intake.push(message),
  });
  run.status.attached = true;
  const stop = (): void => void messages.close();
  run.signal.addEventListener("abort", stop, { once: true });
  const error = await messages.closed();
  run.signal.removeEventListener("abort", stop);
  if (error) throw error;
}

async function followForEver(run: Running, intake: Intake, watch: Watch): Promise<void> {
  for (let failures = 0; !run.signal.aborted; failures++) {
    try {
      await watch.look();
      failures = 0;
      await pull(run, intake);
    } catch (error) {
      const reader = run.options.reader.name;
      run.options.log.warn({ reader, reason: reasonOf(error) }, "A reader lost its stream and takes it up again");
    }
    run.status.attached = false;
    await wait(backoffMs(failures, 200, 5_000), run.signal);
  }
}

function prepare(options: ConsumerOptions, signal: AbortSignal): Running {
  checkName(options.reader.name);
  const limits = { ...CONSUMER_LIMITS, ...options.limits };
  const run: Running = {
    options,
    limits,
    signal,
    isolation: {
      ...limits,
      signal,
      park: (commit, reason, attempts) => park(run, commit, { reason, attempts }),
      onTargetDown(reason) {
        if (run.status.targetDown === null) {
          options.log.warn({ reader: options.reader.name, reason }, "What the reader writes to is down; it waits");
        }
        run.status.targetDown = reason;
      },
    },
    status: { ...NOTHING_READ },
    lane: Promise.resolve(),
  };
  return run;
}

export function createConsumer(options: ConsumerOptions): Consumer {
  const stopping = new AbortController();
  const run = prepare(options, stopping.signal);
  const { limits, status, signal } = run;
  const { stream, reader, histories } = options;
  const { heads = true } = reader;
  const intake = createIntake({ ...limits, signal, heads, read: (messages) => readMessages(run, messages) });
  const lane: HistoryReader = { ...reader, read: (commits) => readCommits(run, commits) };
  const watch = createWatch({
    ...options,
    reader: lane,
    limits,
    signal,
    onSight: (pending) => (status.pending = pending),
    onNewConsumer: () => intake.forget(),
    onProgress: (done) => (status.reconciling = done),
  });
  const bell = createBell();
  let running: Promise<unknown> = Promise.resolve();
  let forgetReconnect = (): void => undefined;

  const watchForEver = async (): Promise<void> => {
    while (!signal.aborted) {
      await bell.sleep(limits.lookEveryMs, signal);
      if (status.attached) await watch.look().catch(() => undefined);
    }
  };
  return {
    async start() {
      status.parked = await options.parked.count(reader.name);
      forgetReconnect = stream.onReconnect(() => bell.ring());
      running = Promise.all([intake.run(), followForEver(run, intake, watch), watchForEver()]);
      running.catch((error: unknown) => options.log.debug({ reason: reasonOf(error) }, "A reader was interrupted"));
    },
    async stop() {
      forgetReconnect();
      stopping.abort();
      const ended = Promise.allSettled([running, watch.ended()]);
      await within(limits.stopMs, `Stopping the reader ${reader.name}`, ended).catch((error: unknown) =>
        options.log.warn({ reason: reasonOf(error) }, "What was being read comes again"),
      );
    },
    status: () => ({ ...status, ackPending: intake.held() }),
    hurry: () => intake.hurry(),
    reconcile: () => reconcile(lane, histories, { pageSize: limits.pageSize, signal }),
  };
}
