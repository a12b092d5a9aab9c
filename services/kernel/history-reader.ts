/**
 * Reads of the write side: from the store, so that a caller reads what it wrote, whoever owns the actor; or from this
 * process' memory, for a caller that can say how new a row has to be.
 */
import { Refusal } from "../../models/kernel/refusal";
import type { Row } from "../../models/kernel/row";
import type { NewestState } from "./idle";
import type { Node } from "./node";

/** Reads newest rows; the reads of one turn of the event loop are one call to the store. */
export interface HistoryReader {
  newest(id: string): Promise<Row | null>;
}

export interface KnowingReader extends HistoryReader {
  /**
   * What this process remembers, else what the store has: for a command's checks on its own thing, whose actor decides
   * on the same memory right after.
   */
  remembered(id: string): Promise<Row | null>;
  /** A row that is at least as new as a version that somebody was told of: costs nothing where the actor is here. */
  since(id: string, version: number): Promise<Row | null>;
}

/** What a node remembers of aggregates, which another node may have overtaken. */
export interface Recent {
  readonly recent: (id: string) => NewestState | undefined;
}

/** Reads how newest things stand. */
export interface NewestReader {
  newest(id: string): Promise<NewestState | null>;
}

interface Asked {
  readonly id: string;
  resolve(row: Row | null): void;
  reject(error: unknown): void;
}

type Reading = Pick<Node, "histories" | "personal" | "memory">;

export function historyReader(node: Reading, aggregate: string): KnowingReader {
  let asked: Asked[] = [];
  async function read(): Promise<void> {
    const batch = asked;
    asked = [];
    try {
      const rows = await node.histories(aggregate).newest([...new Set(batch.map(({ id }) => id))]);
      const revealed = await node.personal(aggregate).reveal([...rows.values()]);
      const found = new Map(revealed.map((row) => [row.aggregateId, row]));
      for (const waiter of batch) waiter.resolve(found.get(waiter.id) ?? null);
    } catch (error) {
      for (const waiter of batch) waiter.reject(error);
    }
  }
  const newest = (id: string): Promise<Row | null> =>
    new Promise((resolve, reject) => {
      if (asked.length === 0) setImmediate(() => void read());
      asked.push({ id, resolve, reject });
    });
  async function since(id: string, version: number): Promise<Row | null> {
    const row = node.memory.recent(aggregate, id);
    if (!row || row.version < version) return newest(id);
    const [revealed = row] = await node.personal(aggregate).reveal([row]);
    return revealed;
  }
  return { newest, since, remembered: (id) => since(id, 0) };
}

type Existing<S> = Exclude<S, { readonly status: "absent" }>;

/**
 * A reader for checks on another aggregate, which may change right after any check: what this node remembers is good
 * enough, and costs nothing. That something does not exist is believed only of the store.
 */
export const remembering = (reader: NewestReader, { recent }: Recent): NewestReader => ({
  newest(id) {
    const found = recent(id);
    const exists = found && (found.state as { readonly status?: string }).status !== "absent";
    return exists ? Promise.resolve(found) : reader.newest(id);
  },
});

/** The newest state of an aggregate that exists. @throws NOT_FOUND */
export async function newestOrRefuse<S extends { readonly status: string }>(
  reader: NewestReader,
  id: string,
  noun: string,
): Promise<{ readonly version: number; readonly state: Existing<S> }> {
  const row = (await reader.newest(id)) as (NewestState & { readonly state: S }) | null;
  if (!row || row.state.status === "absent") {
    throw new Refusal("NOT_FOUND", 404, `There is no ${noun} "${id}".`, { id });
  }
  return { version: row.version, state: row.state as Existing<S> };
}
