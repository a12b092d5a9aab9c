/**
 * What a schema surely takes, found out without Joi, which needs ten times as long: most of what a mall is told is
 * right. A taker gives the value as Joi would give it, or says that it is not sure; then Joi is asked, and Joi alone
 * refuses. Whatever is not known here for certain (another rule, a reference, another preference) is unsure.
 */
import type { Schema } from "joi";
import { rulesOf, type Holds } from "./surely-rules";
import { alternativesOf, arrayOf, objectOf } from "./surely-shapes";
import {
  pure,
  UNSURE,
  wholeOf,
  type Description,
  type Take,
  type Taker,
  type TakerOf,
  type Whole,
} from "./surely-taker";

export { UNSURE, type Take } from "./surely-taker";

const UNDERSTOOD = new Set([
  ...["type", "flags", "rules", "allow", "invalid", "preferences", "keys", "patterns", "items", "matches"],
  ...["dependencies", "metas", "notes", "tags", "examples"],
]);
const FLAGS = new Set(["presence", "only", "unsafe", "single", "unknown", "default", "description", "label"]);

const isPrimitive = (value: unknown): boolean => value === null || !["object", "function"].includes(typeof value);

function isUnderstood(description: Whole): boolean {
  const { flags, allow, invalid, preferences } = description;
  return (
    Object.keys(description).every((key) => UNDERSTOOD.has(key)) &&
    Object.keys(flags).every((flag) => FLAGS.has(flag)) &&
    flags["presence"] !== "forbidden" &&
    [flags["default"], ...allow, ...invalid].every(isPrimitive) &&
    Object.keys(preferences).every((name) => name === "messages")
  );
}

const TYPES: Readonly<Record<string, Holds>> = {
  string: (value) => typeof value === "string" && value !== "",
  boolean: (value) => typeof value === "boolean",
  number: (value) => Number.isFinite(value) && !Object.is(value, -0),
};

/** A whole number in the one way in which it is written. */
const WHOLE = /^(0|[1-9]\d{0,14})$/;

/** What a query string means. */
function read(type: string, text: string): unknown {
  if (type === "string") return text;
  if (type === "number") return WHOLE.test(text) ? Number(text) : UNSURE;
  return text === "true" || (text === "false" ? false : UNSURE);
}

function scalarOf({ type, flags, rules }: Whole, convert: boolean): Taker | null {
  const [is, holds] = [TYPES[type], rulesOf(rules)];
  if (!is || !holds) return null;
  const anySize = type !== "number" || flags["unsafe"] === true;
  const fits: Holds = (value) => is(value) && (anySize || Math.abs(value as number) <= Number.MAX_SAFE_INTEGER);
  const { take } = pure((value) => fits(value) && holds(value));
  if (!convert || type === "string") return { take, pure: true };
  return { take: (value) => take(typeof value === "string" ? read(type, value) : value), pure: false };
}

function shapeOf(description: Whole, convert: boolean): Taker | null {
  const takerOf: TakerOf = (part) => describedTaker(part, convert);
  const { type, rules } = description;
  if (type === "object") return objectOf(description, takerOf);
  if (type === "array") return arrayOf(description, takerOf);
  // what converts may be converted by one that is not sure
  if (type === "alternatives") return convert ? null : alternativesOf(description, takerOf);
  if (type === "any") return rules.length === 0 ? pure((value) => value !== undefined) : null;
  return scalarOf(description, convert);
}

/** Values that are always taken, and those that never are, stand before the rules. */
function describedTaker(part: Description, convert: boolean): Taker | null {
  const description = wholeOf(part);
  if (!isUnderstood(description)) return null;
  const { flags, allow, invalid } = description;
  const allowed = new Set(allow);
  const only = flags["only"] === true;
  const inner = only ? pure(() => false) : shapeOf(description, convert);
  if (inner === null) return null;
  const take: Take = (value) => {
    if (allowed.has(value)) return value;
    const taken = inner.take(value);
    return invalid.includes(taken) ? UNSURE : taken;
  };
  return { take, pure: inner.pure && flags["default"] === undefined };
}

/** @param convert whether values come from a query string and are converted, as Joi's option of this name says */
export function surely(schema: Schema, convert: boolean): Take {
  const taker = describedTaker(schema.describe() as Description, convert);
  return taker?.take ?? (() => UNSURE);
}
