/**
 * What an update makes of a document. Plain paths are done here, exactly; operators on arrays and positions go through
 * mingo behind checks that it does not make. A `$set` of fields at the top keeps the rest of the client's bytes.
 */
import { Decimal128, serialize } from "bson";
import { updateOne } from "mingo/updater";
import { Aggregator } from "mingo/aggregator";
import { addDecimals } from "./decimal";
import { CommandError, Refused } from "./errors";
import { optionsOf, refuseScripts } from "./matcher";
import { compareValues, rank, rankOf } from "./order";
import { isDocument, isOperators } from "./paths";
import { type Fold } from "./predicates";
import { bodyOf, documentOf } from "./compose";
import { decodeToWrite, type Doc, find } from "./raw";
import { checkArrays, setPath, valueAt } from "./update-paths";

export type Update = {
  spec: Doc | Doc[];
  /** the bytes of a whole new document, when the update is one */
  replacement: Buffer | undefined;
  arrayFilters: Doc[];
  filter: Doc;
  fold: Fold;
};
export type Change = { bytes: Buffer; touched: Set<string> | undefined };

const plainOperators = new Set(["$set", "$unset", "$inc", "$mul", "$min", "$max", "$currentDate", "$setOnInsert"]);
const arrayOperators = new Set(["$push", "$addToSet", "$pull", "$pullAll", "$pop", "$rename", "$bit"]);
const pipelineStages = new Set(["$addFields", "$set", "$project", "$unset", "$replaceRoot", "$replaceWith"]);

export const isReplacement = (spec: unknown): boolean =>
  isDocument(spec) && !Object.keys(spec).some((key) => key.startsWith("$"));

/** The changed bytes, or undefined when nothing changes. */
export function change(before: Buffer, update: Update): Change | undefined {
  if (update.replacement) return different(before, withIdOf(before, update.replacement));
  const set = onlySet(update.spec);
  if (set) return setAtTop(before, set);
  const doc = decodeToWrite(before);
  return different(before, Buffer.from(serialize(apply(doc, update, false))));
}

/** The update applied to a decoded document; `inserting` when it makes a new one. */
export function apply(doc: Doc, update: Update, inserting: boolean): Doc {
  if (Array.isArray(update.spec)) return throughPipeline(doc, update.spec);
  checkSpec(update.spec);
  const forMingo: Doc = {};
  for (const [operator, path, operand] of steps(update.spec, inserting)) {
    if (path.includes("$") || arrayOperators.has(operator)) {
      checkArrays(doc, operator, path, operand);
      forMingo[operator] = { ...(forMingo[operator] as Doc | undefined), [path]: operand };
    } else {
      plain(doc, operator, path, operand);
    }
  }
  if (Object.keys(forMingo).length > 0) {
    const config = { arrayFilters: update.arrayFilters, cloneMode: "deep" } as const;
    updateOne([doc], update.filter, forMingo as never, config, optionsOf(update.fold));
  }
  return doc;
}

/** Every operator with each path that it changes. */
const steps = (spec: Doc, inserting: boolean): [operator: string, path: string, operand: unknown][] =>
  Object.entries(spec)
    .filter(([operator]) => inserting || operator !== "$setOnInsert")
    .flatMap(([operator, fields]) =>
      Object.entries(fields as Doc).map(([path, operand]): [string, string, unknown] => [operator, path, operand]),
    );

const different = (before: Buffer, bytes: Buffer): Change | undefined =>
  before.equals(bytes) ? undefined : { bytes, touched: undefined };

function withIdOf(before: Buffer, replacement: Buffer): Buffer {
  const id = find(before, "_id");
  if (!id || find(replacement, "_id")) return replacement;
  return documentOf([before.subarray(id.start, id.end), bodyOf(replacement)]);
}

/** The fields of `{ $set: { top: value } }`; undefined for any other update. */
function onlySet(spec: Doc | Doc[]): Doc | undefined {
  if (Array.isArray(spec) || Object.keys(spec).length !== 1 || !isDocument(spec.$set)) return undefined;
  const names = Object.keys(spec.$set);
  return names.some((name) => name === "_id" || /[.$]/.test(name)) ? undefined : spec.$set;
}

/** The elements that a `$set` writes, made once for all the documents of a statement. */
const written = new WeakMap<Doc, readonly (readonly [name: string, element: Uint8Array])[]>();

function elementsOf(set: Doc): readonly (readonly [name: string, element: Uint8Array])[] {
  const known = written.get(set);
  if (known) return known;
  const made = Object.entries(set).map(([name, value]) => [name, bodyOf(serialize({ [name]: value }))] as const);
  written.set(set, made);
  return made;
}

function setAtTop(before: Buffer, set: Doc): Change | undefined {
  let bytes = before;
  const touched = new Set<string>();
  for (const [name, element] of elementsOf(set)) {
    const old = find(bytes, name);
    const [from, to] = old ? [old.start, old.end] : [bytes.length - 1, bytes.length - 1];
    if (old && bytes.subarray(from, to).equals(element)) continue;
    touched.add(name);
    bytes = documentOf([bytes.subarray(4, from), element, bytes.subarray(to, bytes.length - 1)]);
  }
  return touched.size > 0 ? { bytes, touched } : undefined;
}

/** @throws FailedToParse for unknown operators, ConflictingUpdateOperators for two on one path. */
function checkSpec(spec: Doc): void {
  const paths: string[] = [];
  for (const [operator, fields] of Object.entries(spec)) {
    if (!plainOperators.has(operator) && !arrayOperators.has(operator)) {
      throw new CommandError(9, `Unknown update operator: ${operator}`);
    }
    if (!isDocument(fields)) throw new CommandError(9, `${operator} needs an object of paths`);
    paths.push(...Object.keys(fields));
    if (operator === "$rename") paths.push(...Object.values(fields).map(String));
  }
  const sorted = paths.map((path) => `${path}.`).sort();
  const conflict = sorted.find((path, i) => i > 0 && path.startsWith(sorted[i - 1] ?? path));
  if (conflict) throw new CommandError(40, `Updating the path '${conflict.slice(0, -1)}' would create a conflict`);
}

type Plain = (current: unknown, operand: unknown, path: string) => unknown;

const number = (value: unknown, path: string): number => {
  if (typeof value === "number") return value;
  if (rankOf(value) === rank.number) throw new Refused(`Arithmetic on a 64-bit integer or a Decimal128 at ${path}`);
  throw new CommandError(14, `Cannot apply arithmetic to '${path}': it holds no number.`);
};

const exact = (result: number, path: string): number => {
  if (Number.isInteger(result) && !Number.isSafeInteger(result)) throw new Refused(`A number beyond 2^53 at ${path}`);
  return result;
};

/** Decimal128 with Decimal128 only: a number that was decoded does not tell whether it was an int or a double. */
function increased(current: unknown, operand: unknown, path: string): unknown {
  if (!(operand instanceof Decimal128)) return exact(number(current ?? 0, path) + number(operand, path), path);
  if (current === undefined) return operand;
  if (current instanceof Decimal128) return addDecimals(current, operand);
  number(current, path);
  throw new Refused(`Adding a Decimal128 to another kind of number at ${path}`);
}

const plainUpdates: Record<string, Plain> = {
  $set: (_current, operand) => operand,
  $setOnInsert: (_current, operand) => operand,
  $unset: () => undefined,
  $inc: increased,
  $mul: (current, operand, path) => exact(number(current ?? 0, path) * number(operand, path), path),
  $min: (current, operand) => (current === undefined || compareValues(operand, current) < 0 ? operand : current),
  $max: (current, operand) => (current === undefined || compareValues(operand, current) > 0 ? operand : current),
  $currentDate: (_current, operand) => {
    if (operand === true || (operand as Doc).$type === "date") return new Date();
    throw new Refused("$currentDate as a timestamp");
  },
};

function plain(doc: Doc, operator: string, path: string, operand: unknown): void {
  const parts = path.split(".");
  const current = valueAt(doc, parts);
  if (current === null && (operator === "$inc" || operator === "$mul")) number(null, path);
  const value = plainUpdates[operator]?.(current, operand, path);
  if (parts[0] === "_id" && current !== undefined && compareValues(value, current) !== 0) {
    throw new CommandError(66, `The update of '${path}' would change the _id, which cannot be changed.`);
  }
  setPath(doc, parts, value);
}

function throughPipeline(doc: Doc, stages: Doc[]): Doc {
  refuseScripts(stages);
  const foreign = stages.flatMap((stage) => Object.keys(stage)).find((stage) => !pipelineStages.has(stage));
  if (foreign) throw new CommandError(72, `${foreign} cannot be used in an update.`);
  const id = doc._id;
  const [result] = new Aggregator(stages, optionsOf(undefined)).run<Doc>([doc]);
  return { _id: id, ...result };
}

/** The document that an upsert starts from: what the filter says fields are equal to. */
export function upsertBase(filter: Doc): Doc {
  const base: Doc = {};
  for (const [path, value] of equalities(filter)) setPath(base, path.split("."), value);
  return base;
}

function equalities(conditions: Doc): [path: string, value: unknown][] {
  return Object.entries(conditions).flatMap(([key, value]): [string, unknown][] => {
    if (key === "$and") return (value as Doc[]).flatMap(equalities);
    if (key.startsWith("$") || value instanceof RegExp) return [];
    if (!isOperators(value)) return [[key, value]];
    return "$eq" in value ? [[key, value.$eq]] : [];
  });
}
