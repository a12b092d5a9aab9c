/** Where two JSON values differ first, named as a person would: `sources.offer/x.part.price.amountMinor`. */

export interface Difference {
  readonly field: string;
  readonly expected: unknown;
  readonly found: unknown;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/** What JSON makes of a value: undefined members are gone. */
export const asStored = (value: unknown): unknown =>
  value === undefined ? undefined : JSON.parse(JSON.stringify(value));

export function difference(expected: unknown, found: unknown, field = ""): Difference | null {
  if (expected === found) return null;
  if (!isObject(expected) || !isObject(found) || Array.isArray(expected) !== Array.isArray(found)) {
    return { field, expected, found };
  }
  return within(expected, found, field);
}

type Members = Record<string, unknown>;

function within(expected: Members, found: Members, field: string): Difference | null {
  for (const key of new Set([...Object.keys(expected), ...Object.keys(found)])) {
    const inner = difference(expected[key], found[key], field === "" ? key : `${field}.${key}`);
    if (inner) return inner;
  }
  return null;
}
