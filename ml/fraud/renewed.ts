/**
 * What is gone by for a while: renewed behind those who ask, from half of its time on, so that nobody waits who comes
 * often enough; who would go by something older than its time waits.
 */
import { setImmediate as nextTurn } from "node:timers/promises";

export type Renewing = (nowSeconds: number) => Promise<void>;

/**
 * Nobody's answer comes after the work of renewing, unless they wait for it.
 * @param renew what it is renewed by; when it throws, what is known stays, and is told to who waited for it
 */
export function renewedWithin(seconds: number, renew: Renewing): Renewing {
  let renewedAt = -Infinity;
  let running: Promise<void> | null = null;
  function begin(now: number, waits: boolean): Promise<void> {
    const begun = (waits ? renew(now) : nextTurn().then(() => renew(now)))
      .then(() => {
        renewedAt = now;
      })
      .finally(() => {
        running = null;
      });
    begun.catch(() => undefined);
    return begun;
  }
  return async (now) => {
    // a clock that was set back makes everything old
    const age = Math.abs(now - renewedAt);
    if (age >= seconds / 2) running ??= begin(now, age >= seconds);
    if (age >= seconds && running) await running;
  };
}
