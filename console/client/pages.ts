/** Pages after the first of what was asked, added to what is there. */
import { useEffect, useState } from "preact/hooks";
import type { Problem } from "./problem";
import { useDoing } from "./use";

export interface Page<T> {
  readonly items: readonly T[];
  /** Where the next page begins; null: there is none. */
  readonly cursor: string | null;
}

export interface Pages<T> {
  /** Of all pages so far. */
  readonly items: readonly T[];
  /** Asks for one more; null where there is none. */
  readonly next: (() => void) | null;
  readonly busy: boolean;
  readonly fault: Problem | null;
}

/** @param first begins anew whenever it is answered anew; null: it is not answered yet */
export function usePages<T>(first: Page<T> | null, after: (cursor: string) => Promise<Page<T>>): Pages<T> {
  const [more, setMore] = useState<readonly T[]>([]);
  const [cursor, setCursor] = useState<string | null>(null);
  const { busy, fault, run } = useDoing();
  useEffect(() => {
    setMore([]);
    setCursor(first?.cursor ?? null);
  }, [first]);
  const next = (from: string) => (): void =>
    void run(async () => {
      const page = await after(from);
      setMore((before) => [...before, ...page.items]);
      setCursor(page.cursor);
    });
  return { items: [...(first?.items ?? []), ...more], next: cursor === null ? null : next(cursor), busy, fault };
}
