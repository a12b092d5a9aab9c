/**
 * What a dotted path means in a decoded document: arrays on the way are searched element by element, and a number
 * in the path is also an array's index. Matching and indexing use the same function, so they cannot disagree.
 */
import { type Doc } from "./raw";

/** Each place the path leads to, `undefined` for "nothing there"; an array at the end is one place. */
export function places(value: unknown, path: readonly string[], at = 0): unknown[] {
  const name = path[at];
  if (name === undefined) return [value];
  if (Array.isArray(value)) {
    const found = value.filter((item) => isDocument(item)).flatMap((item) => places(item, path, at));
    if (/^\d+$/.test(name) && Number(name) < value.length) found.push(...places(value[Number(name)], path, at + 1));
    return found;
  }
  return isDocument(value) ? places(value[name], path, at + 1) : [undefined];
}

/** The places and, where one is an array, its items: what a condition on the path is tested on. */
export const candidates = (doc: Doc, path: readonly string[]): unknown[] =>
  places(doc, path).flatMap((value) => (Array.isArray(value) ? [...(value as unknown[]), value] : [value]));

export function isDocument(value: unknown): value is Doc {
  if (typeof value !== "object" || value === null) return false;
  return Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null;
}

export const isOperators = (value: unknown): value is Doc =>
  isDocument(value) && Object.keys(value).some((key) => key.startsWith("$"));

/** Whether an array is on the path or at its end. */
export function meetsArray(value: unknown, path: readonly string[]): boolean {
  let here = value;
  for (const name of path) {
    if (Array.isArray(here)) return true;
    here = isDocument(here) ? here[name] : undefined;
  }
  return Array.isArray(here);
}
