/**
 * How long a reader gathers before it reads. With time to spare a commit waits for nobody; where reading takes long,
 * the next batch gathers some times as long, so that what changes again meanwhile is written once. Never so long that
 * what is promised breaks: a commit that comes just after a batch was taken waits until that one is read, then for the
 * gathering, then until its own batch is read.
 */

export interface GatherLimits {
  readonly batchMs: number;
  /** What is committed is read within this, as long as the reader keeps up. */
  readonly readWithinMs: number;
}

const PER_READ = 3;
/** Reading the batch before, and reading its own. */
const READS = 2;

/** How long the next batch gathers after the last one, which took `readMs`. */
export function gatherMsAfter(limits: GatherLimits, readMs: number, awaited: boolean): number {
  const { batchMs, readWithinMs } = limits;
  const most = readWithinMs - READS * readMs;
  return Math.max(batchMs, Math.min(awaited ? readMs : readMs * PER_READ, most));
}
