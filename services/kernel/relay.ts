/**
 * The relay publishes commits that are durable in their history. The fast path is a bounded queue fed by the writer
 * in the same process; what does not fit, fails or was left behind by a crash is found by the sweeper. A command
 * never waits for it and never fails because of it, whatever becomes of NATS.
 */
import type { Commit } from "../../models/kernel/row";
import type { Announced } from "./delivery";
import { createMarker, type Marker } from "./marker";
import { createOutbox, type Fate, type Outbox } from "./outbox";
import { parkedFor, type Parked } from "./parked";
import { RELAY_LIMITS, type FullRelay, type RelayLimits, type RelayOptions } from "./relay-options";
import { sweep, type Sweep } from "./sweeper";
import { createBell, reasonOf, within, type Bell } from "./wait";
import { announced, messageOf, type Message } from "./wire";

export type { FullRelay, FullRelayStatus, RelayLimits, RelayOptions } from "./relay-options";

/** Under this name the relay parks. */
export const RELAY = "relay";

const PARKED_PAGE = 100;

const keyOf = (aggregate: string, rowId: string): string => `${aggregate}/${rowId}`;

/** What the parts of a running relay share. */
interface Running {
  readonly options: RelayOptions;
  readonly limits: RelayLimits;
  /** Rows that are queued, in flight or waiting for their mark: the sweeper leaves them alone. */
  readonly held: Set<string>;
  readonly count: { published: number; parked: number; dropped: number; swept: number };
  readonly bell: Bell;
  readonly stopping: AbortController;
  readonly marker: Marker;
  readonly outbox: Outbox;
}

async function park(run: Running, message: Message, reason: string): Promise<boolean> {
  const { parked, log } = run.options;
  try {
    await parked.put(parkedFor(RELAY, message, { reason, at: new Date().toISOString(), attempts: 1 }));
    run.count.parked = await parked.count(RELAY);
    log.error({ commit: message.msgId, reason }, "A commit cannot be published and is parked");
    return true;
  } catch (error) {
    log.error({ commit: message.msgId, reason: reasonOf(error) }, "A commit cannot be published nor parked");
    return false;
  }
}

async function settle(run: Running, message: Message, fate: Fate, reason: string): Promise<void> {
  const { aggregate, rowId } = message;
  if (fate === "published") run.count.published += 1;
  const settled = fate === "published" || (fate === "refused" && (await park(run, message, reason)));
  // a parked row leaves the outbox too: from now on its own collection tells of it
  if (settled) run.marker.add(aggregate, rowId);
  else run.held.delete(keyOf(aggregate, rowId));
}

function put(run: Running, commit: Announced): Promise<Fate> {
  const message = messageOf(run.options.stream.namespace, commit);
  run.held.add(keyOf(message.aggregate, message.rowId));
  return run.outbox.put(message);
}

const fits = ({ outbox, limits, stopping }: Running): boolean =>
  !stopping.signal.aborted && outbox.queued() < limits.queueMax && outbox.queuedBytes() < limits.queueBytesMax;

async function publishAll(run: Running, commits: readonly Commit[]): Promise<boolean> {
  const fates = await Promise.all(commits.map((commit) => put(run, announced(commit))));
  run.count.swept += fates.filter((fate) => fate === "published").length;
  return !fates.includes("failed");
}

async function sweepAll(run: Running): Promise<void> {
  const { limits, outbox, stopping } = run;
  const ask: Sweep = {
    pageSize: limits.pageSize,
    until: new Date(Date.now() - limits.graceMs).toISOString(),
    signal: stopping.signal,
    publish: (commits) => publishAll(run, commits),
    held: (aggregate, rowId) => run.held.has(keyOf(aggregate, rowId)),
  };
  for (const history of run.options.histories) {
    if (outbox.paused() || stopping.signal.aborted) return;
    try {
      if ((await sweep(history, ask)) === null) return;
    } catch (error) {
      // one history that cannot be read does not hold up the others
      const { aggregate } = history;
      run.options.log.error({ aggregate, reason: reasonOf(error) }, "A history could not be swept");
    }
  }
}

async function sweepForEver(run: Running): Promise<void> {
  const { signal } = run.stopping;
  while (!signal.aborted) {
    await sweepAll(run);
    await run.bell.sleep(run.limits.sweepEveryMs, signal);
  }
}

function prepare(options: RelayOptions): Running {
  const limits = { ...RELAY_LIMITS, ...options.limits };
  const { stream, histories, log } = options;
  const held = new Set<string>();
  const bell = createBell();
  const marker = createMarker({
    histories,
    batchMax: limits.markMax,
    everyMs: limits.markEveryMs,
    log,
    onDone(aggregate, rowIds) {
      for (const rowId of rowIds) held.delete(keyOf(aggregate, rowId));
      outbox.pump();
    },
  });
  const outbox = createOutbox({
    stream,
    log,
    inFlightMax: limits.inFlightMax,
    timeoutMs: limits.publishTimeoutMs,
    full: () => marker.pending() >= limits.unmarkedMax,
    onFate: (message, fate, reason) => settle(run, message, fate, reason),
    onResume: () => bell.ring(),
  });
  const count = { published: 0, parked: 0, dropped: 0, swept: 0 };
  const run: Running = { options, limits, held, bell, marker, outbox, count, stopping: new AbortController() };
  return run;
}

async function stop(run: Running, sweeping: Promise<void>): Promise<void> {
  const { limits, outbox, marker, stopping } = run;
  stopping.abort();
  await outbox.stop(limits.stopMs);
  const ended = Promise.all([marker.flush(), sweeping]);
  await within(limits.stopMs, "Marking published rows", ended).catch((error: unknown) =>
    run.options.log.warn({ reason: reasonOf(error) }, "The relay stops; the sweeper of the next start finds the rest"),
  );
}

export function createRelay(options: RelayOptions): FullRelay {
  const run = prepare(options);
  const { outbox, marker, count, bell } = run;
  let sweeping: Promise<void> = Promise.resolve();
  let forgetReconnect = (): void => undefined;
  const announce = (commits: readonly Announced[]): void => {
    for (const commit of commits) {
      if (fits(run)) void put(run, commit);
      else count.dropped += 1;
    }
  };
  return {
    offer: (commits) => announce(commits.map(announced)),
    announce,
    async start() {
      count.parked = await options.parked.count(RELAY);
      forgetReconnect = options.stream.onReconnect(() => {
        outbox.pump();
        bell.ring();
      });
      await options.stream.ensure();
      sweeping = sweepForEver(run);
    },
    async stop() {
      forgetReconnect();
      await stop(run, sweeping);
    },
    status: () => ({
      ...count,
      queued: outbox.queued(),
      inFlight: outbox.inFlight(),
      unmarked: marker.pending(),
      paused: outbox.paused(),
    }),
    async replayParked() {
      const replayed = await replay(run);
      count.parked = await options.parked.count(RELAY);
      return replayed;
    },
  };
}

/** True when it went through, and is parked no more. */
async function replayOne(run: Running, { _id, aggregate, aggregateId, version }: Parked): Promise<boolean> {
  const history = run.options.histories.find((candidate) => candidate.aggregate === aggregate);
  const row = await history?.asOf(aggregateId, { version });
  if (row?.version !== version || (await put(run, announced({ ...row, aggregate }))) !== "published") return false;
  await run.options.parked.remove(_id);
  return true;
}

async function replay(run: Running): Promise<number> {
  const { parked } = run.options;
  let replayed = 0;
  for (let page = await parked.of(RELAY, "", PARKED_PAGE); page.length > 0;) {
    for (const entry of page) if (await replayOne(run, entry)) replayed += 1;
    page = await parked.of(RELAY, page.at(-1)?._id ?? "", PARKED_PAGE);
  }
  return replayed;
}
