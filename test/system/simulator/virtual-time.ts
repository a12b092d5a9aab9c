/**
 * Time that stands still until the scheduler moves it. Everything in the process that waits (timers, intervals,
 * immediates) waits here, in one queue that is ordered by moment and then by who came first: so a run is the same
 * each time, and an hour of waiting costs nothing.
 */

interface Waiting {
  readonly at: number;
  readonly order: number;
  readonly everyMs: number | null;
  readonly run: () => void;
}

export interface VirtualTime {
  /** Milliseconds since 1970, as the code under test sees it. */
  now(): number;
  /** Moves on without anything falling due in between. */
  pass(ms: number): void;
  /** The moment of the next timer, or null. */
  nextAt(): number | null;
  /** Runs the next timer, at its moment. */
  fireNext(): void;
  /** Lets everything happen that waits for nothing but its turn. */
  settle(): Promise<void>;
  /** Runs what was handed to `setImmediate`, in order; false when there was nothing. */
  runImmediates(): boolean;
  restore(): void;
}

const START_MS = Date.UTC(2026, 0, 1);
const real = {
  setTimeout,
  clearTimeout,
  setInterval,
  clearInterval,
  setImmediate,
  now: Date.now.bind(Date),
  performanceNow: performance.now.bind(performance),
};

export function takeTime(): VirtualTime {
  let nowMs = START_MS;
  let order = 0;
  const waiting = new Map<object, Waiting>();
  let immediates: (() => void)[] = [];

  const add = (run: () => void, ms: number, everyMs: number | null): object => {
    const handle = { unref: () => handle, ref: () => handle, hasRef: () => true };
    waiting.set(handle, { at: nowMs + Math.max(0, ms), order: order++, everyMs, run });
    return handle;
  };
  const next = (): [object, Waiting] | null => {
    let found: [object, Waiting] | null = null;
    for (const entry of waiting) {
      const [, one] = entry;
      if (!found || one.at < found[1].at || (one.at === found[1].at && one.order < found[1].order)) found = entry;
    }
    return found;
  };
  const clear = (handle?: object): void => {
    if (handle) waiting.delete(handle);
  };
  Object.assign(globalThis, {
    setTimeout: (run: () => void, ms = 0) => add(run, ms, null),
    setInterval: (run: () => void, ms = 0) => add(run, ms, ms),
    clearTimeout: clear,
    clearInterval: clear,
    setImmediate: (run: () => void) => void immediates.push(run),
  });
  // the wall clock knows whole milliseconds only
  Date.now = () => Math.floor(nowMs);
  performance.now = () => nowMs;
  return {
    now: () => nowMs,
    pass: (ms) => void (nowMs += ms),
    nextAt: () => next()?.[1].at ?? null,
    fireNext() {
      const due = next();
      if (!due) return;
      const [handle, { at, everyMs, run }] = due;
      nowMs = Math.max(nowMs, at);
      if (everyMs === null) waiting.delete(handle);
      else waiting.set(handle, { at: nowMs + everyMs, order: order++, everyMs, run });
      run();
    },
    settle: () => new Promise((resolve) => real.setImmediate(resolve)),
    runImmediates() {
      const turn = immediates;
      immediates = [];
      for (const run of turn) run();
      return turn.length > 0;
    },
    restore() {
      const { now, performanceNow, ...timers } = real;
      Object.assign(globalThis, timers);
      Date.now = now;
      performance.now = performanceNow;
    },
  };
}
