/**
 * Hybrid logical time (Kulkarni et al., 2014): the wall clock where it moves forward, a counter where it does not.
 * Stamps are fixed width, so that they sort as text; they never go backwards within an aggregate or along causation,
 * whatever the wall clocks of the nodes do.
 */
import type { Iso } from "./row";
import { refuseKernel } from "./refusal";

const MS_DIGITS = 15;
const COUNT_DIGITS = 5;
const COUNT_MAX = 99_999;
/** A node whose clock is further ahead than this would drag everybody's time along: its stamps are refused. */
const AHEAD_MAX_MS = 500;

export interface Clock {
  /** A stamp later than every stamp given or seen so far, and than `after`. */
  next(after?: string): string;
  /** Takes in the stamp of a message from another node. @throws CLOCK_AHEAD */
  observe(stamp: string): void;
  /** Wall time of this node. */
  now(): Iso;
}

const write = (ms: number, count: number): string =>
  `${String(ms).padStart(MS_DIGITS, "0")}-${String(count).padStart(COUNT_DIGITS, "0")}`;

const msOf = (stamp: string): number => Number(stamp.slice(0, MS_DIGITS));
const countOf = (stamp: string): number => Number(stamp.slice(MS_DIGITS + 1));

let written = { ms: -1, iso: "" };

/** Many commits fall into one millisecond: its text is written once. */
function isoOf(ms: number): Iso {
  if (written.ms !== ms) written = { ms, iso: new Date(ms).toISOString() };
  return written.iso;
}

/** The wall time inside a stamp. */
export const stampTime = (stamp: string): Iso => isoOf(msOf(stamp));

/** The last stamp that a moment can have. */
export const lastStampOf = (at: Iso): string => write(Date.parse(at), COUNT_MAX);

const successor = (stamp: string): string =>
  countOf(stamp) < COUNT_MAX ? write(msOf(stamp), countOf(stamp) + 1) : write(msOf(stamp) + 1, 0);

export function createClock(wall: () => number = Date.now): Clock {
  let last = write(0, 0);
  return {
    next(after = "") {
      const floor = after > last ? after : last;
      const physical = write(wall(), 0);
      last = physical > floor ? physical : successor(floor);
      return last;
    },
    observe(stamp) {
      const aheadMs = msOf(stamp) - wall();
      if (!(aheadMs <= AHEAD_MAX_MS)) {
        refuseKernel("CLOCK_AHEAD", `A node's clock is ${aheadMs} ms ahead of ours; set both by NTP.`, { aheadMs });
      }
      if (stamp > last) last = stamp;
    },
    now: () => isoOf(wall()),
  };
}
