/**
 * The body of a request, read so that nothing can be smuggled in or made expensive: strict UTF-8, nesting and number
 * of values counted before anything is built. What passes is a plain JSON object.
 */
import { refuseHere } from "./problem";

export const BODY_BYTES_MAX = 1_048_576;
export const DEPTH_MAX = 32;
/** A product with every list at its limit has about 5,000; each value that a schema does not know costs a fault. */
export const VALUES_MAX = 10_000;

const utf8 = new TextDecoder("utf-8", { fatal: true });

export interface Shape {
  /** Deepest nesting; never more than one above the limit, where counting ends. */
  readonly depth: number;
  readonly values: number;
}

/** Where a string that begins at `start` ends (the closing quote), or the end of the text. */
function stringEnd(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (text.charAt(end - 1 - escapes) === "\\") escapes++;
    if (escapes % 2 === 0) return end;
  }
  return text.length;
}

/** What each sign outside of strings says: how many levels it opens, and how many more values there are. */
const COUNTS: Readonly<Record<string, { readonly open: number; readonly values: number }>> = {
  "{": { open: 1, values: 1 },
  "[": { open: 1, values: 1 },
  "}": { open: -1, values: 0 },
  "]": { open: -1, values: 0 },
  ",": { open: 0, values: 1 },
};

/** How deep and how many, seen from brackets and commas alone: costs one pass and no memory. */
export function shapeOf(text: string): Shape {
  let open = 0;
  let depth = 0;
  let values = 1;
  for (let i = 0; i < text.length && depth <= DEPTH_MAX && values <= VALUES_MAX; i++) {
    const char = text.charAt(i);
    const counts = COUNTS[char];
    if (char === '"') i = stringEnd(text, i);
    if (counts === undefined) continue;
    open += counts.open;
    values += counts.values;
    depth = Math.max(depth, open);
  }
  return { depth, values };
}

function decoded(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return refuseHere("BODY_INVALID", "The body is not valid UTF-8.");
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message.slice(0, 200) : "it cannot be parsed";
    return refuseHere("BODY_INVALID", `The body is not valid JSON: ${why}.`);
  }
}

/** The fields of a body; an empty body has none. @throws BODY_INVALID with the reason */
export function readBody(bytes: Uint8Array): Record<string, unknown> {
  if (bytes.length === 0) return {};
  const text = decoded(bytes);
  const { depth, values } = shapeOf(text);
  if (depth > DEPTH_MAX) refuseHere("BODY_INVALID", `The body is nested deeper than ${DEPTH_MAX} levels.`);
  if (values > VALUES_MAX) refuseHere("BODY_INVALID", `The body has more than ${VALUES_MAX} values.`);
  const value = parsed(text);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  return refuseHere("BODY_INVALID", "The body must be a JSON object: { … }.");
}
