/**
 * What took many steps to make is used several times, where what is asked of it leaves enough of it: else a run would
 * spend itself on what comes before a request. What others spoil meanwhile is made anew after some uses; several who
 * want it at once wait for the one who makes it.
 */
import type { Shelf, Stage } from "../stage";

interface Kept {
  readonly value: Promise<unknown>;
  uses: number;
}

const shelves = new WeakMap<Shelf, Map<string, Kept>>();

/** @param name says what it is: under one name there is one kind of thing */
export async function kept<T>(stage: Stage, name: string, usesMax: number, make: () => Promise<T>): Promise<T> {
  const known = shelves.get(stage.shelf) ?? new Map<string, Kept>();
  shelves.set(stage.shelf, known);
  const found = known.get(name);
  if (found && found.uses < usesMax) {
    found.uses++;
    return found.value as Promise<T>;
  }
  const made: Kept = { value: make(), uses: 1 };
  known.set(name, made);
  // who waits for it hears why; the next one tries again
  made.value.catch(() => known.get(name) === made && known.delete(name));
  return made.value as Promise<T>;
}

/** Where a story came to a halt, this may be the reason: what comes next makes it anew. */
export const leave = (shelf: Shelf, name: string): boolean => shelves.get(shelf)?.delete(name) ?? false;
