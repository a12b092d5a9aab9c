/**
 * The stream is a doorbell, the history is the truth: whatever a reader may have missed is found by paging the
 * histories themselves. Pages go by row id, which keeps the rows of an aggregate together, so that a reader that
 * wants only the newest version is given one commit per aggregate. Whatever is committed meanwhile rings as usual.
 */
import type { Histories } from "../../models/kernel/histories";
import type { Commit, Row } from "../../models/kernel/row";
import type { Reader } from "./delivery";

export interface HistoryReader extends Reader {
  /** False for a reader that needs every version; else it gets the newest of each aggregate. */
  readonly heads?: boolean;
}

/** Everything before it has been read: the histories before `aggregate` wholly, its own up to the row `after`. */
export interface Cursor {
  readonly aggregate: string;
  readonly after: string;
}

export interface Reconciled {
  /** Rows looked at, and commits handed to the reader. */
  readonly rows: number;
  readonly commits: number;
}

export interface ReconcileOptions {
  readonly pageSize?: number;
  readonly signal?: AbortSignal;
  readonly from?: Cursor | null;
  /** Told after each page; the cursor is where to go on. */
  readonly onProgress?: (done: Reconciled, cursor: Cursor) => Promise<void> | void;
}

const PAGE_SIZE = 500;

interface Heads {
  readonly heads: readonly Row[];
  readonly last: Row | null;
}

/** Splits a page into what can be read now and the row that may not be its aggregate's newest. */
export function headsOf(carried: Row | null, page: readonly Row[]): Heads {
  const heads: Row[] = [];
  let last = carried;
  for (const row of page) {
    if (last && last.aggregateId !== row.aggregateId) heads.push(last);
    last = row;
  }
  return { heads, last };
}

/**
 * Hands every commit that the reader may lack to it. Ends early, with what was done, when `signal` is aborted.
 * @throws what the reader throws, and what the store throws; to be called again with the last cursor
 */
export async function reconcile(
  reader: HistoryReader,
  histories: readonly Histories[],
  options: ReconcileOptions = {},
): Promise<Reconciled> {
  const wanted = reader.aggregates.map((name) => historyOf(histories, name)).sort(byName);
  let done: Reconciled = { rows: 0, commits: 0 };
  for (const history of wanted) {
    if (options.from && history.aggregate < options.from.aggregate) continue;
    done = await reconcileOne(reader, history, { ...options, done });
  }
  return done;
}

const byName = (a: Histories, b: Histories): number => (a.aggregate < b.aggregate ? -1 : 1);

function historyOf(histories: readonly Histories[], name: string): Histories {
  const found = histories.find(({ aggregate }) => aggregate === name);
  if (!found) throw new Error(`There is no history of "${name}": add the aggregate to the list of models.`);
  return found;
}

async function reconcileOne(
  reader: HistoryReader,
  history: Histories,
  options: ReconcileOptions & { done: Reconciled },
): Promise<Reconciled> {
  const { from, signal, onProgress } = options;
  const { aggregate } = history;
  const begin = from?.aggregate === aggregate ? from.after : "";
  let done = options.done;
  for await (const { rows, read, after } of pagesOf(history, reader.heads !== false, { ...options, begin })) {
    if (read.length > 0) await reader.read(read.map((row): Commit => ({ ...row, aggregate })));
    done = { rows: done.rows + rows, commits: done.commits + read.length };
    await onProgress?.(done, { aggregate, after });
    if (signal?.aborted) break;
  }
  return done;
}

interface Page {
  readonly rows: number;
  readonly read: readonly Row[];
  /** Where to go on after these were read: before a row that is held back. */
  readonly after: string;
}

async function* pagesOf(
  history: Histories,
  heads: boolean,
  { begin, pageSize = PAGE_SIZE }: { readonly begin: string; readonly pageSize?: number },
): AsyncGenerator<Page> {
  let [scanned, after] = [begin, begin];
  let carried: Row | null = null;
  for (let more = true; more;) {
    const page: readonly Row[] = await history.scan(scanned, pageSize);
    more = page.length === pageSize;
    const split: Heads = heads ? headsOf(carried, page) : { heads: page, last: null };
    const read = more ? split.heads : withLast(split);
    carried = split.last;
    scanned = lastOf(page, scanned);
    after = lastOf(read, after);
    yield { rows: page.length, read, after };
  }
}

const withLast = ({ heads, last }: Heads): readonly Row[] => (last ? [...heads, last] : heads);
const lastOf = (rows: readonly Row[], otherwise: string): string => rows.at(-1)?._id ?? otherwise;
