/** The thread of `apart.ts`: loads the module it is told, runs it, and answers. */
import { parentPort, workerData } from "node:worker_threads";
import type { FromApart } from "./apart";

const tell = (message: FromApart): void => parentPort?.postMessage(message);

async function run({ module, data }: { readonly module: string; readonly data: unknown }): Promise<void> {
  const { run: work } = (await import(module)) as { run: (data: unknown) => Promise<unknown> };
  tell({ kind: "done", result: await work(data) });
}

run(workerData as never).catch((error: unknown) =>
  tell({ kind: "failed", message: error instanceof Error ? error.message : String(error) }),
);
