/**
 * Follows a small aggregate on every node, so that what it says can be asked without a call: the newest row of each
 * id, from the histories themselves. Rows are only ever added, so their count tells whether there is anything new:
 * a look is one count, and a scan when it changed. What is known is never older than `everyMs` and one scan, as long
 * as the store answers; while it does not, what was known last is kept (and nothing can be written either).
 */
import type { Logger } from "pino";
import type { Histories } from "../../models/kernel/histories";
import type { Row } from "../../models/kernel/row";
import { reasonOf, wait } from "./wait";

export interface HeadsOptions {
  readonly histories: Pick<Histories, "aggregate" | "scan" | "count">;
  /** Told every row, old ones too, in the order of ids and versions; whoever hears it goes by the version. */
  readonly heard: (row: Row) => void;
  readonly log: Logger;
  readonly everyMs?: number;
}

export interface Heads {
  /** Reads what there is now. @throws what the store throws */
  refresh(): Promise<void>;
  /** Reads now, then goes on looking. @throws what the store throws at the first time */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** How old a node's knowledge may be. */
export const HEADS_EVERY_MS = 1_000;
const PAGE = 500;
/** The count is an estimate after a crash of the store: look through everything this often, whatever it says. */
const LOOKS_PER_SCAN = 60;

export function followHeads({ histories, heard, log, everyMs = HEADS_EVERY_MS }: HeadsOptions): Heads {
  const stopping = new AbortController();
  let counted = -1;
  let looks = 0;
  let running: Promise<void> = Promise.resolve();

  async function scan(): Promise<void> {
    for (let after = "", size = PAGE; size === PAGE;) {
      const rows = await histories.scan(after, PAGE);
      rows.forEach(heard);
      size = rows.length;
      after = rows.at(-1)?._id ?? after;
    }
  }
  async function look(): Promise<void> {
    const count = await histories.count();
    looks += 1;
    if (count === counted && looks % LOOKS_PER_SCAN !== 0) return;
    await scan();
    counted = count;
  }
  async function lookForEver(): Promise<void> {
    for (;;) {
      await wait(everyMs, stopping.signal);
      if (stopping.signal.aborted) return;
      await look().catch((error: unknown) =>
        log.warn({ aggregate: histories.aggregate, reason: reasonOf(error) }, "News cannot be read; tried again"),
      );
    }
  }
  return {
    refresh: scan,
    async start() {
      await look();
      running = lookForEver();
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
