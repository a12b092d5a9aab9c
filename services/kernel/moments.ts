/** Moments that callers name, in the one form in which rows carry them. */
import { setTimeout as pause } from "node:timers/promises";
import type { Moment } from "../../models/kernel/histories";
import type { TimeKind } from "../../models/kernel/history.contract";
import { Refusal, refuseKernel } from "../../models/kernel/refusal";
import type { Iso } from "../../models/kernel/row";

/** So long after a moment no node writes anything recorded before it: clocks differ by less, and no insert takes it. */
export const SETTLED_MS = 5_000;

export interface Wall {
  readonly now: () => Iso;
  readonly pause: (ms: number) => Promise<unknown>;
}

export const wallOf = (now: () => Iso): Wall => ({ now, pause: (ms) => pause(ms) });

/** Text compares like time only in one form. @throws VALIDATION_FAILED for what the calendar does not have */
export function isoOf(at: string): Iso {
  const time = new Date(at);
  const iso = Number.isNaN(time.getTime()) ? "" : time.toISOString();
  if (/^\d{4}-/.test(iso)) return iso;
  const message = '"at" must be a moment like 2026-01-31T12:00:00Z';
  throw new Refusal("VALIDATION_FAILED", 400, `${message}.`, { faults: [{ field: "at", message, rule: "moment" }] });
}

export function momentOf({ version, at, time }: { version?: number; at?: string; time: TimeKind }): Moment {
  if (version !== undefined) return { version };
  const iso = isoOf(at ?? "");
  return time === "occurred" ? { occurredAt: iso } : { committedAt: iso };
}

/**
 * Waits until nothing can be recorded at or before `at` any more: what is read then stays the answer for ever.
 * @throws MOMENT_AHEAD for a moment that has not come yet
 */
export async function settled(at: Iso, { now, pause: wait }: Wall): Promise<void> {
  const leftMs = Date.parse(at) + SETTLED_MS - Date.parse(now());
  if (leftMs > SETTLED_MS) {
    refuseKernel("MOMENT_AHEAD", `${at} has not come yet; nobody knows how things will stand then.`, { at });
  }
  if (leftMs > 0) await wait(leftMs);
}
