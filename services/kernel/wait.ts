/**
 * Waiting, always bounded and always breakable: loops of the kernel sleep here, so that stopping a process never
 * waits for a timer, and nothing waits for an answer that does not come.
 */

/** Resolves after `ms`, or at once when `signal` is aborted. Never rejects. */
export function wait(ms: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener("abort", end, { once: true });
  });
}

/** Doubles from `firstMs` (attempt 0) up to `maxMs`. */
export const backoffMs = (attempt: number, firstMs: number, maxMs: number): number =>
  Math.min(maxMs, firstMs * 2 ** Math.min(attempt, 30));

/** What `promise` gives. @throws Error naming `what` when it takes longer than `ms` */
export async function within<T>(ms: number, what: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  // a timer alone, and no signal to abort it by: an abort makes an exception with a stack, and searches wait like this
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

export interface Bell {
  /** Sleeps until the bell rings, `ms` have passed or `signal` is aborted. A ring while nobody sleeps is kept. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  ring(): void;
}

/** Wakes one loop. A sleep is a timer and a promise, and no more: loops sleep many times a second. */
export function createBell(): Bell {
  let rung = false;
  let wake = (): void => undefined;
  const asleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      signal?.addEventListener("abort", end, { once: true });
      wake = end;
    });
  return {
    async sleep(ms, signal) {
      if (!rung && signal?.aborted !== true) await asleep(ms, signal);
      rung = false;
    },
    ring() {
      rung = true;
      wake();
    },
  };
}

/** At most this much of an error's text is kept or stored. */
const REASON_MAX = 500;

/** Why something failed, as bounded text. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : typeof error === "string" ? error : JSON.stringify(error);
  return (text || "unknown").slice(0, REASON_MAX);
}
