/**
 * Every hour a signed checkpoint over the heads of all histories, so that a truncated or rewritten history is found
 * even where its own chain holds together. Several nodes may do so; one of them wins.
 */
import type { Logger } from "pino";
import { writeCheckpoint, type CheckpointWork } from "../../models/kernel/checkpoint";
import { describeFinding } from "../../models/kernel/verify";

const HOUR_MS = 3_600_000;

export interface Checkpoints {
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
    write,
    async stop() {
      clearInterval(timer);
      await writing;
    },
  };
}
