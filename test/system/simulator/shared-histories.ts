/**
 * The store that all processes of a simulation share: histories with the two unique indexes that the guarantee rests
 * on, and every look-up by key, so that ten thousand runs take two minutes. The suite of the real store holds for it.
 */
import type { Histories, InsertOutcome } from "../../../models/kernel/histories";
import type { Row } from "../../../models/kernel/row";

export interface SharedHistories extends Histories {
  /** Every row, in the order of the inserts. */
  all(): readonly Row[];
  /** Versions of one aggregate, ascending. */
  of(id: string): readonly Row[];
}

/** One aggregate's rows by version, and which commands made them. */
interface History {
  readonly rows: Row[];
  readonly commands: Map<string, Row>;
}

/** Later than every stamp. */
const LATEST = "~";

const outboxKey = (row: Pick<Row, "aggregateId" | "hlc">): string => `${row.aggregateId} ${row.hlc}`;
const before = (a: string, b: string): number => (a < b ? -1 : 1);

export function sharedHistories(aggregate: string, unique = true): SharedHistories {
  const rows = new Map<string, Row>();
  const histories = new Map<string, History>();
  const unpublished = new Map<string, Row>();

  function historyOf(id: string): History {
    const found = histories.get(id) ?? { rows: [], commands: new Map<string, Row>() };
    histories.set(id, found);
    return found;
  }
  function keep(row: Row): InsertOutcome {
    const history = historyOf(row.aggregateId);
    if (unique && (rows.has(row._id) || history.commands.has(row.command.id))) return "conflict";
    const place = history.rows.findIndex(({ version }) => version > row.version);
    history.rows.splice(place === -1 ? history.rows.length : place, 0, row);
    history.commands.set(row.command.id, row);
    rows.set(row._id, row);
    if (!row.published) unpublished.set(row._id, row);
    return "inserted";
  }
  function mark(id: string): void {
    const row = rows.get(id);
    if (!row) return;
    const marked = { ...row, published: true };
    const history = historyOf(row.aggregateId);
    history.rows[history.rows.indexOf(row)] = marked;
    history.commands.set(row.command.id, marked);
    rows.set(id, marked);
    unpublished.delete(id);
  }
  const newestOf = (id: string): Row | null => histories.get(id)?.rows.at(-1) ?? null;
  return {
    aggregate,
    all: () => [...rows.values()],
    of: (id) => histories.get(id)?.rows ?? [],
    insert(batch, ordered) {
      let failed = false;
      const outcomes = batch.map((row) => {
        const outcome = failed && ordered ? "untried" : keep(row);
        failed ||= outcome !== "inserted";
        return outcome;
      });
      return Promise.resolve(outcomes);
    },
    newest(ids) {
      const found = ids.flatMap((id) => newestOf(id) ?? []);
      return Promise.resolve(new Map(found.map((row) => [row.aggregateId, row])));
    },
    standing(id, commandIds) {
      const known = commandIds.flatMap((commandId) => histories.get(id)?.commands.get(commandId) ?? []);
      return Promise.resolve({ newest: newestOf(id), byCommand: new Map(known.map((row) => [row.command.id, row])) });
    },
    asOf(id, moment) {
      const held = (row: Row): boolean => {
        if ("version" in moment) return row.version <= moment.version;
        if ("committedAt" in moment) return row.committedAt <= moment.committedAt;
        return row.occurredAt <= moment.occurredAt;
      };
      return Promise.resolve(histories.get(id)?.rows.findLast(held) ?? null);
    },
    page(id, after, limit) {
      const found = histories.get(id)?.rows.filter(({ version }) => version > after) ?? [];
      return Promise.resolve(found.slice(0, limit));
    },
    scan(after, limit) {
      const found = [...rows.values()].filter(({ _id }) => _id > after).sort((a, b) => before(a._id, b._id));
      return Promise.resolve(found.slice(0, limit));
    },
    unpublished(after, limit, until = LATEST) {
      const late = after ? outboxKey(after) : "";
      const found = [...unpublished.values()].filter((row) => outboxKey(row) > late && row.hlc <= until);
      return Promise.resolve(found.sort((a, b) => before(outboxKey(a), outboxKey(b))).slice(0, limit));
    },
    markPublished(ids) {
      ids.forEach(mark);
      return Promise.resolve();
    },
    count: () => Promise.resolve(rows.size),
  };
}
