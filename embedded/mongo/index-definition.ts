/**
 * What an index is, read from a createIndexes specification. Kinds and options that would change results and are not
 * made here are refused.
 */
import { type Condition, conditionsOf } from "./conditions";
import { CommandError, Refused } from "./errors";
import { type Fold, foldOf, testOf } from "./predicates";
import { type Doc } from "./raw";

export type IndexField = { path: string; parts: string[]; descending: boolean };
export type Index = {
  name: string;
  table: number;
  /** the collection itself: its keys are the documents' _id */
  isTable: boolean;
  fields: IndexField[];
  unique: boolean;
  sparse: boolean;
  partial: Condition[] | undefined;
  /** "" or what the collation sets aside; an index answers only questions of its own collation */
  collation: string;
  fold: Fold;
  expireAfterSeconds: number | undefined;
  /** some document has had an array on an indexed path */
  multikey: boolean;
  spec: Doc;
};

const options = new Set([
  "v",
  "key",
  "name",
  "unique",
  "sparse",
  "background",
  "partialFilterExpression",
  "expireAfterSeconds",
  "collation",
  "ns",
]);

function fieldsOf(key: Doc): IndexField[] {
  const entries = Object.entries(key);
  if (entries.length === 0 || entries.length > 32) throw new CommandError(67, "An index has 1 to 32 fields.");
  return entries.map(([path, direction]) => {
    if (typeof direction !== "number" || direction === 0)
      throw new Refused(`An index of kind ${String(direction)}`, 67);
    if (path.includes("$")) throw new Refused(`An index on ${path}`, 67);
    return { path, parts: path.split("."), descending: direction < 0 };
  });
}

export const nameOf = (key: Doc): string =>
  Object.entries(key)
    .map(([path, direction]) => `${path}_${String(direction)}`)
    .join("_");

/** 1, true and 1.0 are all yes. */
export const truthy = (value: unknown): boolean => value === true || (typeof value === "number" && value !== 0);

export const collationName = (collation: Doc | undefined): string =>
  foldOf(collation) ? `${String(collation?.locale)}/${String(collation?.strength)}` : "";

function partialOf(filter: Doc | undefined): Condition[] | undefined {
  if (!filter) return undefined;
  const conditions = conditionsOf(filter);
  const simple = conditions.list.every(
    ({ op, value }) => op !== "$in" && !(op === "$exists" && !truthy(value)) && !Array.isArray(value),
  );
  if (!conditions.whole || !simple) throw new Refused("A partialFilterExpression other than comparisons", 67);
  for (const { op, value } of conditions.list) testOf(op, value, undefined);
  return conditions.list;
}

/** @throws CannotCreateIndex or Refused for what is not made here. */
export function indexOf(spec: Doc, table: number): Index {
  const unknown = Object.keys(spec).find((option) => !options.has(option));
  if (unknown) throw new Refused(`The index option ${unknown}`, 67);
  const key = spec.key as Doc;
  const fields = fieldsOf(key);
  const ttl = spec.expireAfterSeconds;
  if (ttl !== undefined && (typeof ttl !== "number" || ttl < 0 || fields.length > 1)) {
    throw new CommandError(67, "expireAfterSeconds is a number of seconds, on an index of one field.");
  }
  const collation = spec.collation as Doc | undefined;
  return {
    name: typeof spec.name === "string" ? spec.name : nameOf(key),
    table,
    isTable: false,
    fields,
    unique: truthy(spec.unique),
    sparse: truthy(spec.sparse),
    partial: partialOf(spec.partialFilterExpression as Doc | undefined),
    collation: collationName(collation),
    fold: foldOf(collation),
    expireAfterSeconds: ttl,
    multikey: false,
    spec,
  };
}

/** The collection seen as its index on _id. */
export const tableIndex = (table: number): Index => ({
  ...indexOf({ v: 2, key: { _id: 1 }, name: "_id_", unique: true }, table),
  isTable: true,
});
