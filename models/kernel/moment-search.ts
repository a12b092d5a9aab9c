/**
 * The version that held at a recorded time. Recorded time never goes back within a history, so its place is found by
 * looking at a few versions at once, and again between the two that it lies between: walking back from the newest
 * would read all that came since, and an index by time would cost every insert.
 */
import type { Iso, Row } from "./row";

export type Stamped = Pick<Row, "version" | "committedAt">;

/** What is asked of one history. */
export interface Looks {
  newest(): Promise<Row | null>;
  /** When versions were recorded; those that there are. */
  times(versions: readonly number[]): Promise<readonly Stamped[]>;
  /** The newest one recorded by then, from a version on and before another. */
  between(from: number, before: number, at: Iso): Promise<Row | null>;
}

interface Span {
  /** Was recorded by then; 0: nothing was. */
  readonly low: number;
  /** Was not yet. */
  readonly high: number;
}

/** Versions that are looked at in one question. */
const PROBES = 16;
/** So few are read through. */
const FEW = 128;
/** Of 16 parts each: more versions than a number can count. */
const ROUNDS_MAX = 14;

/** Versions within, in equal steps. Pure. */
export function probesIn({ low, high }: Span): number[] {
  const step = (high - low) / (PROBES + 1);
  const at = Array.from({ length: PROBES }, (_, i) => Math.round(low + step * (i + 1)));
  return [...new Set(at)].filter((version) => version > low && version < high);
}

/** Between which two of those looked at the moment lies. Pure. */
export function narrowed({ low, high }: Span, times: readonly Stamped[], at: Iso): Span {
  const by = times.filter(({ committedAt }) => committedAt <= at).map(({ version }) => version);
  const after = times.filter(({ committedAt }) => committedAt > at).map(({ version }) => version);
  return { low: Math.max(low, ...by), high: Math.min(high, ...after) };
}

/** @returns null where nothing was recorded by then */
export async function recordedBy(look: Looks, at: Iso): Promise<Row | null> {
  const newest = await look.newest();
  if (!newest || newest.committedAt <= at) return newest;
  let span: Span = { low: 0, high: newest.version };
  for (let round = 0; span.high - span.low > FEW && round < ROUNDS_MAX; round++) {
    span = narrowed(span, await look.times(probesIn(span)), at);
  }
  return look.between(span.low, span.high, at);
}
