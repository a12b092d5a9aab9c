/**
 * Canonical JSON after RFC 8785: the same value always gives the same text, so that its hash can be checked by
 * anybody, in any language. Keys are sorted by UTF-16 code units and numbers written as ECMAScript writes them,
 * which is what the RFC asks for. Undefined members do not exist, as in JSON. Every command passes here twice, so
 * what could be elegant is quick instead: one function per kind, and names quoted once.
 */

const DEPTH_MAX = 64;
/** Names of fields come from contracts; keys that callers choose must not fill the memory. */
const NAMES_MAX = 2_000;
const NAME_LENGTH_MAX = 64;

/** Nothing in these needs an escape, whatever the string. */
const PLAIN = /^[ !#-[\]-~]*$/;

const quoted = (text: string): string => (PLAIN.test(text) ? `"${text}"` : JSON.stringify(text));

const names = new Map<string, string>();

/** `"name":` */
function nameOf(key: string): string {
  const known = names.get(key);
  if (known !== undefined) return known;
  const name = `${quoted(key)}:`;
  if (names.size < NAMES_MAX && key.length <= NAME_LENGTH_MAX) names.set(key, name);
  return name;
}

/** @throws TypeError for what JSON cannot carry (NaN, infinities, functions, bigint) and for nesting over 64 levels. */
export function canonical(value: unknown, depth = 0): string {
  if (typeof value === "string") return quoted(value);
  if (typeof value === "object") return value === null ? "null" : nested(value, depth);
  return scalar(value);
}

function scalar(value: unknown): string {
  if (typeof value === "boolean") return value ? "true" : "false";
  if (typeof value !== "number") throw new TypeError(`not a JSON value: ${typeof value}`);
  if (!Number.isFinite(value)) throw new TypeError(`not a JSON number: ${value}`);
  return String(value);
}

function nested(value: object, depth: number): string {
  if (depth > DEPTH_MAX) throw new TypeError(`nested deeper than ${DEPTH_MAX} levels`);
  return Array.isArray(value) ? list(value, depth) : record(value as Record<string, unknown>, depth);
}

function list(values: readonly unknown[], depth: number): string {
  let text = "[";
  for (let i = 0; i < values.length; i++) {
    if (i > 0) text += ",";
    text += values[i] === undefined ? "null" : canonical(values[i], depth + 1);
  }
  return text + "]";
}

function sortedKeys(value: object): string[] {
  const keys = Object.keys(value);
  for (let i = 1; i < keys.length; i++) if ((keys[i - 1] as string) > (keys[i] as string)) return keys.sort();
  return keys;
}

function record(value: Record<string, unknown>, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new TypeError("not a plain object");
  let text = "{";
  for (const key of sortedKeys(value)) {
    const member = value[key];
    if (member === undefined) continue;
    if (text.length > 1) text += ",";
    text += nameOf(key) + canonical(member, depth + 1);
  }
  return text + "}";
}
