/**
 * All tables of one board, and the newest version that they know of each source. A commit that brings nothing newer is
 * passed over; but as it may stand in the stream after the number at which somebody else left off, nobody is told what
 * changed since before it: he gets a snapshot.
 */
import type { Commit, Iso } from "../../models/kernel/row";
import type { Contribution, Frame, LiveProjection } from "./live";
import { createWidget, type Changes, type Widget } from "./live-widget";
import { sourceOf } from "./projection";

/** What changed in a table after `from`, up to `to`. */
export interface Change {
  readonly widget: string;
  readonly from: number;
  readonly to: number;
  /** When the newest of it was committed. */
  readonly committedAt: Iso | null;
  readonly changes: Changes;
}

export interface Board {
  readonly frame: Frame;
  /** Sources that it knows. */
  size(): number;
  /** @param number of the commit in the stream; 0 for what was read from the histories */
  take(commit: Commit, number: number): void;
  version(source: string): number;
  changed(): boolean;
  /** Takes what was taken since the last time as of a number. */
  flush(number: number): readonly Change[];
  /** As of the last flush. */
  cells(widget: string): Changes;
  /** What changed after a number; null where nobody knows any more, or there is no such table. */
  after(widget: string, number: number): Changes | null;
}

interface Entry {
  readonly version: number;
  readonly parts: readonly (Contribution | null)[];
}

interface Table {
  readonly name: string;
  readonly widget: Widget;
  /** What it last told went up to here. */
  told: number;
}

/** @param number the position of the stream at which it begins */
export function createBoard(projections: readonly LiveProjection[], frame: Frame, number: number): Board {
  const entries = new Map<string, Entry>();
  const tables = projections.map((projection): Table => {
    const widget = createWidget(projection, frame);
    widget.forget(number);
    return { name: projection.widget, widget, told: number };
  });
  const named = new Map(tables.map((table) => [table.name, table]));
  let changed = false;
  let committedAt: Iso | null = null;

  return {
    frame,
    size: () => entries.size,
    version: (source) => entries.get(source)?.version ?? 0,
    changed: () => changed,
    take(commit, at) {
      const source = sourceOf(commit);
      const known = entries.get(source);
      if (known && known.version >= commit.version) {
        for (const { widget } of tables) widget.forget(at);
        return;
      }
      const parts = projections.map(({ sources }) => sources[commit.aggregate]?.(commit, frame) ?? null);
      entries.set(source, { version: commit.version, parts });
      tables.forEach(({ widget }, i) => widget.replace(known?.parts[i] ?? null, parts[i] ?? null));
      changed = true;
      if (committedAt === null || committedAt < commit.committedAt) ({ committedAt } = commit);
    },
    flush(to) {
      if (!changed) return [];
      changed = false;
      const newest = committedAt;
      committedAt = null;
      return tables.flatMap((table): Change[] => {
        const changes = table.widget.flush(to);
        if (changes === null) return [];
        const from = table.told;
        table.told = to;
        return [{ widget: table.name, from, to, committedAt: newest, changes }];
      });
    },
    cells: (name) => named.get(name)?.widget.cells() ?? {},
    after: (name, at) => named.get(name)?.widget.after(at) ?? null,
  };
}
