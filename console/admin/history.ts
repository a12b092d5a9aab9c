/** The history of a thing, and the thing as it was: asked for as somebody walks through it, kept for the way back. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { HistoryDiff, HistoryEntry, HistoryPage, StateAsOf } from "../../models/kernel/history.results";
import { ask } from "../client/ask";
import { Problem } from "../client/problem";

export interface Thing {
  readonly aggregate: string;
  readonly id: string;
}

/** Versions that are walked through; what is older is reached by its number. */
const VERSIONS_MAX = 1_000;
const PAGE = 200;
/** Whoever drags the slider passes many versions, and looks at few. */
const REST_MS = 70;
const KEPT_MAX = 200;

/** Every version, the oldest first. @throws Problem */
export async function versionsOf(thing: Thing, signal: AbortSignal): Promise<readonly HistoryEntry[]> {
  const entries: HistoryEntry[] = [];
  for (let after: number | null = 0; after !== null && entries.length < VERSIONS_MAX;) {
    const asked = { ...thing, after, limit: PAGE, time: "recorded" } as const;
    const page: HistoryPage = await ask("history.page", asked, { signal });
    entries.push(...page.items);
    after = page.next;
  }
  return entries;
}

export interface Looked {
  readonly then: StateAsOf;
  readonly diff: HistoryDiff;
}

async function look(thing: Thing, from: number, to: number, signal: AbortSignal): Promise<Looked> {
  const [then, diff] = await Promise.all([
    ask("history.asOf", { ...thing, version: to, time: "recorded" }, { signal }),
    ask("history.diff", { ...thing, from, to }, { signal }),
  ]);
  return { then, diff };
}

interface LookedAt {
  readonly looked: Looked | null;
  readonly fault: Problem | null;
}

const problem = (error: unknown): Problem | null => (error instanceof Problem ? error : null);

/** The thing at a version, and what differs from another one. */
export function useLooked(thing: Thing, from: number, to: number): LookedAt {
  const kept = useRef(new Map<string, Looked>());
  const [shown, setShown] = useState<LookedAt>({ looked: null, fault: null });
  const key = `${from}-${to}`;
  useEffect(() => {
    const known = kept.current.get(key);
    if (known) {
      setShown({ looked: known, fault: null });
      return;
    }
    const stop = new AbortController();
    const found = (looked: Looked): void => {
      if (kept.current.size >= KEPT_MAX) kept.current.clear();
      kept.current.set(key, looked);
      setShown({ looked, fault: null });
    };
    const timer = setTimeout(() => {
      look(thing, from, to, stop.signal).then(found, (error: unknown) => {
        if (!stop.signal.aborted) setShown((before) => ({ ...before, fault: problem(error) }));
      });
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [thing.aggregate, thing.id, key]);
  return shown;
}
