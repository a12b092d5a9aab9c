/**
 * What took many steps to make is used several times, where what is asked of it leaves enough of it: else a run would
 * spend itself on what comes before a request. What others spoil meanwhile is made anew after some uses.
 */
import type { Shelf, Stage } from "../stage";

interface Kept {
  readonly value: unknown;
  uses: number;
}

const shelves = new WeakMap<Shelf, Map<string, Kept>>();

/** @param name says what it is: under one name there is one kind of thing */
export async function kept<T>(stage: Stage, name: string, usesMax: number, make: () => Promise<T>): Promise<T> {
  const known = shelves.get(stage.shelf) ?? new Map<string, Kept>();
  shelves.set(stage.shelf, known);
  const found = known.get(name);
  if (found && found.uses++ < usesMax) return found.value as T;
  known.delete(name);
  const value = await make();
  known.set(name, { value, uses: 1 });
  return value;
}
