/**
 * Joi schemas as JSON Schema 2020-12, the dialect of OpenAPI 3.1. Every kind and every rule is mapped by name: what is
 * not known here throws, so that the document can never say less than the door checks.
 */
import type { Description, Schema } from "joi";

export type JsonSchema = Readonly<Record<string, unknown>>;

interface Rule {
  readonly name: string;
  readonly args?: Readonly<Record<string, unknown>>;
}

/** What Joi's `describe()` gives, as far as it is used here. */
interface Described extends Description {
  readonly keys?: Readonly<Record<string, Described>>;
  readonly rules?: readonly Rule[];
  readonly items?: readonly Described[];
  readonly matches?: readonly { readonly schema: Described }[];
  readonly patterns?: readonly Pattern[];
  readonly dependencies?: readonly Dependency[];
  readonly allow?: readonly unknown[];
  readonly invalid?: readonly unknown[];
}

interface Pattern {
  readonly regex?: string;
  readonly schema?: Described;
  readonly rule: Described;
}

interface Dependency {
  /** Of relations that begin at one member. */
  readonly key?: string;
  readonly rel: string;
  readonly peers?: readonly string[];
}

type ByName = Readonly<Record<string, (rule: Rule) => JsonSchema>>;

interface Flags {
  readonly presence?: string;
  readonly only?: boolean;
  readonly unknown?: boolean;
  readonly default?: unknown;
  readonly description?: string;
}

const flagsOf = ({ flags }: Described): Flags => flags ?? {};

const limit = ({ args }: Rule): unknown => args?.["limit"];
const nothing = (): JsonSchema => ({});

/** `/^a$/` → `^a$`. JSON Schema knows no flags, except that it always reads Unicode. */
function source(regex: unknown): string {
  const [, text, flags] = /^\/(.*)\/([a-z]*)$/s.exec(String(regex)) ?? [];
  if (text === undefined || !["", "u"].includes(flags ?? "")) {
    throw new Error(`The pattern ${String(regex)} cannot be said in OpenAPI`);
  }
  return text;
}

const stringRules: ByName = {
  min: (rule) => ({ minLength: limit(rule) }),
  max: (rule) => ({ maxLength: limit(rule) }),
  length: (rule) => ({ minLength: limit(rule), maxLength: limit(rule) }),
  pattern: ({ args }) => ({ pattern: source(args?.["regex"]) }),
  uri: ({ args }) => ({
    format: (args?.["options"] as { allowRelative?: boolean } | undefined)?.allowRelative ? "uri-reference" : "uri",
  }),
  email: () => ({ format: "email" }),
  guid: () => ({ format: "uuid" }),
  isoDate: () => ({ format: "date-time" }),
  // checks well-formed Unicode, which JSON text has anyway
  custom: nothing,
  trim: nothing,
};

const numberRules: ByName = {
  integer: () => ({ type: "integer" }),
  min: (rule) => ({ minimum: limit(rule) }),
  max: (rule) => ({ maximum: limit(rule) }),
  greater: (rule) => ({ exclusiveMinimum: limit(rule) }),
  less: (rule) => ({ exclusiveMaximum: limit(rule) }),
  multiple: ({ args }) => ({ multipleOf: args?.["base"] }),
};

const arrayRules: ByName = {
  min: (rule) => ({ minItems: limit(rule) }),
  max: (rule) => ({ maxItems: limit(rule) }),
  length: (rule) => ({ minItems: limit(rule), maxItems: limit(rule) }),
  // by a field of the items, uniqueness cannot be said
  unique: ({ args }) => (args?.["comparator"] === undefined ? { uniqueItems: true } : {}),
};

const objectRules: ByName = {
  min: (rule) => ({ minProperties: limit(rule) }),
  max: (rule) => ({ maxProperties: limit(rule) }),
  // how fields must fit each other has no word in JSON Schema
  custom: nothing,
};

function ruled(described: Described, known: ByName): JsonSchema {
  const parts = (described.rules ?? []).map((rule) => {
    const say = known[rule.name];
    if (!say)
      throw new Error(`Joi's rule "${rule.name}" of a ${described.type ?? "schema"} has no word in OpenAPI yet`);
    return say(rule);
  });
  const patterns = parts.filter(({ pattern }) => pattern !== undefined);
  const rest: JsonSchema = Object.assign({}, ...parts) as JsonSchema;
  return patterns.length > 1 ? { ...rest, allOf: patterns } : rest;
}

const required = (keys: Readonly<Record<string, Described>>): string[] =>
  Object.entries(keys)
    .filter(([, described]) => flagsOf(described).presence === "required")
    .map(([name]) => name);

const relations: Readonly<Record<string, (peers: readonly string[], key: string) => JsonSchema>> = {
  or: (peers) => ({ anyOf: peers.map((name) => ({ required: [name] })) }),
  xor: (peers) => ({ oneOf: peers.map((name) => ({ required: [name] })) }),
  and: (peers) => ({ anyOf: [{ required: peers }, { not: { anyOf: peers.map((name) => ({ required: [name] })) } }] }),
  nand: (peers) => ({ not: { required: peers } }),
  with: (peers, key) => ({ anyOf: [{ not: { required: [key] } }, { required: peers }] }),
};

function related({ rel, peers = [], key = "" }: Dependency): JsonSchema {
  const say = relations[rel];
  if (!say) throw new Error(`Joi's relation "${rel}" has no word in OpenAPI yet`);
  return say(peers, key);
}

function patterned({ regex, schema, rule }: Pattern): [string, JsonSchema] {
  const named = regex ?? schema?.rules?.find(({ name }) => name === "pattern")?.args?.["regex"];
  return [named === undefined ? "" : source(named), convert(rule)];
}

const propertiesOf = (keys: Readonly<Record<string, Described>>): JsonSchema =>
  Object.fromEntries(Object.entries(keys).map(([name, described]) => [name, convert(described)]));

function objectSchema(described: Described): JsonSchema {
  const { keys = {}, patterns = [], dependencies = [] } = described;
  const needed = required(keys);
  return {
    type: "object",
    ...(described.keys ? { properties: propertiesOf(keys) } : {}),
    ...(needed.length > 0 ? { required: needed } : {}),
    ...(patterns.length > 0 ? { patternProperties: Object.fromEntries(patterns.map(patterned)) } : {}),
    ...ruled(described, objectRules),
    ...(dependencies.length > 0 ? { allOf: dependencies.map(related) } : {}),
    additionalProperties: flagsOf(described).unknown === true,
  };
}

function arraySchema(described: Described): JsonSchema {
  const items = (described.items ?? []).map(convert);
  return {
    type: "array",
    ...ruled(described, arrayRules),
    ...(items.length > 0 ? { items: items.length === 1 ? items[0] : { anyOf: items } } : {}),
  };
}

const kinds: Readonly<Record<string, (described: Described) => JsonSchema>> = {
  object: objectSchema,
  array: arraySchema,
  string: (described) => ({ type: "string", ...ruled(described, stringRules) }),
  number: (described) => ({ type: "number", ...ruled(described, numberRules) }),
  boolean: (described) => ({ type: "boolean", ...ruled(described, {}) }),
  alternatives: ({ matches = [] }) => ({ anyOf: matches.map(({ schema }) => convert(schema)) }),
  any: (described) => ruled(described, {}),
};

/** A closed list of values. Null is of no type that the others are of. */
function oneOf(type: unknown, values: readonly unknown[]): JsonSchema {
  const others = values.filter((value) => value !== null);
  if (type === undefined || others.length === values.length) return { type, enum: values };
  return { anyOf: [{ type, enum: others }, { enum: [null] }] };
}

/** `valid(…)` closes the list of values; `allow(…)` adds to what the rest says. */
function withValues(schema: JsonSchema, described: Described): JsonSchema {
  const { allow = [], invalid = [] } = described;
  const forbidden = invalid.length > 0 ? { not: { enum: invalid } } : {};
  if (flagsOf(described).only) return { ...oneOf(schema["type"], allow), ...forbidden };
  const beyond = allow.filter((value) => !(value === "" && schema["type"] === "string" && !schema["minLength"]));
  return beyond.length > 0 ? { anyOf: [{ ...schema, ...forbidden }, { enum: beyond }] } : { ...schema, ...forbidden };
}

function convert(described: Described): JsonSchema {
  const say = kinds[described.type ?? ""];
  if (!say) throw new Error(`Joi's type "${described.type ?? ""}" has no word in OpenAPI yet`);
  const flags = flagsOf(described);
  return {
    ...withValues(say(described), described),
    ...(flags.default === undefined ? {} : { default: flags.default }),
    ...(flags.description === undefined ? {} : { description: flags.description }),
  };
}

/** @throws Error that names the kind, rule or relation for which there is no word yet */
export const jsonSchemaOf = (schema: Schema): JsonSchema => convert(schema.describe());
