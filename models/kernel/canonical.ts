/**
 * Canonical JSON after RFC 8785: the same value always gives the same text, so that its hash can be checked by
 * anybody, in any language. Keys are sorted by UTF-16 code units and numbers written as ECMAScript writes them,
 * which is what the RFC asks for. Undefined members do not exist, as in JSON.
 */

const DEPTH_MAX = 64;

/** @throws TypeError for what JSON cannot carry (NaN, infinities, functions, bigint) and for nesting over 64 levels. */
export function canonical(value: unknown, depth = 0): string {
  if (depth > DEPTH_MAX) throw new TypeError(`nested deeper than ${DEPTH_MAX} levels`);
  if (value === null) return "null";
  if (Array.isArray(value)) return list(value, depth);
  if (typeof value === "object") return record(value as Record<string, unknown>, depth);
  return scalar(value);
}

function scalar(value: unknown): string {
  if (typeof value === "number" && !Number.isFinite(value)) throw new TypeError(`not a JSON number: ${value}`);
  if (!["string", "number", "boolean"].includes(typeof value)) throw new TypeError(`not a JSON value: ${typeof value}`);
  return JSON.stringify(value);
}

function list(values: readonly unknown[], depth: number): string {
  let text = "[";
  for (let i = 0; i < values.length; i++) {
    if (i > 0) text += ",";
    text += values[i] === undefined ? "null" : canonical(values[i], depth + 1);
  }
  return text + "]";
}

function record(value: Record<string, unknown>, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new TypeError("not a plain object");
  let text = "{";
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member === undefined) continue;
    if (text.length > 1) text += ",";
    text += `${JSON.stringify(key)}:${canonical(member, depth + 1)}`;
  }
  return text + "}";
}
