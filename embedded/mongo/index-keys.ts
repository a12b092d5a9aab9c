/** The entries that a document has in an index: one key, or one for each item of an array. */
import { type Condition } from "./conditions";
import { CommandError } from "./errors";
import { type Index, type IndexField } from "./index-definition";
import { keyWriter } from "./keys";
import { rank } from "./order";
import { candidates, meetsArray, places } from "./paths";
import { folded, testOf } from "./predicates";
import { inArray, type View } from "./raw";

const KEYS_MAX = 10_000;
const emptyArray = Symbol("empty array");

export type IndexKeys = { keys: Buffer[]; multikey: boolean };
const none: IndexKeys = { keys: [], multikey: false };

type Membership = (view: View) => boolean;

/** By the conditions of a partial index: made once, asked with every document. */
const memberships = new WeakMap<readonly Condition[], Membership>();

function membershipOf(conditions: readonly Condition[]): Membership {
  const known = memberships.get(conditions);
  if (known) return known;
  const tests = conditions.map(({ path, op, value }): Membership => {
    const parts = path.split(".");
    const test = testOf(op, value, undefined);
    const held = op === "$exists" ? places : candidates;
    return (view) => {
      const found = view.at(parts);
      return found === inArray ? held(view.doc, parts).some(test) : test(found);
    };
  });
  const made: Membership = (view) => tests.every((test) => test(view));
  memberships.set(conditions, made);
  return made;
}

/** Values as indexed: a missing field is null, an empty array its own value, other arrays their items. */
function valuesIn(view: View, { parts }: IndexField): unknown[] {
  const values = places(view.doc, parts).flatMap((value) => {
    if (!Array.isArray(value)) return [value];
    return value.length > 0 ? (value as unknown[]) : [emptyArray];
  });
  return values.length > 0 ? values : [undefined];
}

/** `suffix` is the encoded _id; entries of a unique index do not carry it, so that a second one would collide. */
export function keysOf(index: Index, view: View, suffix: Buffer): IndexKeys {
  if (index.partial && !membershipOf(index.partial)(view)) return none;
  const values = index.fields.map(({ parts }) => view.at(parts));
  if (values.includes(inArray)) return multikeys(index, view, suffix);
  if (index.sparse && values.every((value) => value === undefined)) return none;
  return { keys: [key(index, values, suffix)], multikey: false };
}

function key(index: Index, values: unknown[], suffix: Buffer): Buffer {
  const out = keyWriter(index.table);
  index.fields.forEach(({ descending }, i) => {
    const value = values[i];
    if (value === emptyArray) out.byte(descending ? ~rank.emptyArray & 0xff : rank.emptyArray);
    else out.value(folded(value, index.fold), descending);
  });
  return (index.unique ? out : out.bytes(suffix)).finish();
}

function multikeys(index: Index, view: View, suffix: Buffer): IndexKeys {
  const arrays = index.fields.filter(({ parts }) => meetsArray(view.doc, parts));
  const roots = new Set(arrays.map(({ parts }) => parts[0]));
  if (roots.size > 1 || (index.unique && arrays.length > 1)) {
    throw new CommandError(171, `Index ${index.name} cannot hold two arrays of one document.`);
  }
  if (index.sparse && index.fields.every((field) => valuesIn(view, field).every((value) => value === undefined))) {
    return none;
  }
  let rows: unknown[][] = [[]];
  for (const field of index.fields) {
    const values = valuesIn(view, field);
    rows = rows.flatMap((row) => values.map((value) => [...row, value]));
    if (rows.length > KEYS_MAX) throw new CommandError(17280, `Index ${index.name}: too many keys for one document.`);
  }
  const keys = new Map(
    rows.map((row) => [key(index, row, suffix)]).map(([bytes]) => [bytes?.toString("latin1"), bytes]),
  );
  return { keys: [...keys.values()].filter((bytes) => bytes !== undefined), multikey: true };
}
