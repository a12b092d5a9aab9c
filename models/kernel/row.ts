/**
 * One row per version: the single insert of a row is lock, audit trail, snapshot, idempotency record and outbox
 * entry at once. A row is JSON only, so that the form that is hashed, stored, published and folded is one form.
 */
import { hash as digest } from "node:crypto";
import { canonical } from "./canonical";

/** ISO 8601 in UTC with milliseconds: `2026-01-31T12:00:00.000Z`. */
export type Iso = string;

/** Something that has happened. `type` is `<aggregate>.<past participle>`. */
export interface DomainEvent {
  readonly type: string;
  readonly data: object;
}

export interface CommandStamp {
  /** Unique within an aggregate: the idempotency record. */
  readonly id: string;
  /** The action's wire name, `product.publish`. */
  readonly name: string;
  /** SHA-256 (hex) of the canonical params: tells a repeat from a reuse of the key. */
  readonly paramsHash: string;
}

export interface Row<S = unknown, E extends DomainEvent = DomainEvent> {
  /** `<aggregateId>@<version, nine digits>`: pages of rows come aggregate by aggregate, version by version. */
  readonly _id: string;
  readonly aggregateId: string;
  /** 1, 2, 3 … without a gap. */
  readonly version: number;
  /** Shape of events and state when this row was written. */
  readonly schema: number;
  readonly events: readonly E[];
  readonly state: S;
  readonly command: CommandStamp;
  /** Who did it: the principal's id. */
  readonly by: string;
  readonly onBehalfOf: string | null;
  /** `<aggregate>/<id>@<version>` of the commit that caused this one. */
  readonly causedBy: string | null;
  readonly trace: string | null;
  /** Business time: equal to `committedAt` unless an import or a replay says otherwise. */
  readonly occurredAt: Iso;
  /** Recorded time; set by nobody but the store's clock. */
  readonly committedAt: Iso;
  /** Hybrid logical clock, fixed width, never backwards within an aggregate or along causation. */
  readonly hlc: string;
  readonly hashFormat: 1;
  readonly hash: string;
  /** The only field that is ever changed after the insert. */
  readonly published: boolean;
}

/** A row as readers meet it: upcast, and with the name of its aggregate. */
export interface Commit<S = unknown, E extends DomainEvent = DomainEvent> extends Row<S, E> {
  readonly aggregate: string;
}

const VERSION_DIGITS = 9;

export const rowId = (aggregateId: string, version: number): string =>
  `${aggregateId}@${String(version).padStart(VERSION_DIGITS, "0")}`;

/** How a commit is named outside its collection, in causation, message ids and tokens. */
export const commitRef = (aggregate: string, id: string, version: number): string => `${aggregate}/${id}@${version}`;

/** What is hashed of a row: all but the hash itself and the mark that is changed later. */
export function rowText(row: Omit<Row, "hash" | "published"> & Partial<Row>): string {
  const { hash: _hash, published: _published, ...hashed } = row;
  return canonical(hashed);
}

/** The text of a row, and where in it the state stands. */
export interface WrittenRow {
  readonly text: string;
  readonly stateFrom: number;
  readonly stateTo: number;
}

type Unhashed = Omit<Row, "hash" | "published">;

/** An undefined member is no member, as in JSON. */
const member = (name: string, value: unknown): string => (value === undefined ? "" : `,"${name}":${canonical(value)}`);

/** The fields of a row before its state, in the order that RFC 8785 asks for. */
const beforeState = (row: Unhashed): string =>
  `{"_id":${canonical(row._id)},"aggregateId":${canonical(row.aggregateId)}${member("by", row.by)}` +
  `${member("causedBy", row.causedBy)},"command":${canonical(row.command)}` +
  `,"committedAt":${canonical(row.committedAt)},"events":${canonical(row.events)}` +
  `,"hashFormat":${row.hashFormat},"hlc":${canonical(row.hlc)},"occurredAt":${canonical(row.occurredAt)}` +
  `${member("onBehalfOf", row.onBehalfOf)},"schema":${canonical(row.schema)},"state":`;

/** What `rowText` gives for a row that has exactly the fields of a row: each is written where it belongs. */
export function writeRow(row: Unhashed): WrittenRow {
  const head = beforeState(row);
  const state = canonical(row.state);
  const text = `${head}${state}${member("trace", row.trace)},"version":${canonical(row.version)}}`;
  return { text, stateFrom: head.length, stateTo: head.length + state.length };
}

/**
 * The hash of a row after `previousHash`, and its text in one piece: a text that is kept as it was put together, from
 * a hundred pieces, costs the garbage collector more than all the rest of a command.
 */
export function hashWritten(previousHash: string, written: WrittenRow): WrittenRow & { readonly hash: string } {
  const whole = previousHash + written.text;
  const hash = digest("sha256", whole, "hex");
  return { ...written, text: whole.slice(previousHash.length), hash };
}

/** SHA-256 (hex) over the previous row's hash (empty for the first version) and this row's text (RFC 8785). */
export const textHash = (previousHash: string, text: string): string => digest("sha256", previousHash + text, "hex");

/** The hash that the row must carry. */
export const rowHash = (previousHash: string, row: Omit<Row, "hash" | "published"> & Partial<Row>): string =>
  textHash(previousHash, rowText(row));

/** True when `row` follows the row that has `previousHash`. */
export const followsChain = (previousHash: string, row: Row): boolean => rowHash(previousHash, row) === row.hash;
