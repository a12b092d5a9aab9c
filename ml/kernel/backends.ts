/**
 * Chooses what computes tensors, and asserts that it does: TensorFlow.js falls back in silence, and a training that
 * was planned for wasm takes twenty times as long on cpu. A process has one backend; asking for another one later
 * is refused, since tensors do not travel between them.
 */
import * as tf from "@tensorflow/tfjs-core";
// brings the gradients of the core's operations: the core's own build for Node has none
import "@tensorflow/tfjs-layers";
import { registerSegmentSum } from "./segment-sum";

/** `tensorflow` is the native library, an optional package that pays where nets are wide. */
export type Backend = "tensorflow" | "wasm" | "cpu";

/** From the one wished for most; those that are not installed or do not start are passed over. */
export const PREFERRED: readonly Backend[] = ["wasm", "cpu"];
export const WIDE: readonly Backend[] = ["tensorflow", "wasm", "cpu"];

const PACKAGES: Readonly<Record<Backend, string>> = {
  tensorflow: "@tensorflow/tfjs-node",
  wasm: "@tensorflow/tfjs-backend-wasm",
  cpu: "@tensorflow/tfjs-backend-cpu",
};

let inUse: Promise<Backend> | null = null;

/** The reason why it does not start, or null. */
async function start(backend: Backend): Promise<string | null> {
  try {
    // the package registers itself; in Node the wasm one reads its binary from its own folder
    await import(PACKAGES[backend]);
    if (!(await tf.setBackend(backend))) return "it did not start";
    await tf.ready();
    return tf.getBackend() === backend ? null : `${tf.getBackend()} took its place`;
  } catch (error) {
    return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
  }
}

async function choose(wished: readonly Backend[]): Promise<Backend> {
  const reasons: string[] = [];
  for (const backend of wished) {
    const reason = await start(backend);
    if (reason !== null) {
      reasons.push(`${backend}: ${reason}`);
      continue;
    }
    registerSegmentSum(backend);
    return backend;
  }
  throw new Error(`No backend of TensorFlow.js starts (${reasons.join("; ")}). Run \`npm ci\` to get wasm and cpu.`);
}

/**
 * The backend of this process, started by the first call.
 * @throws Error when none of those wished for starts, or when another one is in use already
 */
export async function useBackend(wished: readonly Backend[] = PREFERRED): Promise<Backend> {
  inUse ??= choose(wished);
  const backend = await inUse;
  if (wished.includes(backend)) return backend;
  throw new Error(`This process computes with ${backend}; ${wished.join(" or ")} needs a process of its own.`);
}

/** What a model's card says of the machine that made it. */
export const backendVersion = (): string => `${tf.getBackend()} of tfjs ${tf.version_core}`;
