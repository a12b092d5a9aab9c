/**
 * At most so many at once; who comes later waits for a turn, and is overtaken by nobody. What waits is bounded by
 * whoever asks.
 */
export function createTurns(atOnceMax: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= atOnceMax) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      // the turn is handed on, or given back
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
