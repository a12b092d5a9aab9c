/**
 * Makes a projection's index anew from the histories while the old one serves. The new index is marked, writers of all
 * processes see the mark and write to both; only then are the histories read, so that whatever a writer missed is found
 * there. The new index is compared with the fold before the alias moves to it in one call: no query ever sees a part.
 * How far it is stands in the index itself; a rebuild that was killed goes on from there.
 */
import { setTimeout as pause } from "node:timers/promises";
import { IndexingRefused, type Failure } from "./bulk";
import { reaching } from "./client";
import { checkDrift, type Finding } from "./drift";
import { ahead, newestPages, type HistoryReader } from "./histories";
import { LEASE_MS, marksOf, type IndexName } from "./indices";
import { writerOf } from "./indexer";
import {
  claimBuilding,
  dropIndex,
  dropOthers,
  keepCursor,
  switchAlias,
  type Cursor,
  type RebuildOptions,
} from "./building";
import { aggregatesOf } from "./projection";

export type { Progress, RebuildOptions } from "./building";

const PAGE_ROWS = 1_000;
const BEAT_MS = 2_000;
const REFUSED_TOLD = 100;
/** Longer than any writer goes on with what it knew before. */
const SEEN_BY_ALL_MS = LEASE_MS * 1.5;

export interface Rebuilt {
  readonly index: string;
  readonly rows: number;
  /** Commits that the index refused: parked by the consumer, too. */
  readonly refused: readonly Failure[];
  readonly resumed: boolean;
}

interface Filling {
  readonly name: IndexName;
  readonly histories: readonly HistoryReader[];
  /** Moves on as pages are written. */
  readonly reached: { cursor: Cursor };
  readonly total: number;
}

async function fill(options: RebuildOptions, filled: Filling): Promise<[number, Failure[]]> {
  const { name, histories, total, reached } = filled;
  const from = reached.cursor;
  const writer = writerOf(options, name.index);
  const refused: Failure[] = [];
  const began = performance.now();
  let done = from.rows;
  const start = Math.max(
    0,
    histories.findIndex(({ aggregate }) => aggregate === from.aggregate),
  );
  for (const [i, history] of histories.slice(start).entries()) {
    for await (const page of ahead(newestPages(history, i === 0 ? from.after : "", PAGE_ROWS))) {
      await writer.write(page.commits).catch((error: unknown) => {
        if (!(error instanceof IndexingRefused)) throw error;
        refused.push(...error.failures.slice(0, REFUSED_TOLD - refused.length));
      });
      done += page.rows;
      const now = performance.now();
      const etaMs = Math.round(((now - began) / Math.max(1, done - from.rows)) * Math.max(0, total - done));
      options.onProgress?.({ phase: "fill", done, total: Math.max(total, done), etaMs });
      reached.cursor = { aggregate: history.aggregate, after: page.cursor, rows: done };
    }
  }
  return [done, refused];
}

function refuseDifferent(name: IndexName, findings: readonly Finding[], refused: readonly Failure[]): void {
  const parked = new Set(refused.map(({ id }) => id));
  const [first] = findings.filter(({ document }) => !parked.has(document));
  if (!first) return;
  throw new Error(
    `${name.index} does not equal the histories and was not switched to: document ${first.document}, ` +
      `field "${first.field}" is ${JSON.stringify(first.found)}, not ${JSON.stringify(first.expected)}. ` +
      `Run the rebuild again; if it stays so, the projection is not a pure function of its commits.`,
  );
}

async function verify(options: RebuildOptions, filled: Filling, refused: readonly Failure[]): Promise<void> {
  const { client, projection, sample } = options;
  const { name, histories, total } = filled;
  const interval = { index: name.index, settings: { "index.refresh_interval": null } };
  await reaching(`open ${name.index}`, () => client.indices.putSettings(interval));
  let done = 0;
  const { findings } = await checkDrift({
    client,
    index: name.index,
    projection,
    histories,
    ...(sample !== undefined && { sample }),
    onPage: (rows) => {
      done += rows;
      options.onProgress?.({ phase: "verify", done, total: Math.max(total, done), etaMs: 0 });
    },
  });
  try {
    refuseDifferent(name, findings, refused);
  } catch (error) {
    // going on from here would only find the same again
    await dropIndex(client, name);
    throw error;
  }
}

/** Shows while `work` runs that this process is alive, and how far it is. */
async function alive<T>(options: RebuildOptions, { name, reached }: Filling, work: () => Promise<T>): Promise<T> {
  const beat = () => keepCursor(options, name, reached.cursor).catch(() => undefined);
  const timer = setInterval(() => void beat(), BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/** @throws Error when another process rebuilds the same projection, or when the new index differs from the fold */
export async function rebuild(options: RebuildOptions): Promise<Rebuilt> {
  const { client, namespace, projection } = options;
  const wanted = aggregatesOf(projection);
  const histories = options.histories.filter(({ aggregate }) => wanted.includes(aggregate));
  const { live } = await marksOf(client, namespace, projection.name);
  const { name, from, resumed } = await claimBuilding(options);
  await pause(SEEN_BY_ALL_MS);
  const counts = await Promise.all(histories.map((history) => history.count()));
  const total = counts.reduce((sum, count) => sum + count, 0);
  const filled: Filling = { name, histories, reached: { cursor: from }, total };
  const [rows, refused] = await alive(options, filled, async () => {
    const written = await fill(options, filled);
    await verify(options, filled, written[1]);
    return written;
  });
  await switchAlias(options, name, live);
  await pause(SEEN_BY_ALL_MS);
  await dropOthers(options, name);
  return { index: name.index, rows, refused, resumed };
}
