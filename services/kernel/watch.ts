/**
 * Looks whether a reader may have missed something, by comparing stream and consumer with what is remembered of
 * them, and lets the reconciler make it good. A reconciliation goes on where it was when the process is started anew.
 */
import type { Logger } from "pino";
import type { Histories } from "../../models/kernel/histories";
import { attach, type AttachLimits, type Sight } from "./attach";
import type { From } from "./consumer-options";
import type { CommitStream } from "./jetstream";
import { missed, type PositionStore, type Seen } from "./positions";
import { reconcile, type HistoryReader, type Reconciled } from "./reconcile";
import { reasonOf } from "./wait";

export interface WatchOptions {
  readonly stream: CommitStream;
  readonly reader: HistoryReader;
  readonly histories: readonly Histories[];
  readonly positions: PositionStore;
  readonly log: Logger;
  readonly from?: From;
  readonly limits: AttachLimits & { readonly pageSize: number };
  readonly signal: AbortSignal;
  readonly onSight: (pending: number) => void;
  /** The consumer is another one than at the last look. */
  readonly onNewConsumer: () => void;
  readonly onProgress: (done: Reconciled | null) => void;
}

export interface Watch {
  /** Makes what is missing, and starts a reconciliation where one is needed. @throws when NATS or the store fails */
  look(): Promise<void>;
  /** Resolves when no reconciliation is under way. */
  ended(): Promise<void>;
}

export function createWatch(options: WatchOptions): Watch {
  let last: Seen | null = null;
  let repairing: Promise<void> | null = null;
  return {
    async look() {
      const sight = await attach(options.stream, options.reader, { ...options.limits, since: sinceOf(options) });
      if (last && last.consumerCreated !== sight.seen.consumerCreated) options.onNewConsumer();
      last = sight.seen;
      options.onSight(sight.pending);
      if (repairing) return;
      const cause = await compare(options, sight);
      if (cause !== null) repairing = repair(options, sight, cause).finally(() => (repairing = null));
    },
    ended: async () => {
      await repairing;
    },
  };
}

const sinceOf = ({ from }: WatchOptions): string | null => (typeof from === "object" ? from.since : null);

/** Whether a reader that never read begins where it is now, and lacks nothing of what it wants. */
function beginsHere(options: WatchOptions, { seen }: Sight): boolean {
  const since = sinceOf(options);
  return since === null ? options.from === "now" : Date.parse(seen.streamCreated) <= Date.parse(since);
}

/** Why a reconciliation is needed; where none is, the position is remembered. */
async function compare(options: WatchOptions, sight: Sight): Promise<string | null> {
  const { positions, reader } = options;
  const before = await positions.get(reader.name);
  const cause = missed(before, sight.seen, sight.firstSeq);
  if (cause !== null && (before !== null || !beginsHere(options, sight))) return cause;
  const readTo = Math.max(before?.readTo ?? 0, sight.seen.readTo);
  await positions.set({ _id: reader.name, ...sight.seen, readTo });
  return null;
}

/** Never throws: what fails is taken up at the next look. */
async function repair(options: WatchOptions, sight: Sight, why: string): Promise<void> {
  const { positions, reader, histories, log, signal, limits, onProgress } = options;
  const { streamCreated, consumerCreated, lastSeq } = sight.seen;
  const cause = `${streamCreated} ${consumerCreated} ${why}`;
  try {
    const known = await positions.progress(reader.name);
    const from = known?.cause === cause ? known.cursor : null;
    log.info({ reader: reader.name, why, from }, "A reader reads the histories, because it may have missed something");
    const done = await reconcile(reader, histories, {
      pageSize: limits.pageSize,
      signal,
      from,
      async onProgress(progress, cursor) {
        onProgress(progress);
        await positions.setProgress({ _id: reader.name, cause, cursor });
      },
    });
    if (signal.aborted) return;
    // all that the stream held at the look was in the histories before: it counts as read
    await positions.set({ _id: reader.name, ...sight.seen, readTo: lastSeq });
    log.info({ reader: reader.name, ...done }, "A reader has read the histories");
  } catch (error) {
    log.warn({ reader: reader.name, reason: reasonOf(error) }, "Reading the histories stopped and will go on");
  } finally {
    onProgress(null);
  }
}
