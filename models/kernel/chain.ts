/** Proves one history: every row against the one before it, and its head against what the newest checkpoint saw. */
import { faultsOf, type Head, type RowFinding, type RowSource } from "./audit";
import { rowId, type Row } from "./row";

export interface ChainWork {
  /** Rows as they were stored: a reader that upcasts would show a row whose hash is of an older shape. */
  readonly source: RowSource;
  readonly id: string;
  /** Versions after this one, whose row is taken as it is; 0 begins at the beginning. */
  readonly after: number;
  /** Rows that are read at most. */
  readonly limit: number;
  /** What the checkpoint saw, if it saw this history. */
  readonly seen: Head | null;
}

export interface ChainFound {
  readonly findings: readonly RowFinding[];
  /** How many rows were held against the one before them. */
  readonly rows: number;
  /** The last row that was read; null when there is none. */
  readonly last: Row | null;
  /** Give this as `after` to read on; null at the end. */
  readonly next: number | null;
}

const PAGE = 200;

async function* rowsOf({ source, id }: ChainWork, from: number): AsyncGenerator<Row> {
  for (let after = rowId(id, from); ;) {
    const page = await source.scan(after, PAGE);
    const own = page.filter(({ aggregateId }) => aggregateId === id);
    yield* own;
    const last = own.at(-1);
    if (!last || own.length < PAGE) return;
    after = last._id;
  }
}

export async function proveChain(work: ChainWork): Promise<ChainFound> {
  const { id, after, limit, seen } = work;
  const { aggregate } = work.source;
  const findings: RowFinding[] = [];
  let before: Row | null = null;
  let rows = 0;
  for await (const row of rowsOf(work, Math.max(0, after - 1))) {
    if (rows === limit) return { findings, rows, last: before, next: before?.version ?? null };
    // the one at the seam is only there to be followed
    if (row.version !== after) {
      const kinds = faultsOf(row, { before, seen, chains: true });
      findings.push(...kinds.map((kind) => ({ kind, aggregate, id, version: row.version })));
      rows++;
    }
    before = row;
  }
  findings.push(...lostOf(seen, before));
  return { findings, rows, last: before, next: null };
}

/** What the checkpoint saw and the history does not reach any more. */
function lostOf(seen: Head | null, newest: Row | null): RowFinding[] {
  const version = newest?.version ?? 0;
  if (!seen || seen.version <= version) return [];
  const { hash: _hash, ...names } = seen;
  return [{ ...names, kind: version === 0 ? "history-missing" : "history-truncated" }];
}
