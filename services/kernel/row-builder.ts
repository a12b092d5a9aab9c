/** Builds the next row of a history: its stamps, its place in the hash chain, its bounds. */
import { evolveOne, type AnyAggregate } from "../../models/kernel/aggregate";
import { stampTime, type Clock } from "../../models/kernel/clock";
import type { Personal } from "../../models/kernel/personal";
import { refuseKernel } from "../../models/kernel/refusal";
import { hashWritten, rowId, writeRow, type DomainEvent, type Row, type WrittenRow } from "../../models/kernel/row";
import type { Command, Held, Made } from "./command";

const STATE_BYTES_MAX = 64 * 1024;
const ROW_BYTES_MAX = 256 * 1024;

/** What the first version follows. */
const NOTHING = { version: 0, hlc: "", hash: "" };

export interface RowBuilder {
  readonly aggregate: AnyAggregate;
  readonly clock: Clock;
  /** Seals personal fields before anything is hashed. */
  readonly personal: Pick<Personal, "seal" | "reveal" | "none">;
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  Object.values(value).forEach(deepFreeze);
  return value;
}

function refuseTooLarge(aggregate: string, { text, stateFrom, stateTo }: WrittenRow): void {
  // a character takes three bytes at most
  if (text.length < STATE_BYTES_MAX / 3) return;
  const stateBytes = Buffer.byteLength(text.slice(stateFrom, stateTo));
  const rowBytes = Buffer.byteLength(text);
  if (stateBytes > STATE_BYTES_MAX || rowBytes > ROW_BYTES_MAX) {
    const detail = `The ${aggregate} would grow to ${stateBytes} bytes (at most ${STATE_BYTES_MAX}); make it smaller.`;
    refuseKernel("STATE_TOO_LARGE", detail, { stateBytes, rowBytes });
  }
}

/** The version that `events` make of `before`. @throws STATE_TOO_LARGE */
export async function nextRow(
  { aggregate, clock, personal }: RowBuilder,
  before: Held,
  command: Command,
  events: readonly DomainEvent[],
): Promise<Made> {
  const state = deepFreeze(events.reduce((s, event) => evolveOne(aggregate, s, event), before.state));
  const kept = personal.none === true ? { state, events } : await personal.seal({ state, events });
  const previous = before.row ?? NOTHING;
  const version = previous.version + 1;
  const hlc = clock.next(command.after > previous.hlc ? command.after : previous.hlc);
  const committedAt = stampTime(hlc);
  const unhashed = {
    _id: rowId(command.aggregateId, version),
    aggregateId: command.aggregateId,
    version,
    schema: aggregate.schema,
    events: kept.events,
    state: kept.state,
    command: { id: command.id, name: command.name, paramsHash: command.paramsHash },
    by: command.by,
    onBehalfOf: command.onBehalfOf,
    causedBy: command.causedBy,
    trace: command.trace,
    occurredAt: command.occurredAt ?? committedAt,
    committedAt,
    hlc,
    hashFormat: 1,
  } as const;
  const text = hashWritten(previous.hash, writeRow(unhashed));
  refuseTooLarge(aggregate.name, text);
  const row: Row = { ...unhashed, hash: text.hash, published: false };
  return { row, state, text };
}
