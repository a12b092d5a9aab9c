/** What names a model: the hash of its weights, bit by bit, and of the words that say how to read them. */
import { createHash } from "node:crypto";

/** @returns 64 hexadecimal digits; equal for equal `shape` and equal bits of `weights` */
export function modelHash(shape: unknown, weights: Float32Array): string {
  const bytes = Buffer.from(weights.buffer, weights.byteOffset, weights.byteLength);
  return createHash("sha256").update(JSON.stringify(shape)).update("\n").update(bytes).digest("hex");
}
