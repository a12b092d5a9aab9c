import { setTimeout as pause } from "node:timers/promises";

const TIMEOUT_MS = 10_000;
const FIRST_STEP_MS = 5;
const STEP_MAX_MS = 250;

/**
 * Waits until the probe gives something other than undefined or false, and gives that. A probe that throws is asked
 * again. When the time is up, rejects with what was waited for and what the probe last said.
 */
export async function eventually<T>(
  what: string,
  probe: () => T | Promise<T>,
  { timeoutMs = TIMEOUT_MS }: { timeoutMs?: number } = {},
): Promise<Exclude<T, undefined | false>> {
  const until = Date.now() + timeoutMs;
  for (let stepMs = FIRST_STEP_MS; ; stepMs = Math.min(stepMs * 2, STEP_MAX_MS)) {
    const answer = await ask(probe);
    if ("found" in answer) return answer.found;
    if (Date.now() > until) throw new Error(`not within ${timeoutMs} ms: ${what} (${answer.instead})`);
    await pause(stepMs);
  }
}

type Answer<T> = { found: Exclude<T, undefined | false> } | { instead: string };

async function ask<T>(probe: () => T | Promise<T>): Promise<Answer<T>> {
  try {
    const found = await probe();
    if (found === undefined || found === false) return { instead: `the probe gave ${String(found)}` };
    return { found: found as Exclude<T, undefined | false> };
  } catch (fault) {
    return { instead: fault instanceof Error ? fault.message : String(fault) };
  }
}
