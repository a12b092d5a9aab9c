/**
 * What an action is called with, put together from path, query string and body. Nothing is guessed here: a name given
 * twice with two meanings is refused, and whether a value fits is for the action's schema to say.
 */
import { isDeepStrictEqual } from "node:util";
import { Refusal } from "../../models/kernel/refusal";
import type { Fault } from "../kernel/validator";
import { refuseHere } from "./problem";

export type Params = Readonly<Record<string, unknown>>;

export const QUERY_PARAMS_MAX = 100;

function faulty(field: string, rule: string, message: string): never {
  const faults: Fault[] = [{ field, message: `"${field}" ${message}`, rule }];
  throw new Refusal("VALIDATION_FAILED", 400, `"${field}" ${message}.`, { faults });
}

/** As forms write it: `+` is a blank. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return refuseHere("QUERY_INVALID", `"${text.slice(0, 60)}" in the query string is not percent-encoded UTF-8.`);
  }
}

function pairOf(part: string): [string, string] {
  const at = part.indexOf("=");
  return at === -1 ? [decoded(part), ""] : [decoded(part.slice(0, at)), decoded(part.slice(at + 1))];
}

/** One value as a string, several of the same name as a list. @throws QUERY_INVALID */
export function readQuery(text: string): Record<string, string | string[]> {
  const parts = text.split("&").filter((part) => part !== "");
  if (parts.length > QUERY_PARAMS_MAX) {
    refuseHere("QUERY_INVALID", `The query string has more than ${QUERY_PARAMS_MAX} parameters.`);
  }
  const found: Record<string, string | string[]> = {};
  for (const [name, value] of parts.map(pairOf)) {
    if (name === "__proto__") faulty(name, "name.forbidden", "is not allowed");
    const before = Object.hasOwn(found, name) ? found[name] : undefined;
    found[name] = before === undefined ? value : [before, value].flat();
  }
  return found;
}

/** The part of a URL behind the first question mark. */
export const queryText = (url: string): string => (url.includes("?") ? url.slice(url.indexOf("?") + 1) : "");

/** @throws VALIDATION_FAILED for a name that stands in both with different values */
export function merged(path: Params, given: Params): Record<string, unknown> {
  for (const [name, value] of Object.entries(path)) {
    if (!Object.hasOwn(given, name) || isDeepStrictEqual(given[name], value)) continue;
    faulty(name, "name.twice", "stands in the path and again, with another value, beside it");
  }
  return { ...given, ...path };
}

type Why = readonly [rule: string, message: string];

const fault = (text: string): Why | undefined => {
  if (text.includes("\u0000")) return ["string.nul", "must not contain a NUL character"];
  if (!/[\ud800-\udfff]/u.test(text)) return undefined;
  return ["string.surrogate", "must be well-formed Unicode (it has half a surrogate pair)"];
};

/** An own field `__proto__` would become a prototype as soon as somebody copies the object by assignment. */
function checkName(name: string): void {
  if (name === "__proto__") faulty(name, "name.forbidden", "is not allowed");
  const why = fault(name);
  if (why) faulty(JSON.stringify(name).slice(1, -1), why[0], `as the name of a field ${why[1]}`);
}

const within = (field: string, name: string): string => (field === "" ? name : `${field}.${name}`);

/**
 * NUL and half characters survive neither storage nor search, `__proto__` no copy, wherever they stand.
 * @throws VALIDATION_FAILED
 */
export function checkText(value: unknown, field = ""): void {
  if (typeof value === "string") {
    const why = fault(value);
    if (why) faulty(field, ...why);
  } else if (Array.isArray(value)) {
    value.forEach((item, i) => checkText(item, `${field}[${i}]`));
  } else if (typeof value === "object" && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      checkName(name);
      checkText(member, within(field, name));
    }
  }
}
