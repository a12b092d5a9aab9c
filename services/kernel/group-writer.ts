/**
 * Rows of different actors that fall due together share one unordered insertMany: the store makes one commit to disk
 * of them. At most one row per actor is in a batch, for in an unordered batch a conflict on the first of two rows
 * would leave the second one behind a gap. While a batch is under way the next one gathers, so batches grow with the
 * load and a lone command waits for nobody.
 */
import type { Histories, InsertOutcome } from "../../models/kernel/histories";
import type { Row } from "../../models/kernel/row";

const ROWS_MAX = 500;

interface Waiting {
  readonly row: Row;
  resolve(outcome: InsertOutcome): void;
}

export interface GroupWriter {
  write(row: Row): Promise<InsertOutcome>;
  /** Rows and batches written so far: their ratio is the batch size. */
  counts(): { readonly rows: number; readonly batches: number };
}

export function createGroupWriter(histories: Pick<Histories, "insert">): GroupWriter {
  let waiting: Waiting[] = [];
  let busy = false;
  const counts = { rows: 0, batches: 0 };

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, ROWS_MAX);
      waiting = waiting.slice(ROWS_MAX);
      counts.rows += batch.length;
      counts.batches += 1;
      const outcomes = await histories.insert(
        batch.map(({ row }) => row),
        false,
      );
      batch.forEach((waiter, i) => waiter.resolve(outcomes[i] ?? "unknown"));
    }
    busy = false;
  }

  return {
    write: (row) =>
      new Promise((resolve) => {
        waiting.push({ row, resolve });
        if (busy) return;
        busy = true;
        // the commands that arrived in this turn of the event loop come along
        setImmediate(() => void drain());
      }),
    counts: () => ({ ...counts }),
  };
}
