/**
 * Lets a caller read what it wrote. A mark says which version of which source must stand in which documents; a query
 * that brings marks waits, bounded, until the index has them. All waiters of a process share one realtime read per
 * turn and one refresh: a refresh counts for a waiter only when it began after its versions had been seen, and the
 * number of refreshes per second is bounded however many wait.
 */
import type { Client } from "@elastic/elasticsearch";
import { setTimeout as pause } from "node:timers/promises";
import type { WriteMark } from "../../models/kernel/contract";
import { refuseKernel } from "../../models/kernel/refusal";
import { asking } from "./client";
import { readerNameOf } from "./indexer";
import { aliasOf } from "./indices";
import { SOURCES, type Parts, type Projection } from "./projection";
import type { Wait } from "./query";
import { createRefresher, type Refresher } from "./refresher";

const TIMEOUT_MS = 5_000;
const POLL_MS = 20;
const POLL_MAX_MS = 200;
const WAITERS_MAX = 2_000;
/** Documents that one read asks for; further waiters come into the next turn. */
const READ_MAX = 500;
const BEHIND_TOLD = 5;

interface Wanted {
  readonly document: string;
  readonly source: string;
  readonly version: number;
}

interface Behind extends Wanted {
  /** What the index has; 0 for nothing. */
  readonly seen: number;
}

interface Waiter {
  left: readonly Behind[];
  readonly until: number;
  readonly done: (behind: readonly Behind[]) => void;
  readonly failed: (error: unknown) => void;
}

export interface ReadYourWritesOptions {
  readonly client: Client;
  readonly namespace: string;
  readonly projections: readonly Projection[];
  readonly timeoutMs?: number;
  readonly refreshesPerSecondMax?: number;
  /** Told which reader is waited for, after each look that found it behind. */
  readonly hurry?: (reader: string) => void;
}

type Versions = ReadonlyMap<string, (source: string) => number>;

const wantedIn = (after: readonly WriteMark[], projection: string): Behind[] =>
  after.flatMap(({ source, version, targets }) =>
    targets
      .filter((target) => target.projection === projection)
      .map(({ id }) => ({ document: id, source, version, seen: 0 })),
  );

/** The versions that the documents have now, whether refreshed or not. */
async function versionsOf(client: Client, alias: string, ask: { projection: Projection; left: readonly Behind[] }) {
  const ids = [...new Set(ask.left.map(({ document }) => document))];
  const joined = ask.projection.kind === "joined";
  const _source = joined ? { _source_includes: [`${SOURCES}.*.version`] } : { _source: false };
  const { docs } = await asking("tell how far it is", () =>
    client.mget<{ readonly [SOURCES]?: Parts }>({ index: alias, ids, ..._source }),
  );
  const versions = new Map<string, (source: string) => number>();
  for (const doc of docs) {
    if (!("found" in doc) || !doc.found) continue;
    const parts = doc._source?.[SOURCES] ?? {};
    versions.set(doc._id, (source) => (joined ? parts[source]?.version : doc._version) ?? 0);
  }
  return versions;
}

function stillLeft(left: readonly Behind[], versions: Versions): Behind[] {
  return left
    .map((wanted) => ({ ...wanted, seen: versions.get(wanted.document)?.(wanted.source) ?? 0 }))
    .filter(({ seen, version }) => seen < version);
}

/** As many as one read asks for, and one at least. */
function askedNow(waiters: readonly Waiter[]): Waiter[] {
  const asked: Waiter[] = [];
  let documents = 0;
  for (const waiter of waiters) {
    if (asked.length > 0 && documents + waiter.left.length > READ_MAX) break;
    asked.push(waiter);
    documents += waiter.left.length;
  }
  return asked;
}

/** One poller per projection, running only while somebody waits. */
function createPoller({ client, namespace, hurry }: ReadYourWritesOptions, projection: Projection) {
  const alias = aliasOf(namespace, projection.name);
  const sayHurry = (): void => hurry?.(readerNameOf(projection));
  let waiters: Waiter[] = [];
  let running = false;

  const turn = async (): Promise<boolean> => {
    const asked = askedNow(waiters);
    const versions = await versionsOf(client, alias, { projection, left: asked.flatMap(({ left }) => left) });
    const now = performance.now();
    const over = new Set<Waiter>();
    for (const waiter of asked) {
      waiter.left = stillLeft(waiter.left, versions);
      if (waiter.left.length > 0 && now < waiter.until) continue;
      over.add(waiter);
      waiter.done(waiter.left);
    }
    // those who were asked for and still wait go to the end of the queue
    const again = asked.filter((waiter) => !over.has(waiter));
    waiters = [...waiters.slice(asked.length), ...again];
    if (again.length > 0) sayHurry();
    return over.size > 0;
  };

  const run = async (): Promise<void> => {
    let stepMs = POLL_MS;
    while (waiters.length > 0) {
      const before = waiters;
      try {
        stepMs = (await turn()) ? POLL_MS : Math.min(stepMs * 1.5, POLL_MAX_MS);
      } catch (error) {
        waiters = waiters.filter((waiter) => !before.includes(waiter));
        for (const waiter of before) waiter.failed(error);
      }
      if (waiters.length > 0) await pause(stepMs);
    }
    running = false;
  };

  return (left: readonly Behind[], until: number): Promise<readonly Behind[]> => {
    if (waiters.length >= WAITERS_MAX) return Promise.resolve(left);
    return new Promise((done, failed) => {
      waiters.push({ left, until, done, failed });
      if (running) return;
      running = true;
      void run();
    });
  };
}

function refuseBehind(projection: string, behind: readonly Behind[], waitedMs: number): never {
  const told = behind.slice(0, BEHIND_TOLD);
  const words = told.map(({ source, version, seen }) => `${source} is at version ${seen} of ${version}`).join("; ");
  return refuseKernel("READ_BEHIND", `After ${waitedMs} ms, ${projection} does not show your write yet: ${words}.`, {
    projection,
    behind: told,
  });
}

/** The function that queries wait with. No target in the projection: no wait. */
export function createWait(options: ReadYourWritesOptions): Wait {
  const { client, namespace, timeoutMs = TIMEOUT_MS, refreshesPerSecondMax = 20 } = options;
  const byName = new Map(
    options.projections.map((projection) => {
      const alias = aliasOf(namespace, projection.name);
      const refresh: Refresher = createRefresher(client, alias, refreshesPerSecondMax);
      return [projection.name, { poll: createPoller(options, projection), refresh }] as const;
    }),
  );
  return async (after, projection, visibility = "search") => {
    const wanted = wantedIn(after, projection);
    const known = byName.get(projection);
    if (wanted.length === 0 || known === undefined) return;
    const began = performance.now();
    const behind = await known.poll(wanted, began + timeoutMs);
    if (behind.length > 0) refuseBehind(projection, behind, Math.round(performance.now() - began));
    if (visibility === "search") await known.refresh();
  };
}
