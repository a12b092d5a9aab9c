/**
 * The version that held at a recorded time. Recorded time never goes back within a history, so its place is found by
 * looking at a few versions at once, and again between the two that it lies between: walking back from the newest
 * would read all that came since, and an index by time would cost every insert. What was seen on the way is remembered,
 * for it never changes: whoever moves along one history is soon answered by one read.
 */
import { LRUCache } from "lru-cache";
import type { Iso, Row } from "./row";

export type Stamped = Pick<Row, "version" | "committedAt">;

/** What is asked of one history. */
export interface Looks {
  newest(): Promise<Row | null>;
  /** When versions were recorded; those that there are. */
  times(versions: readonly number[]): Promise<readonly Stamped[]>;
  version(version: number): Promise<Row | null>;
}

/** Seen times of one history, by version. */
export type Timeline = readonly Stamped[];

interface Span {
  /** Was recorded by then; 0: nothing was. */
  readonly low: number;
  /** Was not yet. */
  readonly high: number;
}

/** Versions that are looked at in one question. */
const PROBES = 16;
/** Nobody has looked so far. */
const NOT_SEEN = Number.POSITIVE_INFINITY;
/** Of 16 parts each: more versions than a number can count. */
const ROUNDS_MAX = 14;
/** Of one history. Where there are more, they are thinned out evenly. */
const STAMPS_MAX = 4_096;

/** Versions within, in equal steps. Pure. */
export function probesIn({ low, high }: Span): number[] {
  const step = (high - low) / (PROBES + 1);
  const at = Array.from({ length: PROBES }, (_, i) => Math.round(low + step * (i + 1)));
  return [...new Set(at)].filter((version) => version > low && version < high);
}

/** The first one seen that was recorded after a moment: its place. */
function firstAfter(timeline: Timeline, at: Iso): number {
  let [from, to] = [0, timeline.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((timeline[middle] as Stamped).committedAt <= at) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Between which two of those seen the moment lies. Pure. */
export function spanIn(timeline: Timeline, at: Iso): Span {
  const place = firstAfter(timeline, at);
  return { low: timeline[place - 1]?.version ?? 0, high: timeline[place]?.version ?? NOT_SEEN };
}

/** With what was seen now. Pure. */
export function withSeen(timeline: Timeline, seen: readonly Stamped[]): Timeline {
  const all = new Map([...timeline, ...seen].map(({ version, committedAt }) => [version, { version, committedAt }]));
  const sorted = [...all.values()].sort((one, other) => one.version - other.version);
  const step = Math.ceil(sorted.length / STAMPS_MAX);
  return step <= 1 ? sorted : sorted.filter((_, i) => i % step === 0);
}

/** With the two of those seen now that lie next to the moment: the others would fill the memory for nothing. */
function narrowed(timeline: Timeline, seen: readonly Stamped[], at: Iso): Timeline {
  const { low, high } = spanIn(withSeen(timeline, seen), at);
  const next = seen.filter(({ version }) => version === low || version === high);
  return withSeen(timeline, next);
}

/** Until the two versions between which the moment lies stand next to each other. */
async function searched(look: Looks, at: Iso, known: Timeline): Promise<Timeline> {
  let timeline = known;
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const probes = probesIn(spanIn(timeline, at));
    if (probes.length === 0) break;
    timeline = narrowed(timeline, await look.times(probes), at);
  }
  return timeline;
}

/** Null in place of the row where nothing was recorded by then. */
export interface Found {
  readonly row: Row | null;
  readonly timeline: Timeline;
}

export async function recordedBy(look: Looks, at: Iso, known: Timeline = []): Promise<Found> {
  let timeline = known;
  if (spanIn(timeline, at).high === NOT_SEEN) {
    const newest = await look.newest();
    if (!newest || newest.committedAt <= at) return { row: newest, timeline };
    timeline = withSeen(timeline, [newest]);
  }
  timeline = await searched(look, at, timeline);
  const { low } = spanIn(timeline, at);
  return { row: low === 0 ? null : await look.version(low), timeline };
}

/** Of all histories of a kind together. */
const REMEMBERED_MAX = 20_000;

/** Remembers the times of histories that were asked for lately. */
export function createTimelines(): (id: string, look: Looks, at: Iso) => Promise<Row | null> {
  const kept = new LRUCache<string, Timeline>({ maxSize: REMEMBERED_MAX, sizeCalculation: (one) => one.length + 1 });
  return async (id, look, at) => {
    const { row, timeline } = await recordedBy(look, at, kept.get(id));
    kept.set(id, timeline);
    return row;
  };
}
