/**
 * Whether every change has its snapshot: the state that a row carries must be what its events make of the state
 * before it. Looked at on samples, for the metric and for `stoa verify`. Personal fields are left out, for they are
 * sealed anew in every row, and whoever looks need not be able to open them.
 */
import { fold, type AnyAggregate } from "./aggregate";
import { canonical } from "./canonical";
import type { Histories } from "./histories";
import type { Model } from "./model";
import { commitRef, type Row } from "./row";

export interface RefoldWork {
  readonly aggregate: AnyAggregate;
  readonly model: Model;
  readonly histories: Pick<Histories, "scan">;
  /** Rows that are read at most. */
  readonly rows: number;
  /** Begin after this row; the versions of a history whose beginning was not read are left out. */
  readonly after: string;
}

export interface Refolded {
  /** Changes that were folded again. */
  readonly changes: number;
  /** Those whose row carries the state that they lead to. */
  readonly snapshots: number;
  /** `offer/x@3` of the others; the first ones. */
  readonly missing: readonly string[];
}

const PAGE = 200;
const MISSING_MAX = 20;

const without = (fields: readonly string[], state: unknown): unknown =>
  typeof state === "object" && state !== null && fields.length > 0
    ? Object.fromEntries(Object.entries(state).filter(([name]) => !fields.includes(name)))
    : state;

/** Null where it cannot be told: a rule that wants to read what is sealed. */
function holds({ aggregate, model }: RefoldWork, before: Row | null, row: Row): boolean | null {
  const fields = model.personal?.fields ?? [];
  const text = (state: unknown): string => canonical(without(fields, state));
  try {
    return text(fold(aggregate, before?.state ?? aggregate.initial, row.events)) === text(row.state);
  } catch {
    return fields.length > 0 ? null : false;
  }
}

/** From `after` on, and then, where that were not enough, from the beginning up to there. */
async function* rowsOf({ histories, rows, after }: RefoldWork): AsyncGenerator<Row> {
  let left = rows;
  for (const [begin, until] of [
    [after, null],
    ["", after],
  ] as const) {
    for (let from = begin; left > 0;) {
      const page = await histories.scan(from, Math.min(PAGE, left));
      const wanted = until === null ? page : page.filter(({ _id }) => _id <= until);
      yield* wanted;
      left -= wanted.length;
      const last = wanted.at(-1);
      if (!last || wanted.length < PAGE) break;
      from = last._id;
    }
  }
}

export async function refold(work: RefoldWork): Promise<Refolded> {
  const found = { changes: 0, snapshots: 0, missing: [] as string[] };
  const count = (row: Row, held: boolean | null): void => {
    if (held === null) return;
    found.changes++;
    if (held) found.snapshots++;
    else found.missing.push(commitRef(work.aggregate.name, row.aggregateId, row.version));
  };
  let before: Row | null = null;
  for await (const row of rowsOf(work)) {
    // the version after one that was not read cannot be told
    const previous: Row | null = before?.aggregateId === row.aggregateId ? before : null;
    if (previous || row.version === 1) count(row, holds(work, previous, row));
    before = row;
  }
  return { ...found, missing: found.missing.slice(0, MISSING_MAX) };
}

export const together = (all: readonly Refolded[]): Refolded => ({
  changes: all.reduce((sum, { changes }) => sum + changes, 0),
  snapshots: all.reduce((sum, { snapshots }) => sum + snapshots, 0),
  missing: all.flatMap(({ missing }) => missing).slice(0, MISSING_MAX),
});
