/**
 * Counts attempts in windows of time: in memory for one process, in Redis where several share the counts. When Redis
 * does not answer, the process counts for itself: guessing must not become free, nor logging in impossible.
 */
import type { Redis } from "ioredis";
import { LRUCache } from "lru-cache";

export interface Limit {
  readonly max: number;
  readonly windowMs: number;
}

export interface Throttle {
  /** Counts one attempt. 0: it may go on; otherwise how long to wait, in milliseconds. */
  take(key: string, limit: Limit): Promise<number>;
  /** Takes one attempt back: it was no failure. */
  giveBack(key: string): Promise<void>;
  forget(key: string): Promise<void>;
}

interface Window {
  count: number;
  readonly endsAt: number;
}

const KEYS_MAX = 100_000;

/** Forgets the keys that were used longest ago when there are too many: memory is bounded whoever attacks. */
export function memoryThrottle(now: () => number = Date.now, keysMax = KEYS_MAX): Throttle {
  const windows = new LRUCache<string, Window>({ max: keysMax });
  const current = (key: string): Window | undefined => {
    const found = windows.get(key);
    return found && found.endsAt > now() ? found : undefined;
  };
  return {
    take(key, { max, windowMs }) {
      const window = current(key) ?? { count: 0, endsAt: now() + windowMs };
      window.count = Math.min(window.count + 1, max + 1);
      windows.set(key, window);
      return Promise.resolve(window.count > max ? window.endsAt - now() : 0);
    },
    giveBack(key) {
      const window = current(key);
      if (window && window.count > 0) window.count -= 1;
      return Promise.resolve();
    },
    forget(key) {
      windows.delete(key);
      return Promise.resolve();
    },
  };
}

const PREFIX = "stoa-throttle-";

export function redisThrottle(redis: Redis, otherwise: Throttle = memoryThrottle()): Throttle {
  const either = async <T>(shared: () => Promise<T>, own: () => Promise<T>): Promise<T> => {
    try {
      return await shared();
    } catch {
      return own();
    }
  };
  const count = async (key: string, { max, windowMs }: Limit): Promise<number> => {
    const name = PREFIX + key;
    // a key that exists keeps its end: NX
    const answers = await redis.multi().set(name, 0, "PX", windowMs, "NX").incr(name).pttl(name).exec();
    const [counted = 0, leftMs = 0] = (answers ?? []).slice(1).map(([, answer]) => Number(answer));
    return counted > max ? Math.max(leftMs, 1) : 0;
  };
  return {
    take: (key, limit) =>
      either(
        () => count(key, limit),
        () => otherwise.take(key, limit),
      ),
    giveBack: (key) =>
      either(
        async () => {
          const name = PREFIX + key;
          if (Number(await redis.get(name)) > 0) await redis.decr(name);
        },
        () => otherwise.giveBack(key),
      ),
    forget: (key) =>
      either(
        async () => {
          await redis.del(PREFIX + key);
        },
        () => otherwise.forget(key),
      ),
  };
}
