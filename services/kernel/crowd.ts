/** Whether the machine's processors have anything to spare: who can put work off does so while they have not. */
import { cpus } from "node:os";

/** Milliseconds of all processors since the machine started. */
export interface Processors {
  readonly idle: number;
  readonly all: number;
}

const BUSY_MIN = 0.9;
const LOOK_EVERY_MS = 500;
/** What is known of a time that is over says nothing of now. */
const OLD_MS = 3_000;

function processors(): Processors {
  let [idle, all] = [0, 0];
  for (const { times } of cpus()) {
    idle += times.idle;
    all += times.idle + times.user + times.nice + times.sys + times.irq;
  }
  return { idle, all };
}

/** True when hardly any processor was idle between two looks. */
export const crowdedBetween = (before: Processors, after: Processors): boolean =>
  after.all > before.all && (after.idle - before.idle) / (after.all - before.all) <= 1 - BUSY_MIN;

/** Tells it of the last half second or more; looks no more often than that. */
export function createCrowd(look: () => Processors = processors, now: () => number = () => performance.now()) {
  let seen = { at: now(), ...look() };
  let crowded = false;
  return (): boolean => {
    const at = now();
    if (at - seen.at < LOOK_EVERY_MS) return crowded;
    const found = look();
    crowded = at - seen.at < OLD_MS && crowdedBetween(seen, found);
    seen = { at, ...found };
    return crowded;
  };
}
