/**
 * One table of a board: the sums of what its sources add, what was shown of them last, and when something last touched
 * each cell. That number is all it takes to tell anybody what changed since he looked: no list of past changes is kept,
 * and the oldest question costs no more than the youngest. A cell is touched also when what came within one window adds
 * up to nothing: whoever comes from another gateway may have seen what was between.
 */
import type { Cell, Contribution, Frame, LiveProjection, Sums } from "./live";

/** By key; null: the cell is gone. */
export type Changes = Readonly<Record<string, Cell | null>>;

export interface Widget {
  /** Replaces what a source added by what it adds now. */
  replace(before: Contribution | null, now: Contribution | null): void;
  /** What differs from what was shown last, which from now on is what is shown; null: nothing. */
  flush(number: number): Changes | null;
  cells(): Readonly<Record<string, Cell>>;
  /** What changed after a number; null where that is not known any more. */
  after(number: number): Changes | null;
  /** Nobody is told what changed after an earlier number than this. */
  forget(number: number): void;
}

interface Summed {
  /** Sources that contribute to it. */
  sources: number;
  cell: Cell;
}

interface Shown {
  readonly cell: Cell;
  /** When something last touched it. */
  readonly at: number;
}

/** Cells that are gone are remembered until there are so many: then whoever looked before them gets all anew. */
const GONE_MAX = 1_000;

const added = (cell: Cell, more: Cell, sign: 1 | -1): Cell => {
  const sum: Record<string, string | number | null> = { ...cell };
  for (const [name, value] of Object.entries(more)) {
    const known = sum[name];
    if (typeof value === "number" && typeof known === "number") sum[name] = known + sign * value;
    else if (sign === 1) sum[name] = value;
  }
  return sum;
};

const same = (a: Cell, b: Cell): boolean => {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
};

interface Tally {
  readonly sums: Map<string, Summed>;
  readonly dirty: Set<string>;
}

function add({ sums, dirty }: Tally, contribution: Contribution, sign: 1 | -1): void {
  for (const [key, cell] of Object.entries(contribution)) {
    dirty.add(key);
    const known = sums.get(key);
    if (!known) {
      sums.set(key, { sources: 1, cell });
      continue;
    }
    known.sources += sign;
    if (known.sources === 0) sums.delete(key);
    else known.cell = added(known.cell, cell, sign);
  }
}

function* cellsOf(sums: ReadonlyMap<string, Summed>): Generator<[string, Cell]> {
  for (const [key, { cell }] of sums) yield [key, cell];
}

interface Table extends Tally {
  readonly projection: LiveProjection;
  readonly frame: Frame;
  readonly shown: Map<string, Shown>;
  /** Cells that are gone, in the order in which they went. */
  readonly gone: Map<string, number>;
  /** Changes after an earlier number are not known any more. */
  floor: number;
  /** When something last touched any cell. */
  touched: number;
}

interface Candidates {
  readonly keys: Iterable<string>;
  readonly now: (key: string) => Cell | undefined;
}

/** The cells that may differ from what was shown, as they are now. */
function candidates({ projection, frame, sums, dirty, shown }: Table): Candidates {
  if (!projection.shown) return { keys: dirty, now: (key) => sums.get(key)?.cell };
  const all: Sums = projection.shown(new Map(cellsOf(sums)), frame);
  return { keys: new Set([...shown.keys(), ...all.keys()]), now: (key) => all.get(key) };
}

/** A cell that is not there: it went, or came and went again since the last time. */
function remove(table: Table, key: string, number: number): void {
  const { shown, gone } = table;
  shown.delete(key);
  gone.delete(key);
  gone.set(key, number);
  const [oldest] = gone;
  if (gone.size <= GONE_MAX || !oldest) return;
  gone.delete(oldest[0]);
  table.floor = Math.max(table.floor, oldest[1]);
}

function flush(table: Table, number: number): Changes | null {
  if (table.dirty.size === 0) return null;
  const { shown, gone } = table;
  const changes: Record<string, Cell | null> = {};
  const { keys, now } = candidates(table);
  for (const key of keys) {
    const cell = now(key);
    const before = shown.get(key);
    if (cell === undefined) {
      if (before) changes[key] = null;
      remove(table, key, number);
      continue;
    }
    if (!before || !same(before.cell, cell)) changes[key] = cell;
    gone.delete(key);
    shown.set(key, { cell, at: number });
  }
  table.dirty.clear();
  table.touched = number;
  return Object.keys(changes).length === 0 ? null : changes;
}

/** What is shown of a list may move without being touched: of one that anything touched since, all is told anew. */
function after({ projection, shown, gone, floor, touched }: Table, number: number): Changes | null {
  if (number < floor || (projection.shown && number < touched)) return null;
  const changes: Record<string, Cell | null> = {};
  for (const [key, { cell, at }] of shown) if (at > number) changes[key] = cell;
  for (const [key, at] of gone) if (at > number) changes[key] = null;
  return changes;
}

export function createWidget(projection: LiveProjection, frame: Frame): Widget {
  const table: Table = {
    ...{ projection, frame, sums: new Map(), dirty: new Set(), shown: new Map(), gone: new Map() },
    ...{ floor: 0, touched: 0 },
  };
  return {
    replace(before, now) {
      if (before) add(table, before, -1);
      if (now) add(table, now, 1);
    },
    flush: (number) => flush(table, number),
    cells: () => Object.fromEntries([...table.shown].map(([key, { cell }]) => [key, cell])),
    after: (number) => after(table, number),
    forget(number) {
      table.floor = Math.max(table.floor, number);
    },
  };
}
