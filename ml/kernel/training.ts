/**
 * A training in a thread of its own, so that nobody who serves waits for it. The module that is named builds the
 * learner (`learner(data, seed)`) inside that thread: tensors do not travel between threads, plain arrays do.
 */
import path from "node:path";
import { Worker } from "node:worker_threads";
import type { Backend } from "./backends";
import type { EpochTold, Fitted, Learner, Limits } from "./fit";

export interface TrainingOrder<Data> {
  /** Absolute path, without extension, of a module that exports `learner: LearnerOf<Data>`. */
  readonly module: string;
  /** Plain values and typed arrays; over SharedArrayBuffer they are not copied. */
  readonly data: Data;
  readonly seed: number;
  readonly limits: Limits;
  readonly backends?: readonly Backend[];
  /** Where it stands after each epoch; taken up again when the file is there. */
  readonly checkpoint?: string;
}

export type LearnerOf<Data> = (data: Data, seed: number) => Promise<Learner>;

export interface Trained extends Fitted {
  /** Of the best epoch, as the learner saves them. */
  readonly weights: Float32Array;
  readonly backend: string;
}

export type FromThread =
  | { readonly kind: "epoch"; readonly epoch: EpochTold }
  | { readonly kind: "done"; readonly trained: Trained }
  | { readonly kind: "failed"; readonly message: string };

export interface Training {
  readonly trained: Promise<Trained>;
  /** Ends it at once; what was checkpointed stays. */
  stop(): Promise<void>;
}

const THREAD = path.join(__dirname, "training-thread.js");

export function startTraining<Data>(order: TrainingOrder<Data>, told?: (epoch: EpochTold) => void): Training {
  const worker = new Worker(THREAD, { workerData: order });
  const trained = new Promise<Trained>((resolve, reject) => {
    worker.on("message", (message: FromThread) => {
      if (message.kind === "epoch") told?.(message.epoch);
      else if (message.kind === "done") resolve(message.trained);
      else reject(new Error(message.message));
    });
    worker.on("error", reject);
    worker.on("exit", (code) => reject(new Error(`The training's thread ended with code ${code} before it was done.`)));
  });
  const stop = async (): Promise<void> => {
    // whoever stops it does not wait for its outcome
    trained.catch(() => undefined);
    await worker.terminate();
  };
  return { trained, stop };
}
