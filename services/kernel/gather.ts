/**
 * How long a reader gathers before it reads. With time to spare a commit waits for nobody; where reading takes long,
 * the next batch gathers some times as long, so that what changes again meanwhile is written once. Where the machine is
 * at its limit and much of what comes is overtaken while it waits, it gathers for longer still, for every piece that is
 * not written is a command that can be answered: unless somebody waits to see it.
 */

export interface GatherLimits {
  readonly batchMs: number;
  readonly batchMsMax: number;
  /** Where the machine is at its limit. */
  readonly crowdedMsMax: number;
}

/** What the last batch was like. */
export interface LastBatch {
  readonly readMs: number;
  readonly messages: number;
  /** Different aggregates that they were about. */
  readonly aggregates: number;
}

export const NO_BATCH: LastBatch = { readMs: 0, messages: 0, aggregates: 0 };

export interface Now {
  /** The machine has no processor to spare. */
  readonly crowded: boolean;
  /** Somebody waits for what this reader writes. */
  readonly awaited: boolean;
}

const PER_READ = 3;
const PER_READ_CROWDED = 12;
/** A load that is worth it: so many messages, and so many of them for one aggregate. */
const MESSAGES_MIN = 100;
const OVERTAKEN_MIN = 1.2;

const overtakes = ({ messages, aggregates }: LastBatch): boolean =>
  messages >= MESSAGES_MIN && messages >= aggregates * OVERTAKEN_MIN;

/** How long the next batch gathers after the last one. */
export function gatherMsAfter(limits: GatherLimits, last: LastBatch, now: Now): number {
  const { batchMs, batchMsMax, crowdedMsMax } = limits;
  const between = (ms: number, most: number): number => Math.max(batchMs, Math.min(ms, most));
  if (now.awaited) return between(last.readMs, batchMsMax);
  if (now.crowded && overtakes(last)) return between(last.readMs * PER_READ_CROWDED, crowdedMsMax);
  return between(last.readMs * PER_READ, batchMsMax);
}
