/** Rows for tests: a correct chain with the least that a row needs. */
import { derivedId, paramsHash } from "../../models/kernel/ids";
import { rowHash, rowId, type DomainEvent, type Row } from "../../models/kernel/row";

export interface RowParts {
  readonly id: string;
  readonly state: unknown;
  readonly events?: readonly DomainEvent[];
  readonly commandId?: string;
  readonly schema?: number;
}

/** The row after `previous`, with its right hash. */
export function rowAfter(previous: Row | null, parts: RowParts): Row {
  const version = (previous?.version ?? 0) + 1;
  const at = new Date(Date.UTC(2026, 0, 1) + version).toISOString();
  const row = {
    _id: rowId(parts.id, version),
    aggregateId: parts.id,
    version,
    schema: parts.schema ?? 1,
    events: parts.events ?? [],
    state: parts.state,
    command: {
      id: parts.commandId ?? derivedId(parts.id, String(version)),
      name: "thing.change",
      paramsHash: paramsHash({}),
    },
    by: "tester",
    onBehalfOf: null,
    causedBy: null,
    trace: null,
    occurredAt: at,
    committedAt: at,
    hlc: `${String(version).padStart(15, "0")}-00000`,
    hashFormat: 1,
  } as const;
  return { ...row, hash: rowHash(previous?.hash ?? "", row), published: false };
}

/** A history of `states`, one version each. */
export function chainOf(id: string, states: readonly unknown[]): Row[] {
  const rows: Row[] = [];
  for (const state of states) rows.push(rowAfter(rows.at(-1) ?? null, { id, state }));
  return rows;
}
