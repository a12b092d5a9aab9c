/**
 * Has facts recorded for analytics, as commits are: read in the order in which they were taken in, from where this was
 * left off, and a little before that, because what was decided first may be written last. Nothing is counted twice:
 * what is recorded again is the same record. Beside them, once a minute, how this process is.
 */
import type { Connection, mongo } from "mongoose";
import type { Logger } from "pino";
import type { Recorder } from "../../indexers/kernel/records";
import { healthId, healthOf, type NodeHealth } from "../../indexers/analytics/health.projection";
import { factKinds } from "../../models";
import type { Fact } from "../../models/kernel/facts";
import { createMongoCountedFacts } from "../../models/kernel/mongo-counted-facts";
import { mongoFactTrail, type FactTrail } from "../../models/kernel/mongo-facts";
import { COUNTED } from "../../services/visitor/events.service";
import { reasonOf, wait } from "../../services/kernel/wait";
import type { Delivery, DeliveryStatus } from "./delivery";

const LOOK_EVERY_MS = 5_000;
const HEALTH_EVERY_MS = 60_000;
/** Nothing happened for so long, or something did for so long: recording begins. */
const CALM_MS = 3_000;
const BUSY_MS_MAX = 90_000;
const PAGE = 500;
/** What is written later than this after its moment is found at the next start. */
const LATE_MS = 10_000;
const LATE_AT_START_MS = 60 * 60_000;
const SEEN_MAX = 50_000;
const BEGINNING = new Date(0).toISOString();

export interface RecordingOptions {
  readonly connection: Connection;
  readonly recorder: Recorder;
  readonly nodeId: string;
  readonly delivery: Pick<Delivery, "status" | "startBackground">;
  readonly log: Logger;
}

export interface RunningRecording {
  stop(): Promise<void>;
}

const earlier = (at: string, ms: number): string => new Date(Math.max(0, Date.parse(at) - ms)).toISOString();

/** They lie in the order of their moments, nearly. */
function forget(seen: Map<string, string>, before: string): void {
  for (const [id, at] of seen) {
    if (at >= before && seen.size <= SEEN_MAX) return;
    seen.delete(id);
  }
}

export interface Trail {
  readonly collection: string;
  readonly trail: FactTrail;
  /** What was recorded of the last moments, by id. */
  readonly seen: Map<string, string>;
}

/** One collection, page by page. @returns the moment of the newest fact */
export async function recordFrom(recorder: Pick<Recorder, "readFacts">, one: Trail, from: string): Promise<string> {
  const { collection, trail, seen } = one;
  for (let at = from; ;) {
    const page = await trail.since(at, PAGE);
    await recorder.readFacts(
      collection,
      page.filter(({ _id }) => !seen.has(_id)),
    );
    for (const fact of page) seen.set(fact._id, fact.at);
    const last = page.at(-1)?.at ?? at;
    forget(seen, earlier(last, LATE_MS));
    if (page.length < PAGE) return last > at ? last : at;
    // more of one millisecond than a page holds are passed over
    at = last > at ? last : new Date(Date.parse(at) + 1).toISOString();
  }
}

export function healthNow(node: string, { connected, relay, consumers }: DeliveryStatus): NodeHealth {
  const readers = Object.values(consumers);
  return {
    ...{ at: new Date().toISOString(), node, connected, unannounced: relay.queued },
    behind: readers.reduce((most, { pending, ackPending }) => Math.max(most, pending + ackPending), 0),
    parked: readers.reduce((sum, { parked }) => sum + parked, relay.parked),
    rssBytes: process.memoryUsage.rss(),
  };
}

interface Position {
  readonly _id: string;
  readonly at: string;
}

/** Where each collection was left off; another recorder begins anew. */
function positionsIn({ connection, recorder }: RecordingOptions) {
  const rows = connection.collection<Position>("analytics.positions") as unknown as mongo.Collection<Position>;
  const id = (collection: string): string => `${recorder.name}/${collection}`;
  return {
    get: async (collection: string): Promise<string | null> =>
      (await rows.findOne({ _id: id(collection) }))?.at ?? null,
    set: (collection: string, at: string) =>
      rows.updateOne({ _id: id(collection) }, { $set: { at } }, { upsert: true }),
  };
}

async function trailsIn(connection: Connection): Promise<readonly Trail[]> {
  const counted = await createMongoCountedFacts<Fact>(connection, COUNTED);
  return [
    ...factKinds.map((kind): Trail => {
      return { collection: kind.collection, trail: mongoFactTrail(connection, kind), seen: new Map() };
    }),
    { collection: COUNTED.collection, trail: counted, seen: new Map() },
  ];
}

async function recordForEver(options: RecordingOptions, signal: AbortSignal): Promise<void> {
  const { recorder, connection, log } = options;
  const positions = positionsIn(options);
  const trails = await trailsIn(connection);
  const begun = new Map<string, string>();
  const look = async (one: Trail): Promise<void> => {
    const { collection } = one;
    const left = begun.get(collection) ?? earlier((await positions.get(collection)) ?? BEGINNING, LATE_AT_START_MS);
    const reached = await recordFrom(recorder, one, left);
    const next = earlier(reached, LATE_MS);
    if (next <= left) {
      begun.set(collection, left);
      return;
    }
    begun.set(collection, next);
    await positions.set(collection, reached);
  };
  while (!signal.aborted) {
    for (const one of trails) {
      await look(one).catch((error: unknown) =>
        log.warn({ collection: one.collection, reason: reasonOf(error) }, "Facts wait to be recorded for analytics"),
      );
    }
    await wait(LOOK_EVERY_MS, signal);
  }
}

/** After a while: whether it was told to stop. */
const isOver = (ms: number, signal: AbortSignal): Promise<boolean> => wait(ms, signal).then(() => signal.aborted);

async function tellHealth({ recorder, nodeId, delivery, log }: RecordingOptions, signal: AbortSignal): Promise<void> {
  for (let ms = LOOK_EVERY_MS; !(await isOver(ms, signal)); ms = HEALTH_EVERY_MS) {
    const health = healthNow(nodeId, delivery.status());
    await recorder
      .note("health", healthId(health), healthOf(health))
      .catch((error: unknown) => log.warn({ reason: reasonOf(error) }, "How this node is could not be recorded"));
  }
}

/** Whether nothing was published between two looks. */
async function isCalm({ delivery }: RecordingOptions, signal: AbortSignal): Promise<boolean> {
  const { published } = delivery.status().relay;
  await wait(CALM_MS, signal);
  const { relay } = delivery.status();
  return relay.published === published && relay.queued === 0;
}

/** A start, and whoever fills the mall, come first: what happened meanwhile is read from the histories. */
async function begin(options: RecordingOptions, signal: AbortSignal): Promise<void> {
  for (let waited = 0; waited < BUSY_MS_MAX && !signal.aborted; waited += CALM_MS) {
    if (await isCalm(options, signal)) break;
  }
  if (signal.aborted) return;
  await options.recorder
    .ensure()
    .catch((error: unknown) => options.log.warn({ reason: reasonOf(error) }, "Records have no index yet"));
  await options.delivery.startBackground();
  await Promise.all([recordForEver(options, signal), tellHealth(options, signal)]);
}

export function startRecording(options: RecordingOptions): RunningRecording {
  const stopping = new AbortController();
  const { signal } = stopping;
  const failed = (error: unknown): void =>
    options.log.warn({ reason: reasonOf(error) }, "Nothing is recorded of facts until the next start");
  const running = begin(options, signal).catch(failed);
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
