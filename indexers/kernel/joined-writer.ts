/**
 * Writes joined documents: read what is there, fold the batch into it, write only if nobody wrote in between. What was
 * written last is kept in memory (bounded in bytes) together with its place in the index, so that a warm document
 * costs no read. Another process may write the same document: then the engine says conflict, and the round is repeated
 * on what it holds. Must be called by one caller at a time, or callers cost each other conflicts.
 */
import type { Client } from "@elastic/elasticsearch";
import { LRUCache } from "lru-cache";
import { failuresOf, IndexingRefused, sendBulk, type Failure, type Operation, type Written } from "./bulk";
import { reaching, SearchUnavailable } from "./client";
import { applied, joinedText, updatesOf, type Updates } from "./fold";
import { SOURCES, type JoinedProjection, type Parts } from "./projection";
import type { Writer } from "./writer";

const ROUNDS_MAX = 20;
/** Documents that one round holds in memory. */
const ROUND_MAX = 500;

interface Held {
  readonly parts: Parts;
  /** Where the document stands in the index; null when it does not exist yet. */
  readonly at: { readonly seqNo: number; readonly primaryTerm: number } | null;
}

export interface JoinedTarget {
  readonly client: Client;
  readonly index: string;
  readonly projection: JoinedProjection;
  readonly cacheBytesMax: number;
}

/**
 * What the document was made of, as bytes outside of the collector's heap: objects of many shapes would cost several
 * times their size, and text that was put together as much again as it is long.
 */
interface Warm {
  readonly parts: Buffer;
  readonly at: Held["at"];
}

interface Planned extends Operation {
  readonly parts: string;
}

type Cache = LRUCache<string, Warm>;
type Work = readonly (readonly [id: string, updates: Updates])[];

interface Stored {
  readonly [SOURCES]?: Parts;
}

/** The documents as the index holds them, from memory where they are warm. */
async function load(target: JoinedTarget, cache: Cache, ids: readonly string[]): Promise<Map<string, Held>> {
  const held = new Map<string, Held>();
  const cold = ids.filter((id) => {
    const warm = cache.get(id);
    if (warm) held.set(id, { at: warm.at, parts: JSON.parse(warm.parts.toString()) as Parts });
    return warm === undefined;
  });
  if (cold.length === 0) return held;
  const { index, client } = target;
  const ask = { index, ids: cold, _source_includes: [SOURCES] };
  const { docs } = await reaching(`read ${index}`, () => client.mget<Stored>(ask));
  docs.forEach((doc, i) => {
    if ("error" in doc)
      throw new SearchUnavailable(`The search engine cannot read ${index}: ${doc.error.reason ?? ""}`);
    const at = doc.found ? { seqNo: doc._seq_no ?? -1, primaryTerm: doc._primary_term ?? -1 } : null;
    held.set(cold[i] as string, { parts: doc._source?.[SOURCES] ?? {}, at });
  });
  return held;
}

function plan(target: JoinedTarget, held: Map<string, Held>, work: Work, failures: Failure[]): Planned[] {
  return work.flatMap(([id, updates]) => {
    const { parts, at } = held.get(id) ?? { parts: {}, at: null };
    try {
      const next = applied(parts, updates, target.projection.partsMax);
      if (next === null) return [];
      const action = at
        ? { index: { _id: id, if_seq_no: at.seqNo, if_primary_term: at.primaryTerm } }
        : { create: { _id: id } };
      return [{ id, action: JSON.stringify(action), ...joinedText(target.projection, id, next) }];
    } catch (error) {
      failures.push({ id, reason: error instanceof Error ? error.message : String(error) });
      return [];
    }
  });
}

function remember(cache: Cache, planned: readonly Planned[], written: readonly Written[]): void {
  written.forEach(({ id, outcome, seqNo, primaryTerm }, i) => {
    if (outcome === "written") {
      const parts = Buffer.from((planned[i] as Planned).parts);
      cache.set(id, { parts, at: { seqNo, primaryTerm } }, { size: parts.length });
    } else cache.delete(id);
  });
}

async function round(target: JoinedTarget, cache: Cache, work: Work, failures: Failure[]): Promise<Work> {
  const ids = work.map(([id]) => id);
  const planned = plan(target, await load(target, cache, ids), work, failures);
  const written = await sendBulk(target.client, target.index, planned).catch((error: unknown) => {
    // whether it was written is not known: the index is asked again before the next round
    for (const { id } of planned) cache.delete(id);
    throw error;
  });
  remember(cache, planned, written);
  failures.push(...failuresOf(written));
  const lost = new Set(written.filter(({ outcome }) => outcome === "conflict").map(({ id }) => id));
  return work.filter(([id]) => lost.has(id));
}

export function joinedWriter(target: JoinedTarget): Writer {
  const cache: Cache = new LRUCache<string, Warm>({
    maxSize: target.cacheBytesMax,
    maxEntrySize: target.cacheBytesMax,
  });
  return {
    async write(commits) {
      const all = [...updatesOf(target.projection, commits)];
      const failures: Failure[] = [];
      for (let from = 0; from < all.length; from += ROUND_MAX) {
        let work: Work = all.slice(from, from + ROUND_MAX);
        for (let turn = 0; work.length > 0; turn++) {
          if (turn === ROUNDS_MAX)
            throw new SearchUnavailable(`${target.index}: ${work.length} documents are contended`);
          work = await round(target, cache, work, failures);
        }
      }
      if (failures.length > 0) throw new IndexingRefused(target.index, failures);
    },
  };
}
