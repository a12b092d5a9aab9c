/** Values for params: mostly what their schema asks for, sometimes just not. Everything comes from one seed. */
import * as fc from "fast-check";
import type { Random } from "../../../bin/demo/random";
import type { JsonSchema } from "./conforms";
import { byName, byRoute, idOf, LEFT_OUT, type Pools } from "./hints";

export interface Asked {
  readonly random: Random;
  readonly pools: Pools;
  /** Wire name of the action, and the kind of thing that it is about. */
  readonly route: string;
  readonly kind: string;
  /** Only what is needed. */
  readonly sparse: boolean;
}

const SAMPLES = 40;
const STRING_MAX = 24;
/** Also such as need quoting, or more than one byte or code unit. */
const LETTERS = ["a", "b", "c", " ", "ä", "ß", "東", "😀", "'", '"', "<", ">", "%", "/", "\\"];
const sampled = new Map<string, readonly string[]>();

/** Texts that fit a pattern; worked out once, for they are always the same. */
function fitting(pattern: string): readonly string[] {
  const known =
    sampled.get(pattern) ?? fc.sample(fc.stringMatching(new RegExp(pattern)), { seed: 4, numRuns: SAMPLES });
  sampled.set(pattern, known);
  return known;
}

function textOf(schema: JsonSchema, random: Random): string {
  const {
    pattern,
    format,
    minLength = 0,
    maxLength = STRING_MAX,
  } = schema as {
    pattern?: string;
    format?: string;
    minLength?: number;
    maxLength?: number;
  };
  if (format === "date-time") return new Date(Date.now() - random.whole(1, 1e9)).toISOString();
  if (format !== undefined) return "https://example.org/x";
  if (pattern !== undefined) return random.pick(fitting(pattern)).slice(0, maxLength);
  const length = Math.max(minLength, Math.min(maxLength, random.whole(1, STRING_MAX)));
  return (
    Array.from({ length }, () => random.pick(LETTERS))
      .join("")
      .slice(0, maxLength)
      // a letter of two units may have been cut in two
      .replace(/[\ud800-\udbff]$/, "")
  );
}

const numberOf = ({ minimum = 0, maximum = 1_000 }: { minimum?: number; maximum?: number }, random: Random): number =>
  random.whole(minimum, Math.min(maximum, minimum + 1_000));

type Make = (schema: JsonSchema, asked: Asked) => unknown;

function listOf(schema: JsonSchema, asked: Asked): unknown[] {
  const {
    items = {},
    minItems = 0,
    maxItems = 3,
  } = schema as { items?: JsonSchema; minItems?: number; maxItems?: number };
  const length = asked.random.whole(Math.max(minItems, 1), Math.max(minItems, Math.min(maxItems, 3), 1));
  const made = Array.from({ length }, () => valueOf("", items, asked));
  return [...new Map(made.map((one) => [JSON.stringify(one), one])).values()];
}

/** The names that some of a list of alternatives asks for together. */
function chosenOf(schema: JsonSchema, random: Random): readonly string[] {
  const { allOf = [] } = schema as { allOf?: readonly Record<string, readonly { required?: string[] }[]>[] };
  return allOf.flatMap((part) => {
    const ways = part["anyOf"] ?? part["oneOf"] ?? [];
    return ways.length > 0 ? (random.pick(ways).required ?? []) : [];
  });
}

export function objectOf(schema: JsonSchema, asked: Asked): Record<string, unknown> {
  const { random } = asked;
  const {
    properties = {},
    patternProperties = {},
    required = [],
  } = schema as {
    properties?: Record<string, JsonSchema>;
    patternProperties?: Record<string, JsonSchema>;
    required?: string[];
  };
  const needed = [...required, ...chosenOf(schema, random)];
  const optional = Object.keys(properties).filter((name) => !needed.includes(name) && !LEFT_OUT.includes(name));
  const few = asked.sparse ? [] : random.some(optional, random.whole(0, 3));
  const least = Number(schema["minProperties"] ?? 0) - needed.length - few.length;
  const names = [...needed, ...few, ...optional.filter((name) => !few.includes(name)).slice(0, Math.max(0, least))];
  const own = names.map((name) => [name, valueOf(name, properties[name] ?? {}, asked)]);
  const byPattern = Object.entries(patternProperties).map(([pattern, one]) => [
    pattern.startsWith("^[a-z]{2,3}") ? "en" : pattern === "" ? "x" : random.pick(fitting(pattern)),
    valueOf("", one, asked),
  ]);
  return Object.fromEntries([...own, ...byPattern].filter(([, value]) => value !== undefined)) as Record<
    string,
    unknown
  >;
}

const kinds: Readonly<Record<string, Make>> = {
  object: objectOf,
  array: listOf,
  string: (schema, { random }) => textOf(schema, random),
  number: (schema, { random }) => numberOf(schema, random),
  integer: (schema, { random }) => numberOf(schema, random),
  boolean: (_schema, { random }) => random.chance(0.5),
};

/** Of whose pool a param takes an id: `productId` of `product`, `id` of what the route is about. */
function pooled(name: string, { kind, random, pools }: Asked): string | undefined {
  const [, other] = /^(\w+)Ids?$/.exec(name) ?? [];
  return name === "id" ? idOf(kind, random, pools) : other ? idOf(other, random, pools) : undefined;
}

export function valueOf(name: string, schema: JsonSchema, asked: Asked): unknown {
  const { random, pools, route } = asked;
  const hint = byRoute[route]?.[name] ?? byName[name];
  if (hint) return hint(random, pools);
  return pooled(name, asked) ?? bySchema(name, schema, asked);
}

function bySchema(name: string, schema: JsonSchema, asked: Asked): unknown {
  const { random } = asked;
  const { enum: values, anyOf } = schema as { enum?: unknown[]; anyOf?: JsonSchema[] };
  if (values) return random.pick(values);
  const type = String(schema["type"]);
  return kinds[type]?.(schema, asked) ?? (anyOf && valueOf(name, random.pick(anyOf), asked));
}

const ODD: readonly unknown[] = [
  null,
  -1,
  1e308,
  "",
  "\u0000",
  "../../etc/passwd",
  "__proto__",
  [],
  {},
  "x".repeat(3_000),
  true,
];

/** The params with one of them put out of order, left out, or one too many. */
export function spoiled(params: Record<string, unknown>, random: Random): Record<string, unknown> {
  const names = Object.keys(params);
  const name = names.length > 0 && random.chance(0.8) ? random.pick(names) : "unknown";
  if (random.chance(0.2)) return Object.fromEntries(Object.entries(params).filter(([one]) => one !== name));
  return { ...params, [name]: random.pick(ODD) };
}
