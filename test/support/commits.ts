/** Commits as a writer leaves them: stored in a history, stamped by a clock, not published yet. */
import { createClock } from "../../models/kernel/clock";
import type { Histories } from "../../models/kernel/histories";
import type { Commit, Row } from "../../models/kernel/row";
import { rowAfter } from "./rows";

const clock = createClock();

export interface Written {
  readonly id: string;
  readonly versions?: number;
  readonly state?: (version: number) => unknown;
  /** How long ago it was committed. */
  readonly ageMs?: number;
}

/** Rows that follow one another, stamped `ageMs` ago. */
export function rowsOf({ id, versions = 1, state = (n) => ({ n }), ageMs = 0 }: Written): Row[] {
  const past = ageMs === 0 ? clock : createClock(() => Date.now() - ageMs);
  const rows: Row[] = [];
  for (let version = 1; version <= versions; version++) {
    const hlc = past.next();
    const committedAt = new Date(Date.now() - ageMs).toISOString();
    rows.push({ ...rowAfter(rows.at(-1) ?? null, { id, state: state(version) }), hlc, committedAt });
  }
  return rows;
}

/** Stores the rows and gives the commits that the writer would offer to its relay. */
export async function write(histories: Histories, what: Written): Promise<Commit[]> {
  const rows = rowsOf(what);
  const outcomes = await histories.insert(rows, true);
  if (outcomes.some((outcome) => outcome !== "inserted")) throw new Error(`not stored: ${outcomes.join(", ")}`);
  return rows.map((row) => ({ ...row, aggregate: histories.aggregate }));
}
