/**
 * Histories in memory with the two unique indexes that the guarantee rests on. Not a mock: the same outcomes for the
 * same conflicts as the store, so that races can be run by the thousand.
 */
import type { Histories, InsertOutcome } from "../../models/kernel/histories";
import type { Row } from "../../models/kernel/row";

export interface MemoryHistories extends Histories {
  readonly rows: Map<string, Row>;
}

/** Rows by their id, and beside that those of each aggregate: a mall of thousands of rows is asked for few of them. */
class RowsOf extends Map<string, Row> {
  private readonly ids = new Map<string, Set<string>>();
  private readonly heads = new Map<string, string>();
  private readonly commands = new Map<string, string>();
  override set(id: string, row: Row): this {
    const own = this.ids.get(row.aggregateId) ?? new Set();
    this.ids.set(row.aggregateId, own.add(id));
    if (id > (this.heads.get(row.aggregateId) ?? "")) this.heads.set(row.aggregateId, id);
    this.commands.set(commandOf(row), id);
    return super.set(id, row);
  }
  /** Without a look at the others: a shelf or a book has thousands of versions. */
  newest(aggregateId: string): Row | null {
    const found = this.get(this.heads.get(aggregateId) ?? "");
    return found?.aggregateId === aggregateId ? found : (this.of(aggregateId).at(-1) ?? null);
  }
  byCommand(aggregateId: string, commandId: string): Row[] {
    const found = this.get(this.commands.get(commandOf({ aggregateId, command: { id: commandId } })) ?? "");
    return found?.command.id === commandId && found.aggregateId === aggregateId ? [found] : [];
  }
  of(aggregateId: string): Row[] {
    const rows = [...(this.ids.get(aggregateId) ?? [])].flatMap((id) => this.get(id) ?? []);
    return rows.filter((row) => row.aggregateId === aggregateId).sort(byId);
  }
}

const commandOf = ({ aggregateId, command }: { aggregateId: string; command: Pick<Row["command"], "id"> }): string =>
  `${aggregateId}\n${command.id}`;

const byId = (a: Row, b: Row): number => (a._id < b._id ? -1 : 1);

/** Later than every stamp. */
const LATEST = "~";

const outboxKey = (row: Pick<Row, "aggregateId" | "hlc">): string => `${row.aggregateId} ${row.hlc}`;

export function memoryHistories(aggregate: string): MemoryHistories {
  const rows = new RowsOf();
  const sorted = (keep: (row: Row) => boolean): Row[] => [...rows.values()].filter(keep).sort(byId);
  const commands = new Set<string>();
  const one = (row: Row): InsertOutcome => {
    if (rows.has(row._id) || commands.has(commandOf(row))) return "conflict";
    rows.set(row._id, row);
    commands.add(commandOf(row));
    return "inserted";
  };
  const newestOf = (id: string): Row | null => rows.newest(id);
  return {
    aggregate,
    rows,
    insert(batch, ordered) {
      let failed = false;
      const outcomes = batch.map((row) => {
        const outcome = failed && ordered ? "untried" : one(row);
        failed ||= outcome !== "inserted";
        return outcome;
      });
      return Promise.resolve(outcomes);
    },
    newest: (ids) =>
      Promise.resolve(
        new Map(
          ids.flatMap((id) => {
            const row = newestOf(id);
            return row ? [[id, row] as const] : [];
          }),
        ),
      ),
    standing(id, commandIds) {
      const known = commandIds.flatMap((commandId) => rows.byCommand(id, commandId));
      return Promise.resolve({ newest: newestOf(id), byCommand: new Map(known.map((row) => [row.command.id, row])) });
    },
    asOf(id, moment) {
      const held = (row: Row): boolean => {
        if ("version" in moment) return row.version <= moment.version;
        if ("committedAt" in moment) return row.committedAt <= moment.committedAt;
        return row.occurredAt <= moment.occurredAt;
      };
      return Promise.resolve(rows.of(id).filter(held).at(-1) ?? null);
    },
    page: (id, after, limit) =>
      Promise.resolve(
        rows
          .of(id)
          .filter((row) => row.version > after)
          .slice(0, limit),
      ),
    scan: (after, limit) => Promise.resolve(sorted((row) => row._id > after).slice(0, limit)),
    unpublished(after, limit, until = LATEST) {
      const late = after ? outboxKey(after) : "";
      const found = [...rows.values()].filter((row) => !row.published && outboxKey(row) > late && row.hlc <= until);
      return Promise.resolve(found.sort((a, b) => (outboxKey(a) < outboxKey(b) ? -1 : 1)).slice(0, limit));
    },
    markPublished(ids) {
      for (const id of ids) {
        const row = rows.get(id);
        if (row) rows.set(id, { ...row, published: true });
      }
      return Promise.resolve();
    },
    count: () => Promise.resolve(rows.size),
  };
}
