/**
 * A cursor says after which hit the next page begins. It is opaque and bound to the question that it came from: with
 * another question it is refused, for its sort values would mean something else. It is not signed: whoever forges one
 * gets another page of what is public anyway.
 */
import { paramsHash } from "../../models/kernel/ids";
import { refuseKernel } from "../../models/kernel/refusal";

export type SortValue = string | number | null;

const FINGERPRINT_LENGTH = 16;
const VALUES_MAX = 6;
const TEXT_MAX = 2_000;

/** Names a question: what it asks for and how the answer is sorted, without page and cursor. */
export const fingerprint = (question: object): string => paramsHash(question).slice(0, FINGERPRINT_LENGTH);

export const writeCursor = (print: string, values: readonly SortValue[]): string =>
  Buffer.from(JSON.stringify([print, ...values])).toString("base64url");

const isSortValue = (value: unknown): value is SortValue =>
  value === null || typeof value === "string" || (typeof value === "number" && Number.isFinite(value));

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor.slice(0, TEXT_MAX), "base64url").toString("utf8")) as unknown;
  } catch {
    return null;
  }
}

/** The sort values to go on after. `count` is how many the sort has. @throws CURSOR_INVALID */
export function readCursor(cursor: string, print: string, count: number): SortValue[] {
  const found = parsed(cursor);
  const [of, ...values] = Array.isArray(found) && found.length <= VALUES_MAX ? (found as unknown[]) : [];
  if (typeof of !== "string" || values.length !== count || !values.every(isSortValue)) {
    return refuseKernel("CURSOR_INVALID", "The cursor is none of ours; leave it out to get the first page.");
  }
  if (of !== print) {
    return refuseKernel("CURSOR_INVALID", "The cursor belongs to another search; leave it out to begin this one.");
  }
  return values;
}
