/**
 * What differs between two states: as a JSON Patch (RFC 6902), which programs can apply, and field by field, for
 * people. A field is what a person would call one: members of objects have paths (`price.amountMinor`), and a list is
 * compared item by item while it keeps its length, else as a whole.
 */
import { isDeepStrictEqual } from "node:util";
import { createPatch, type Operation } from "rfc6902";

export type PatchOperation = Operation;

export interface FieldChange {
  /** `variants[0].options.size`; empty for the state as a whole. */
  readonly field: string;
  /** Left out for a field that was not there. */
  readonly was?: unknown;
  /** Left out for a field that is there no more. */
  readonly is?: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

/** The steps that make `is` of `was`. */
export const patchOf = (was: unknown, is: unknown): PatchOperation[] => createPatch(was, is);

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const present = (name: "was" | "is", value: unknown): object => (value === undefined ? {} : { [name]: value });

/** Every field that differs, in the order of their names. */
export function changedFields(was: unknown, is: unknown, field = ""): FieldChange[] {
  if (isDeepStrictEqual(was, is)) return [];
  if (isFields(was) && isFields(is)) {
    const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].sort();
    return names.flatMap((name) => changedFields(was[name], is[name], field === "" ? name : `${field}.${name}`));
  }
  if (Array.isArray(was) && Array.isArray(is) && was.length === is.length) {
    return was.flatMap((item: unknown, i) => changedFields(item, is[i], `${field}[${i}]`));
  }
  return [{ field, ...present("was", was), ...present("is", is) }];
}

const within = (inner: string, outer: string): boolean =>
  inner === outer || outer === "" || inner.startsWith(`${outer}.`) || inner.startsWith(`${outer}[`);

/** Whether a change of one of the fields is a change of the other: they are the same, or one holds the other. */
export const touches = (one: string, other: string): boolean => within(one, other) || within(other, one);
