/**
 * What of a row somebody may see. Fields that are personal are shown to whom they belong, and secret ones to nobody;
 * in their place stands `{ "sealed": true }`. While versions are compared, a veiled field is a mark that is equal for
 * equal values, so that a comparison knows that a field has changed without anybody's seeing what it was.
 */
import { createHash } from "node:crypto";
import { canonical } from "./canonical";
import { randomId } from "./ids";
import type { Model } from "./model";
import type { RowParts } from "./personal";

/** Stands in place of what is not shown. */
export const SEALED = { sealed: true } as const;

export interface Veil {
  /** The parts of a revealed row, with marks for what must not be seen. */
  readonly cover: <R extends RowParts>(revealed: R) => R;
  /** The same value with `SEALED` for every mark. */
  readonly shown: <T>(covered: T) => T;
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A copy in which `change` has had its say about every member, at whatever depth. */
function mapped(value: unknown, change: (name: string, member: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => mapped(item, change));
  if (!isFields(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, mapped(change(name, member), change)]),
  );
}

/**
 * @param own true for a subject (its id; null when nobody knows) whose personal fields the looker may see
 */
export function createVeil(model: Model, own: (subject: string | null) => boolean): Veil {
  const { personal, secret = [] } = model;
  if (!personal && secret.length === 0) return { cover: (row) => row, shown: (value) => value };
  // nobody can guess it, so that no text of a row is taken for a mark
  const nonce = `veil:${randomId()}:`;
  const mark = (value: unknown): unknown => {
    if (value === null || value === undefined) return value;
    return nonce + createHash("sha256").update(nonce).update(canonical(value)).digest("base64url");
  };
  const cover = (holder: unknown, state: unknown): unknown => {
    const kept = secret.length === 0 ? holder : mapped(holder, (name, member) => hide(name, member));
    if (!personal || !isFields(kept)) return kept;
    const subject = personal.subject(kept) ?? (isFields(state) ? personal.subject(state) : null);
    if (own(subject)) return kept;
    const veiled = personal.fields.filter((field) => field in kept).map((field) => [field, mark(kept[field])]);
    return { ...kept, ...(Object.fromEntries(veiled) as Fields) };
  };
  const hide = (name: string, member: unknown): unknown => (secret.includes(name) ? mark(member) : member);
  return {
    cover: (row) => ({
      ...row,
      state: cover(row.state, row.state),
      events: row.events.map((event) => ({ ...event, data: cover(event.data, row.state) as object })),
    }),
    shown: <T>(value: T): T => unveiled(value, nonce) as T,
  };
}

function unveiled(value: unknown, nonce: string): unknown {
  if (typeof value === "string") return value.startsWith(nonce) ? SEALED : value;
  if (Array.isArray(value)) return value.map((item) => unveiled(item, nonce));
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, unveiled(member, nonce)]));
}
