/**
 * Reads every history once, in order, beside the heads that an earlier checkpoint saw, and tells what does not fit:
 * a row that does not follow the one before it, a version that is missing, a history that is shorter than it was or
 * says something else at the version where it stood. Rows are read as they were stored, never upcast.
 */
import type { Histories } from "./histories";
import { followsChain, type Row } from "./row";

/** The newest row of one history: what a checkpoint vouches for. */
export interface Head {
  readonly aggregate: string;
  readonly id: string;
  readonly version: number;
  readonly hash: string;
}

export interface RowFinding {
  readonly kind: "row-changed" | "version-missing" | "history-truncated" | "tail-rewritten" | "history-missing";
  readonly aggregate: string;
  readonly id: string;
  readonly version: number;
}

export type RowSource = Pick<Histories, "aggregate" | "scan">;

export interface Audit {
  readonly sources: readonly RowSource[];
  /** Heads of the last checkpoint, in the order of this walk. */
  readonly heads: AsyncIterator<Head, void>;
  /** Hash every row (to verify) or only compare heads (to write the next checkpoint). */
  readonly chains: boolean;
  onHead(head: Head): Promise<void> | void;
  onFinding(finding: RowFinding): void;
}

const PAGE = 200;
/** After every id: `~` follows every letter of ids and names. */
const END = "~";

/** The order of the walk: by aggregate, then as `_id` sorts (an id ends with `@`, which sorts before letters). */
export const placeOf = ({ aggregate, id }: Pick<Head, "aggregate" | "id">): string => `${aggregate}/${id}@`;

async function* rowsOf(source: RowSource): AsyncGenerator<Row> {
  for (let after = ""; ;) {
    const page = await source.scan(after, PAGE);
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = last._id;
  }
}

export async function audit(work: Audit): Promise<void> {
  const known = await peekable(work.heads);
  /** The head that the last checkpoint saw at this place, if it saw one; what it saw before it is gone. */
  const seenAt = async (place: string): Promise<Head | null> => {
    for (let head = known.next(); head && placeOf(head) < place; head = known.next()) {
      work.onFinding({ ...namesOf(head), kind: "history-missing" });
      await known.advance();
    }
    const head = known.next();
    if (!head || placeOf(head) !== place) return null;
    await known.advance();
    return head;
  };
  const ranked = work.sources.map((source) => ({ source, place: `${source.aggregate}/` }));
  for (const { source } of ranked.sort((a, b) => (a.place < b.place ? -1 : 1))) {
    await auditOne(work, source, seenAt);
  }
  await seenAt(END);
}

const namesOf = ({ aggregate, id, version }: Head): Omit<RowFinding, "kind"> => ({ aggregate, id, version });

async function auditOne(
  work: Audit,
  source: RowSource,
  seenAt: (place: string) => Promise<Head | null>,
): Promise<void> {
  const { aggregate } = source;
  let before: Row | null = null;
  let seen: Head | null = null;
  for await (const row of rowsOf(source)) {
    if (before?.aggregateId !== row.aggregateId) {
      await close(work, aggregate, { newest: before, seen });
      seen = await seenAt(placeOf({ aggregate, id: row.aggregateId }));
      before = null;
    }
    for (const kind of faultsOf(row, { before, seen, chains: work.chains })) {
      work.onFinding({ kind, aggregate, id: row.aggregateId, version: row.version });
    }
    before = row;
  }
  await close(work, aggregate, { newest: before, seen });
}

async function close(work: Audit, aggregate: string, end: { newest: Row | null; seen: Head | null }): Promise<void> {
  const { newest, seen } = end;
  if (!newest) return;
  if (seen && newest.version < seen.version) work.onFinding({ ...namesOf(seen), kind: "history-truncated" });
  await work.onHead({ aggregate, id: newest.aggregateId, version: newest.version, hash: newest.hash });
}

/** What is known when a row is looked at: the row before it, and where a checkpoint saw the history's head. */
export interface Context {
  readonly before: Row | null;
  readonly seen: Head | null;
  readonly chains: boolean;
}

const START = { version: 0, hash: "" };

export function faultsOf(row: Row, { before, seen, chains }: Context): RowFinding["kind"][] {
  const { version, hash } = before ?? START;
  const gap = row.version !== version + 1;
  const rewritten = seen?.version === row.version && seen.hash !== row.hash;
  const faults: [RowFinding["kind"], boolean][] = [
    ["version-missing", gap],
    // behind a gap nobody knows the hash that came before
    ["row-changed", !gap && chains && !follows(hash, row)],
    ["tail-rewritten", rewritten],
  ];
  return faults.filter(([, found]) => found).map(([kind]) => kind);
}

function follows(previousHash: string, row: Row): boolean {
  try {
    return followsChain(previousHash, row);
  } catch {
    return false; // it holds what no row can hold
  }
}

interface Peekable {
  next(): Head | null;
  advance(): Promise<void>;
}

async function peekable(heads: AsyncIterator<Head, void>): Promise<Peekable> {
  const read = async (): Promise<Head | null> => {
    const result = await heads.next();
    return result.done === true ? null : result.value;
  };
  let head = await read();
  return {
    next: () => head,
    async advance() {
      head = await read();
    },
  };
}
