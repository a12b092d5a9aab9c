/**
 * Every hour a signed checkpoint over the heads of all histories, so that a truncated or rewritten history is found
 * even where its own chain holds together. Several nodes may do so; one of them wins.
 */
import type { Logger } from "pino";
import { kept } from "../../models";
import type { Clock } from "../../models/kernel/clock";
import { writeCheckpoint, type CheckpointStore, type CheckpointWork } from "../../models/kernel/checkpoint";
import { mongoCheckpoints, rawRows } from "../../models/kernel/mongo-checkpoints";
import { loadSigner } from "../../models/kernel/signer";
import { describeFinding } from "../../models/kernel/verify";
import type { Store } from "./store";

const HOUR_MS = 3_600_000;

export interface Checkpoints {
  readonly store: CheckpointStore;
  /** PEM of the key that signs them. */
  readonly publicKey: string;
  /** Writes one now; what was found instead of a checkpoint is logged. */
  write(): Promise<void>;
  stop(): Promise<void>;
}

export function scheduleCheckpoints(work: CheckpointWork, log: Logger, everyMs = HOUR_MS): Checkpoints {
  let writing: Promise<void> = Promise.resolve();
  async function writeOne(): Promise<void> {
    const { checkpoint, findings } = await writeCheckpoint(work);
    if (checkpoint)
      log.info({ seq: checkpoint.seq, heads: checkpoint.heads }, "A checkpoint of all histories was signed");
    for (const finding of findings) log.error({ finding }, `No checkpoint: ${describeFinding(finding)}`);
  }
  const write = (): Promise<void> => {
    writing = writing
      .then(writeOne)
      .catch((error: unknown) => log.error({ err: error }, "No checkpoint could be written"));
    return writing;
  };
  const timer = setInterval(() => void write(), everyMs);
  timer.unref();
  return {
    store: work.store,
    publicKey: work.signer.publicKey,
    write,
    async stop() {
      clearInterval(timer);
      await writing;
    },
  };
}

export interface CheckpointsOf {
  readonly store: Pick<Store, "connection">;
  /** Holds the key that signs. */
  readonly dataDir: string;
  readonly clock: Pick<Clock, "now">;
  readonly log: Logger;
}

export async function openCheckpoints({ store, dataDir, clock, log }: CheckpointsOf): Promise<Checkpoints> {
  const work: CheckpointWork = {
    sources: kept.map(({ aggregate }) => rawRows(store.connection, aggregate.name)),
    store: mongoCheckpoints(store.connection),
    signer: await loadSigner(dataDir),
    now: () => clock.now(),
  };
  return scheduleCheckpoints(work, log);
}
