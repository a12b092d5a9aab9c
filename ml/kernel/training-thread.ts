/** The thread that trains: builds the learner from the module it is told, fits it, and answers with the weights. */
import { parentPort, workerData } from "node:worker_threads";
import { backendVersion, useBackend } from "./backends";
import { readCheckpoint, writeCheckpoint } from "./checkpoint";
import { fitLearner } from "./fit";
import type { FromThread, LearnerOf, TrainingOrder } from "./training";

const tell = (message: FromThread): void => parentPort?.postMessage(message);

async function train(order: TrainingOrder<unknown>): Promise<void> {
  await useBackend(order.backends);
  const { learner } = (await import(order.module)) as { learner: LearnerOf<unknown> };
  const built = await learner(order.data, order.seed);
  const file = order.checkpoint;
  const fitted = await fitLearner(built, order.limits, {
    clock: () => performance.now(),
    told: (epoch) => tell({ kind: "epoch", epoch }),
    ...(file === undefined
      ? {}
      : { resume: await readCheckpoint(file), keep: (standing) => writeCheckpoint(file, standing) }),
  });
  tell({ kind: "done", trained: { ...fitted, weights: built.save(), backend: backendVersion() } });
}

train(workerData as TrainingOrder<unknown>).catch((error: unknown) =>
  tell({ kind: "failed", message: error instanceof Error ? error.message : String(error) }),
);
