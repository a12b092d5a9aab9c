/** Params that an action's own schema takes, found by trying; what cannot be found is written in examples.ts. */
import type { Schema } from "joi";

interface Terms {
  readonly keys?: readonly { readonly key: string; readonly schema: Schema }[] | null;
  readonly patterns?: readonly { readonly rule: Schema }[];
  readonly items?: readonly Schema[];
  readonly matches?: readonly { readonly schema?: Schema }[];
}

const WORDS = [
  "thing-1", "main", "en", "EUR", "DE", "thing", "offer", "stock.write", "2026-01-01T00:00:00.000Z", "ann@example.org",
  "123456", "DE02120300000000202051", "x", "2026-01-01", "https://mall.example/a", "a long enough secret word 1",
  "a".repeat(32), "a".repeat(64), "A".repeat(32), "offer/thing-1",
]; // prettier-ignore
const NUMBERS = [1, 0, 5, 100, 2_000];

/** Who owns what the examples speak of. */
export const PARTY = "party-1";

const termsOf = (schema: Schema): Terms => (schema as unknown as { $_terms: Terms }).$_terms;
const fits = (schema: Schema, value: unknown): boolean =>
  schema.validate(value, { convert: false }).error === undefined;
const required = (schema: Schema): boolean =>
  (schema.describe() as { flags?: { presence?: string } }).flags?.presence === "required";

function listed(schema: Schema): unknown[] {
  const { allow = [], flags } = schema.describe() as { allow?: unknown[]; flags?: { only?: boolean } };
  return flags?.only === true ? allow.filter((value) => value !== null) : [];
}

function* objects(schema: Schema, named: Readonly<Record<string, unknown>>): Generator {
  const { keys, patterns } = termsOf(schema);
  const members = (keys ?? []).map(({ key, schema: member }) => {
    const value = key in named && fits(member, named[key]) ? named[key] : example(member, named);
    return { key, value, needed: required(member) || key in named };
  });
  const made = (chosen: typeof members): object => Object.fromEntries(chosen.map(({ key, value }) => [key, value]));
  const needed = members.filter((member) => member.needed);
  yield made(needed);
  for (const one of members.filter((member) => !member.needed)) yield made([...needed, one]);
  yield made(members);
  for (const { rule } of patterns ?? []) for (const word of WORDS) yield { [word]: example(rule, named) };
}

function* lists(items: readonly Schema[], named: Readonly<Record<string, unknown>>): Generator {
  yield [];
  for (const item of items) for (const length of [1, 2, 10]) yield Array(length).fill(example(item, named));
}

function* candidates(schema: Schema, named: Readonly<Record<string, unknown>>): Generator {
  yield* listed(schema);
  const { items = [], matches = [] } = termsOf(schema);
  if (schema.type === "object") yield* objects(schema, named);
  if (schema.type === "array") yield* lists(items, named);
  for (const { schema: match } of matches) if (match) yield example(match, named);
  yield* [...WORDS, ...NUMBERS, true, null];
}

/** The first thing that the schema takes; undefined when nothing was found. */
export function example(schema: Schema, named: Readonly<Record<string, unknown>> = {}): unknown {
  for (const candidate of candidates(schema, named)) {
    if (candidate !== undefined && fits(schema, candidate)) return candidate;
  }
  return undefined;
}
