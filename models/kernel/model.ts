/**
 * A model says how an aggregate is kept: the collection of its history, which fields are personal, and how rows of
 * older shapes are read. The schema and its indexes are the same for every aggregate, for every index leads with
 * the aggregate's id: it is the shard key.
 */
import { Schema } from "mongoose";
import type { DomainEvent, Row } from "./row";

/** Fields that are encrypted with the key of one data subject before they are hashed, stored or published. */
export interface PersonalFields {
  /** Whose key: the subject's id, read from a state or from an event's data. */
  readonly subject: (holder: Readonly<Record<string, unknown>>) => string | null;
  /** Top-level fields of the state and of the events' data. */
  readonly fields: readonly string[];
}

/** Reads what schema `from` wrote as schema `from + 1`. Pure; stored rows are never rewritten. */
export interface Upcast {
  readonly from: number;
  readonly event: (event: DomainEvent) => DomainEvent;
  readonly state: (state: unknown) => unknown;
}

/** Whom a thing is about, by its state and its id; null where that is nobody. */
export type AboutPerson = (state: Readonly<Record<string, unknown>>, id: string) => string | null;

export interface Model {
  readonly aggregate: string;
  /** Whom a thing is about although nothing in it is sealed with their key: they get it with all that is theirs. */
  readonly about?: AboutPerson;
  readonly personal?: PersonalFields;
  /** Names of fields, at whatever depth, that nobody is ever shown: hashes of passwords, seeds of second factors. */
  readonly secret?: readonly string[];
  readonly upcasts?: readonly Upcast[];
}

export const collectionOf = (model: Pick<Model, "aggregate">): string => `${model.aggregate}.history`;

const { Mixed } = Schema.Types;

/**
 * Of every history. Its indexes are created by an explicit `createIndexes()` at start, never behind a request.
 */
export const historySchema = new Schema(
  {
    _id: String,
    aggregateId: String,
    version: Number,
    schema: Number,
    events: [Mixed],
    state: Mixed,
    command: { id: String, name: String, paramsHash: String },
    by: String,
    onBehalfOf: String,
    causedBy: String,
    trace: String,
    occurredAt: String,
    committedAt: String,
    hlc: String,
    hashFormat: Number,
    hash: String,
    published: Boolean,
  },
  { versionKey: false, autoIndex: false, strict: "throw" },
);
historySchema.index({ aggregateId: 1, version: 1 }, { unique: true });
historySchema.index({ aggregateId: 1, "command.id": 1 }, { unique: true });
historySchema.index({ aggregateId: 1, hlc: 1 }, { partialFilterExpression: { published: false }, name: "outbox" });

/** The row in today's shape. @throws Error when an upcaster is missing. */
export function upcast(model: Model, schema: number, row: Row): Row {
  let read = row;
  while (read.schema < schema) {
    const from = read.schema;
    const step = model.upcasts?.find((candidate) => candidate.from === from);
    if (!step) throw new Error(`${model.aggregate}: no upcaster from schema ${from}; add one to its *.upcast.ts`);
    read = { ...read, schema: from + 1, events: read.events.map(step.event), state: step.state(read.state) };
  }
  return read;
}
