/**
 * A long computation in a thread of its own, so that nobody who serves waits for it: the module that is named exports
 * `run(data)`, and is loaded inside that thread. Plain values and typed arrays travel in both directions.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import { Worker } from "node:worker_threads";

export interface ApartOrder {
  /** Below `ml/`, without extension: `fraud/learning`. */
  readonly module: string;
  readonly data: unknown;
  /** Of its heap; more is an error, and no reason for the process to end. */
  readonly heapMb?: number;
}

export type FromApart =
  { readonly kind: "done"; readonly result: unknown } | { readonly kind: "failed"; readonly message: string };

export interface Apart<R> {
  readonly result: Promise<R>;
  stop(): Promise<void>;
}

const HEAP_MB = 512;

/** Threads run what was built; started from the sources they find it in dist/. */
function builtMl(): string {
  const beside = path.join(__dirname, "apart-thread.js");
  return existsSync(beside) ? path.dirname(__dirname) : path.join(__dirname, "../../dist/ml");
}

export function runApart<R>({ module, data, heapMb = HEAP_MB }: ApartOrder): Apart<R> {
  const ml = builtMl();
  const worker = new Worker(path.join(ml, "kernel/apart-thread.js"), {
    workerData: { module: path.join(ml, module), data },
    resourceLimits: { maxOldGenerationSizeMb: heapMb },
    execArgv: [],
  });
  const result = new Promise<R>((resolve, reject) => {
    worker.on("message", (message: FromApart) => {
      if (message.kind === "done") resolve(message.result as R);
      else reject(new Error(message.message));
    });
    worker.on("error", reject);
    worker.on("exit", (code) => reject(new Error(`The thread ended with code ${code} before it was done`)));
  });
  return {
    result,
    async stop() {
      // whoever stops it does not wait for its outcome
      result.catch(() => undefined);
      await worker.terminate();
    },
  };
}
