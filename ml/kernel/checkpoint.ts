/** Where a training stands, in a file that is whole or not there: it is written beside, flushed, and then renamed. */
import { createHash } from "node:crypto";
import { open, readFile, rename } from "node:fs/promises";
import type { Standing } from "./fit";

interface Head {
  readonly epoch: number;
  readonly bestEpoch: number;
  readonly bestMeasure: number;
  readonly length: number;
  readonly sameAsBest: boolean;
  readonly hash: string;
}

const HEAD_BYTES = 512;

const bytesOf = (floats: Float32Array): Buffer => Buffer.from(floats.buffer, floats.byteOffset, floats.byteLength);
const hashOf = (parts: readonly Buffer[]): string => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
};

export async function writeCheckpoint(file: string, standing: Standing): Promise<void> {
  const { epoch, bestEpoch, bestMeasure, now, best } = standing;
  const sameAsBest = now === best;
  const parts = sameAsBest ? [bytesOf(now)] : [bytesOf(now), bytesOf(best)];
  const head: Head = { epoch, bestEpoch, bestMeasure, length: now.length, sameAsBest, hash: hashOf(parts) };
  const handle = await open(`${file}.part`, "w");
  try {
    await handle.writeFile(JSON.stringify(head).padEnd(HEAD_BYTES));
    for (const part of parts) await handle.writeFile(part);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.part`, file);
}

const isMissing = (error: unknown): boolean => (error as { code?: unknown }).code === "ENOENT";

const floatsOf = (bytes: Buffer): Float32Array => {
  const floats = new Float32Array(bytes.length / 4);
  bytesOf(floats).set(bytes);
  return floats;
};

/** @returns null where there is none. @throws Error when the file is not what was written */
export async function readCheckpoint(file: string): Promise<Standing | null> {
  const bytes = await readFile(file).catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw error;
  });
  if (bytes === null) return null;
  const body = bytes.subarray(HEAD_BYTES);
  const damaged = new Error(`The checkpoint ${file} is damaged. Remove it: the training then begins anew.`);
  let head: Head;
  try {
    head = JSON.parse(bytes.subarray(0, HEAD_BYTES).toString()) as Head;
  } catch {
    throw damaged;
  }
  if (hashOf([body]) !== head.hash) throw damaged;
  const now = floatsOf(body.subarray(0, head.length * 4));
  const best = head.sameAsBest ? now : floatsOf(body.subarray(head.length * 4));
  return { epoch: head.epoch, bestEpoch: head.bestEpoch, bestMeasure: head.bestMeasure, now, best };
}
