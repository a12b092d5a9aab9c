/** Reads and writes at dotted paths of a document that is being changed, with the errors that mongod gives. */
import { CommandError, Refused } from "./errors";
import { rank, rankOf } from "./order";
import { isDocument } from "./paths";
import { type Doc } from "./raw";

const ARRAY_GROWTH_MAX = 1_500_000; // mongod's own bound on filling up an array with nulls

type Node = Doc | unknown[];

const isIndex = (name: string): boolean => /^(0|[1-9]\d*)$/.test(name);

function child(node: Node, name: string): unknown {
  if (!Array.isArray(node)) return Object.hasOwn(node, name) ? node[name] : undefined;
  return isIndex(name) ? node[Number(name)] : undefined;
}

/** The value at exactly this path; numbers are indexes of arrays. */
export function valueAt(doc: Doc, parts: readonly string[]): unknown {
  let here: unknown = doc;
  for (const part of parts) {
    if (!isDocument(here) && !Array.isArray(here)) return undefined;
    here = child(here, part);
  }
  return here;
}

/** Writes the value, making objects on the way; undefined removes. @throws PathNotViable through a scalar. */
export function setPath(doc: Doc, parts: readonly string[], value: unknown): void {
  let node: Node = doc;
  for (const part of parts.slice(0, -1)) {
    const next = child(node, part);
    if (isDocument(next) || Array.isArray(next)) {
      node = next;
    } else {
      if (value === undefined) return;
      if (next !== undefined) throw notViable(parts, part);
      const made: Doc = {};
      put(node, part, made, parts);
      node = made;
    }
  }
  const last = parts.at(-1) ?? "";
  if (last === "") throw new CommandError(56, `The path '${parts.join(".")}' has an empty name in it.`);
  put(node, last, value, parts);
}

function put(node: Node, name: string, value: unknown, parts: readonly string[]): void {
  if (name === "__proto__") throw new Refused("A field named __proto__", 2);
  if (value === undefined) removeAt(node, name);
  else if (!Array.isArray(node)) node[name] = value;
  else putItem(node, name, value, parts);
}

function putItem(list: unknown[], name: string, value: unknown, parts: readonly string[]): void {
  const index = Number(name);
  if (!isIndex(name) || index > list.length + ARRAY_GROWTH_MAX) throw notViable(parts, name);
  while (list.length < index) list.push(null);
  list[index] = value;
}

/** An item of an array becomes null: the others keep their places. */
function removeAt(node: Node, name: string): void {
  if (!Array.isArray(node)) Reflect.deleteProperty(node, name);
  else if (isIndex(name) && Number(name) < node.length) node[Number(name)] = null;
}

const notViable = (parts: readonly string[], at: string): CommandError =>
  new CommandError(28, `Cannot write '${parts.join(".")}': what is at '${at}' has no such field.`);

const arrayOnly = new Set(["$push", "$addToSet", "$pull", "$pullAll", "$pop"]);

/** All values that a path with positions ($, $[], $[name]) can mean. */
function reached(value: unknown, parts: readonly string[]): unknown[] {
  const [part, ...rest] = parts;
  if (part === undefined) return [value];
  if (part.startsWith("$")) return Array.isArray(value) ? value.flatMap((item) => reached(item, rest)) : [];
  return isDocument(value) || Array.isArray(value) ? reached(child(value, part), rest) : [undefined];
}

const scalarOnly = new Set(["$currentDate", "$bit", "$rename"]);

/** What mingo would pass over in silence is an error here, as in mongod, or refused. */
export function checkArrays(doc: Doc, operator: string, path: string, operand: unknown): void {
  const parts = path.split(".");
  if (scalarOnly.has(operator)) {
    const bits = operator === "$bit" && typeof valueAt(doc, parts) !== "number";
    if (path.includes("$") || bits) throw new Refused(`${operator} at ${path}`);
    return;
  }
  if (parts[0] === "_id") throw new CommandError(66, "The _id cannot be changed.");
  // a missing field is made, a place in an array is not
  const values = reached(doc, parts).filter((value) => value !== undefined || path.includes("$"));
  for (const value of values) checkOperand(operator, `at '${path}'`, value, operand);
}

function checkOperand(operator: string, where: string, value: unknown, operand: unknown): void {
  if (arrayOnly.has(operator) && !Array.isArray(value)) {
    throw new CommandError(2, `${operator} needs an array ${where}.`);
  }
  if (operator === "$inc" || operator === "$mul") checkNumbers([value, operand], `${operator} ${where}`);
}

function checkNumbers(values: unknown[], what: string): void {
  if (values.every((value) => typeof value === "number")) return;
  if (values.every((value) => rankOf(value) === rank.number)) throw new Refused(`${what}, but with plain numbers,`);
  throw new CommandError(14, `${what} needs numbers.`);
}
