/** Who sees which arm: the same one always, without anybody keeping a list. Pure. */
import { hash } from "node:crypto";
import type { Arm } from "./experiment.content.contract";

const RANGE = 2 ** 32;

/** A number from 0 to 1 that follows from experiment and unit alone, and differs from experiment to experiment. */
export const placeOf = (experimentId: string, unit: string): number =>
  Buffer.from(hash("sha256", `${experimentId}\n${unit}`, "hex").slice(0, 8), "hex").readUInt32BE(0) / RANGE;

/** Which arm a unit sees, the first is 0; null for who takes no part, where the shares are less than everybody. */
export function assigned(experimentId: string, arms: readonly Pick<Arm, "share">[], unit: string): number | null {
  const place = placeOf(experimentId, unit);
  let upTo = 0;
  for (const [at, { share }] of arms.entries()) {
    upTo += share;
    if (place < upTo) return at;
  }
  return null;
}
