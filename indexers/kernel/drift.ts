/**
 * Proves that an index equals the fold of the histories, or names where it does not. Three things make the proof: every
 * source stands in its document with its newest version and part; every document is what its parts compose to; and no
 * document has sources that the histories do not know. What differs is looked at again before it is told, for the index
 * may just be behind.
 */
import type { Client } from "@elastic/elasticsearch";
import { setTimeout as pause } from "node:timers/promises";
import type { Commit } from "../../models/kernel/row";
import { reaching } from "./client";
import { asStored, difference, type Difference } from "./difference";
import { asCommit, newestPages, type HistoryReader } from "./histories";
import {
  aggregatesOf,
  SOURCES,
  sourceOf,
  targetOf,
  type JoinedProjection,
  type Json,
  type Parts,
  type Projection,
} from "./projection";
import { strangers } from "./strangers";

const PAGE_ROWS = 500;
const FINDINGS_MAX = 100;
const SETTLE_MS = 2_000;
const SETTLE_STEP_MS = 100;
/** Longer than a reader that was killed keeps what it had taken (30 s). */
const READING_MAX_MS = 120_000;

export interface Finding extends Difference {
  /** The document's id. */
  readonly document: string;
}

export interface DriftOptions {
  readonly client: Client;
  /** An index or an alias. */
  readonly index: string;
  readonly projection: Projection;
  /** One per aggregate; others than the projection's are passed over. */
  readonly histories: readonly HistoryReader[];
  /** Sources looked at per aggregate, from a random place on; all of them when left out. */
  readonly sample?: number;
  /** How long a difference may last before it is drift. */
  readonly settleMs?: number;
  /** True while commits are still on their way to the index: until then a difference is nothing yet. */
  readonly stillReading?: () => Promise<boolean>;
  readonly onPage?: (rows: number) => void;
}

export interface Drift {
  readonly sources: number;
  /** At most a hundred. */
  readonly findings: readonly Finding[];
}

interface Stored {
  readonly version: number;
  readonly source: Json | null;
}

async function read({ client, index }: DriftOptions, ids: readonly string[]): Promise<Map<string, Stored>> {
  if (ids.length === 0) return new Map();
  const { docs } = await reaching(`read ${index}`, () => client.mget<Json>({ index, ids: [...new Set(ids)] }));
  return new Map(
    docs.flatMap((doc) =>
      "found" in doc && doc.found
        ? [[doc._id, { version: doc._version ?? 0, source: doc._source ?? null }] as const]
        : [],
    ),
  );
}

/** Compares one source with the document that it belongs to. */
function compared(projection: Projection, commit: Commit, stored: Stored | undefined): Difference | null {
  if (!stored?.source) return { field: "", expected: "a document", found: undefined };
  const { source, version } = stored;
  return projection.kind === "document"
    ? (difference(commit.version, version, "version") ?? difference(asStored(projection.document(commit)), source))
    : comparedJoined(projection, commit, source);
}

/** The source's part, and then the whole document with what its parts compose to. */
function comparedJoined(projection: JoinedProjection, commit: Commit, source: Json): Difference | null {
  const key = sourceOf(commit);
  const { [SOURCES]: parts, ...visible } = source;
  const id = targetOf(projection, commit) ?? "";
  const part = projection.sources[commit.aggregate]?.part(commit) ?? null;
  const kept = asStored({ version: commit.version, part });
  return (
    difference(kept, (parts as Parts)[key], `${SOURCES}.${key}`) ??
    difference(asStored(projection.compose(id, parts as Parts)), visible)
  );
}

interface Checked {
  readonly commit: Commit;
  readonly document: string;
}

async function differing(options: DriftOptions, checked: readonly Checked[]): Promise<[Checked, Difference][]> {
  const stored = await read(
    options,
    checked.map(({ document }) => document),
  );
  return checked.flatMap((one): [Checked, Difference][] => {
    const found = compared(options.projection, one.commit, stored.get(one.document));
    return found ? [[one, found]] : [];
  });
}

async function worthWaiting({ settleMs = SETTLE_MS, stillReading }: DriftOptions, sinceMs: number): Promise<boolean> {
  if (sinceMs < settleMs) return true;
  return stillReading !== undefined && sinceMs < READING_MAX_MS && (await stillReading());
}

/** Asks again, with newest rows, until nothing differs or nothing more is to be expected. */
async function settled(options: DriftOptions, history: HistoryReader, commits: readonly Commit[]): Promise<Finding[]> {
  const aimed = (all: readonly Commit[]): Checked[] =>
    all.flatMap((commit) => {
      const document = targetOf(options.projection, commit);
      return document === null ? [] : [{ commit, document }];
    });
  const began = performance.now();
  let odd = await differing(options, aimed(commits));
  for (let last = false; odd.length > 0 && !last;) {
    // decided before the look, so that what was read up to the decision is seen
    last = !(await worthWaiting(options, performance.now() - began));
    if (!last) await pause(SETTLE_STEP_MS);
    const ids = odd.map(([{ commit }]) => commit.aggregateId);
    const newest = await history.newest(ids);
    odd = await differing(options, aimed([...newest.values()].map((row) => asCommit(history, row))));
  }
  return odd.map(([{ document }, found]) => ({ document, ...found }));
}

/** A sample begins anywhere, and goes on from the beginning where the end comes too soon. */
const startsOf = (sample: number | undefined): readonly string[] =>
  sample === undefined ? [""] : [Math.random().toString(36).slice(2, 4), ""];

async function checkHistory(options: DriftOptions, history: HistoryReader): Promise<Drift> {
  const { sample, onPage } = options;
  const wanted = sample ?? Infinity;
  const findings: Finding[] = [];
  let sources = 0;
  for (const start of startsOf(sample)) {
    for await (const { commits, rows } of newestPages(history, start, PAGE_ROWS)) {
      const looked = commits.slice(0, wanted - sources);
      sources += looked.filter((commit) => targetOf(options.projection, commit) !== null).length;
      findings.push(...(await settled(options, history, looked)));
      onPage?.(rows);
      if (findings.length >= FINDINGS_MAX || sources >= wanted) return { sources, findings };
    }
  }
  return { sources, findings };
}

/** Compares the index with the fold of the histories, whole or sampled. */
export async function checkDrift(options: DriftOptions): Promise<Drift> {
  const findings: Finding[] = [];
  let sources = 0;
  const wanted = aggregatesOf(options.projection);
  const histories = options.histories.filter(({ aggregate }) => wanted.includes(aggregate));
  for (const history of histories) {
    const found = await checkHistory(options, history);
    sources += found.sources;
    findings.push(...found.findings);
  }
  // who is in the index without a history can only be told when everybody was looked at
  if (options.sample === undefined) findings.push(...(await strangers({ ...options, histories, sources })));
  return { sources, findings: findings.slice(0, FINDINGS_MAX) };
}
