/**
 * Finds commits that are in their history and were not published: after a crash, an outage of NATS, or when the
 * relay's queue was full. Only rows older than a grace are taken, so that the sweeper does not race the fast path.
 */
import type { Histories } from "../../models/kernel/histories";
import type { Commit, Iso, Row } from "../../models/kernel/row";
import { lastStampOf, stampTime } from "../../models/kernel/clock";

export interface Sweep {
  readonly pageSize: number;
  /** Rows committed later than this are left to the fast path. */
  readonly until: Iso;
  readonly signal: AbortSignal;
  /** True for a row that is queued or in flight already. */
  readonly held: (aggregate: string, rowId: string) => boolean;
  /** Publishes or parks all of them; false when NATS does not take them now. */
  readonly publish: (commits: readonly Commit[]) => Promise<boolean>;
}

/** What a page leaves to publish. */
export function overdue(page: readonly Row[], aggregate: string, ask: Pick<Sweep, "until" | "held">): Commit[] {
  const due = page.filter((row) => stampTime(row.hlc) <= ask.until && !ask.held(aggregate, row._id));
  return due.map((row) => ({ ...row, aggregate }));
}

/** Publishes what is overdue in one history. Gives the number of rows, or null when NATS does not take them. */
export async function sweep(history: Histories, ask: Sweep): Promise<number | null> {
  // what is on its fast way is not even read: under load that is every row of the last second
  const until = lastStampOf(ask.until);
  let swept = 0;
  let after: Row | null = null;
  for (let more = true; more && !ask.signal.aborted;) {
    const page: readonly Row[] = await history.unpublished(after, ask.pageSize, until);
    more = page.length === ask.pageSize;
    after = page.at(-1) ?? null;
    const commits = overdue(page, history.aggregate, ask);
    if (commits.length > 0 && !(await ask.publish(commits))) return null;
    swept += commits.length;
  }
  return swept;
}
