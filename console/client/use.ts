/** Questions to the mall as parts of a page: asked when it is shown, asked again when what is asked for changes. */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Calls } from "../../models/contracts";
import { addresses, type Action } from "./addresses";
import { askAt } from "./ask";
import { Problem } from "./problem";
import type { Params } from "./wire";

export interface Answer<T> {
  /** The newest answer; it stays while the next is on its way. */
  readonly data: T | null;
  readonly fault: Problem | null;
  readonly waiting: boolean;
  /** Asks once more. */
  readonly again: () => void;
}

interface Held<T> {
  readonly data: T | null;
  readonly fault: Problem | null;
  readonly waiting: boolean;
}

const asProblem = (error: unknown): Problem =>
  error instanceof Problem ? error : new Problem("CONSOLE_FAULT", 0, error instanceof Error ? error.message : "");

/** @param params null: nothing is asked yet */
export function useAt<T>(address: string, params: Params | null): Answer<T> {
  const [held, setHeld] = useState<Held<T>>({ data: null, fault: null, waiting: params !== null });
  const [turn, setTurn] = useState(0);
  const key = params === null ? null : address + JSON.stringify(params);
  const latest = useRef(params);
  latest.current = params;
  useEffect(() => {
    if (key === null) return;
    const stop = new AbortController();
    setHeld((before) => ({ ...before, waiting: true }));
    askAt<T>(address, latest.current ?? {}, { signal: stop.signal }).then(
      (data) => setHeld({ data, fault: null, waiting: false }),
      (error: unknown) => {
        if (!stop.signal.aborted) setHeld((before) => ({ ...before, fault: asProblem(error), waiting: false }));
      },
    );
    return () => stop.abort();
  }, [address, key, turn]);
  const again = useCallback(() => setTurn((n) => n + 1), []);
  return { ...held, again };
}

/** The answer to an action by its name. */
export const useAsk = <N extends Action>(name: N, params: Calls[N]["params"] | null): Answer<Calls[N]["result"]> =>
  useAt<Calls[N]["result"]>(addresses[name], params as Params | null);

export interface Doing {
  readonly busy: boolean;
  readonly fault: Problem | null;
  /** Does it, one at a time. @returns whether it was done */
  readonly run: (work: () => Promise<unknown>) => Promise<boolean>;
  readonly clear: () => void;
}

/** Something that a person does: whether it is under way, and what was wrong with it. */
export function useDoing(): Doing {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Problem | null>(null);
  const running = useRef(false);
  const run = useCallback(async (work: () => Promise<unknown>): Promise<boolean> => {
    if (running.current) return false;
    running.current = true;
    setBusy(true);
    setFault(null);
    try {
      await work();
      return true;
    } catch (error) {
      setFault(asProblem(error));
      return false;
    } finally {
      running.current = false;
      setBusy(false);
    }
  }, []);
  return { busy, fault, run, clear: () => setFault(null) };
}
