/**
 * The thread of delivery as a worker. It loads as much as the node does, and a start waits for both: so it is begun
 * before anything else is loaded, and told later what to work with.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import { Worker } from "node:worker_threads";

/** Of the thread's own heap; the node's has its own limit. What it reads at once is bounded by the consumers. */
const HEAP = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16 };

/** Beside this file when built; under dist/ when this file runs from its source, as in tests. */
function builtProgram(): string {
  const beside = path.join(__dirname, "delivery-program.js");
  return existsSync(beside) ? beside : path.join(__dirname, "../../dist/bin/node/delivery-program.js");
}

const workerOf = (program: string): Worker => new Worker(program, { resourceLimits: HEAP, execArgv: [] });

interface Early {
  readonly program: string;
  readonly worker: Worker;
}

let early: Early | null = null;

/** For a program that will run a node: its thread loads what it needs meanwhile. @param program another, in tests */
export function beginEarly(program = builtProgram()): void {
  const worker = workerOf(program);
  // a program that ends before it runs a node must not wait for it; one that died is no loss
  worker.unref();
  worker.on("error", () => undefined);
  worker.once("exit", () => {
    if (early?.worker === worker) early = null;
  });
  early = { program, worker };
}

/** The one of this program that was begun early, once; else a new one. */
export function takeWorker(program = builtProgram()): Worker {
  if (early?.program !== program) return workerOf(program);
  const { worker } = early;
  early = null;
  worker.ref();
  return worker;
}
