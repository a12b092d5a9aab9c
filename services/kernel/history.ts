/** The service behind `history.*`: reads rows as they are kept, of whatever aggregate. */
import type { ServiceSchema } from "moleculer";
import type { Histories } from "../../models/kernel/histories";
import {
  historyContract,
  type AsOf,
  type HistoryEntry,
  type HistoryPage,
  type PageHistory,
  type StateAsOf,
} from "../../models/kernel/history.contract";
import { Refusal } from "../../models/kernel/refusal";
import type { Row } from "../../models/kernel/row";
import type { Roles } from "./permission";
import { queryService } from "./service";

const entryOf = (row: Row): HistoryEntry => ({
  version: row.version,
  command: row.command.name,
  events: row.events,
  by: row.by,
  onBehalfOf: row.onBehalfOf,
  causedBy: row.causedBy,
  occurredAt: row.occurredAt,
  committedAt: row.committedAt,
  hash: row.hash,
});

function noHistory(aggregate: string, id: string): never {
  throw new Refusal("NOT_FOUND", 404, `There is no ${aggregate} "${id}" at that time.`, { aggregate, id });
}

/** Any way of writing a moment, in the one form that rows carry: text compares like time only in one form. */
const recorded = (at: string): string => new Date(at).toISOString();

export function historyService(all: ReadonlyMap<string, Histories>, roles: Roles): ServiceSchema {
  function historiesOf(aggregate: string): Histories {
    const found = all.get(aggregate);
    if (found) return found;
    const known = [...all.keys()].join(", ");
    throw new Refusal("NOT_FOUND", 404, `There are no histories of "${aggregate}"; there are those of ${known}.`);
  }
  const queries = {
    "history.page": async ({ aggregate, id, after, limit }: PageHistory): Promise<HistoryPage> => {
      const rows = await historiesOf(aggregate).page(id, after, limit);
      if (rows.length === 0 && after === 0) noHistory(aggregate, id);
      return { items: rows.map(entryOf), next: rows.length === limit ? (rows.at(-1)?.version ?? null) : null };
    },
    "history.asOf": async ({ aggregate, id, version, at }: AsOf): Promise<StateAsOf> => {
      const moment = version !== undefined ? { version } : { committedAt: recorded(at ?? "") };
      const row = await historiesOf(aggregate).asOf(id, moment);
      const found = row && (version === undefined || row.version === version);
      return found ? { ...entryOf(row), state: row.state } : noHistory(aggregate, id);
    },
  };
  return queryService({ name: "history", contracts: [historyContract], queries, roles });
}
