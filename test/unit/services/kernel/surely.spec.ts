import fc from "fast-check";
import Joi, { type Schema } from "joi";
import { contracts } from "../../../../models/contracts";
import { surely, UNSURE } from "../../../../services/kernel/surely";
import { wholeOf, type Description } from "../../../../services/kernel/surely-taker";
import { validated } from "../../../../services/kernel/validator";

/** What may come along instead of what was asked for. */
const strange = fc.constantFrom<unknown>(
  ...[
    undefined,
    null,
    "",
    " ",
    "0",
    "12",
    "true",
    "1e3",
    "\u0000",
    "\ud800",
    "2026-02-30T00:00:00.000Z",
    "constructor",
  ],
  ...[0, -0, -1, 1.5, 25, 1e300, Number.NaN, Infinity, true, [], {}, [undefined], [[]], { a: 1 }],
  ...[new Date(0), Object.create(null), new Map(), { __proto__: null, id: "x" }, JSON.parse('{"__proto__":{"a":1}}')],
);

const patternOf = ({ rules = [] }: Description): RegExp | null => {
  const [, source, flags] =
    /^\/(.*)\/([a-z]*)$/s.exec(String(rules.find(({ name }) => name === "pattern")?.args?.["regex"])) ?? [];
  return source === undefined ? null : new RegExp(source, flags);
};

const matching = new Map<string, fc.Arbitrary<unknown>>();

/** Ten of those that match, for making them up takes longer than all else here. */
function matchingOf(pattern: RegExp): fc.Arbitrary<unknown> {
  const found = matching.get(pattern.source) ?? fc.constantFrom(...fc.sample(fc.stringMatching(pattern), 10));
  matching.set(pattern.source, found);
  return found;
}

function stringOf(description: Description): fc.Arbitrary<unknown> {
  const pattern = patternOf(description);
  if (description.rules?.some(({ name }) => name === "isoDate")) {
    return fc.oneof(
      fc.date({ noInvalidDate: true, min: new Date(0) }).map((at) => at.toISOString()),
      fc.constantFrom("2026-01-01", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00+01:00"),
    );
  }
  // what looks ahead cannot be made up
  if (pattern && !pattern.source.includes("(?")) return matchingOf(pattern);
  return fc.oneof(fc.string({ minLength: 1, maxLength: 20 }), fc.string({ unit: "binary", maxLength: 300 }));
}

const NUMBERS = [0, 1, 2, 20, 999, 10_000, Number.MAX_SAFE_INTEGER, 2 ** 53, 0.25];

function right(description: Description, depth: number): fc.Arbitrary<unknown> {
  const { type, allow, flags, items, matches } = wholeOf(description);
  const allowed = allow.length > 0 ? [fc.constantFrom(...allow)] : [];
  if (flags["only"] === true && allow.length > 0) return fc.constantFrom(...allow);
  if (depth > 6) return fc.constant(undefined);
  const below = (part: Description): fc.Arbitrary<unknown> => nearly(part, depth + 1);
  const first = items[0];
  const made: Readonly<Record<string, () => fc.Arbitrary<unknown>>> = {
    string: () => stringOf(description),
    boolean: () => fc.boolean(),
    number: () => fc.oneof(fc.integer({ min: 0, max: 100 }), fc.constantFrom(...NUMBERS)),
    array: () => fc.array(first ? below(first) : strange, { maxLength: 4 }),
    object: () => objectOf(description, below),
    alternatives: () => fc.oneof(...matches.map(({ schema }) => (schema ? below(schema) : strange))),
  };
  return fc.oneof(...allowed, made[type]?.() ?? strange);
}

/** Mostly right, sometimes not at all. */
const nearly = (description: Description, depth = 0): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 40, arbitrary: right(description, depth) }, { weight: 1, arbitrary: strange });

function objectOf({ keys = {}, patterns = [] }: Description, below: (part: Description) => fc.Arbitrary<unknown>) {
  const required = Object.keys(keys).filter((key) => keys[key]?.flags?.["presence"] === "required");
  const listed = fc.record(Object.fromEntries(Object.entries(keys).map(([key, one]) => [key, below(one)])), {
    requiredKeys: required,
  });
  const [pattern] = patterns;
  const names = pattern?.schema ? below(pattern.schema) : fc.constantFrom("a", "x", "other");
  const others = pattern
    ? fc.dictionary(
        names.map((name) => (typeof name === "string" ? name : "x")),
        below(pattern.rule),
        { maxKeys: 3 },
      )
    : fc.oneof({ weight: 30, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: fc.constant({ strange: 1 }) });
  return fc.tuple(others, listed).map(([more, value]) => ({ ...more, ...value }));
}

const joi = (schema: Schema, convert: boolean): Schema => schema.prefs({ abortEarly: false, convert });

/** How many of the values that Joi takes are taken without it. @throws where both differ */
function agree(schema: Schema, convert: boolean, runs: number): { right: number; sure: number } {
  const [take, asked] = [surely(schema, convert), joi(schema, convert)];
  const found = { right: 0, sure: 0 };
  const values = nearly(schema.describe() as Description);
  fc.assert(
    fc.property(values, (value) => {
      const [taken, checked] = [take(value), asked.validate(value) as { error?: Error; value: unknown }];
      if (checked.error === undefined) found.right++;
      if (taken === UNSURE) return;
      found.sure++;
      expect(checked.error).toBeUndefined();
      expect(taken).toEqual(checked.value);
    }),
    { numRuns: runs },
  );
  return found;
}

const actions = contracts.flatMap((contract) => Object.entries(contract.actions));

describe("what is taken without asking Joi", () => {
  it("is what Joi takes, and as Joi gives it, for the params of every action", () => {
    const all = { right: 0, sure: 0 };
    for (const [, { kind, params }] of actions) {
      const { right: taken, sure } = agree(params, kind === "query", 12);
      all.right += taken;
      all.sure += sure;
    }
    expect(all.right).toBeGreaterThan(1_500);
    expect(all.sure / all.right).toBeGreaterThan(0.7);
  });

  const shapes: Readonly<Record<string, Schema>> = {
    "defaults and words": Joi.object({ n: Joi.number().integer().default(20), q: Joi.string().max(5).allow("") }),
    "a single one of a list": Joi.object({ ids: Joi.array().items(Joi.string().max(3)).single().unique().max(2) }),
    "lists of numbers": Joi.array().items(Joi.number().min(1).invalid(2)).min(1),
    "either of them": Joi.alternatives(Joi.number().integer(), Joi.string().max(3), Joi.array().items(Joi.boolean())),
    "names by a pattern": Joi.object({ a: Joi.any() })
      .pattern(Joi.string().pattern(/^[a-c]$/), Joi.number())
      .max(2),
    "one of two": Joi.object({ a: Joi.string(), b: Joi.number() }).xor("a", "b"),
    "at least one": Joi.object({ a: Joi.string(), b: Joi.number().unsafe() }).or("a", "b").unknown(),
    "never both": Joi.object({ a: Joi.string(), b: Joi.number() }).nand("a", "b"),
    "not one without the other": Joi.object({ a: Joi.string(), b: Joi.number() }).with("a", "b").with("b", "a"),
    "each name once": Joi.array()
      .items(Joi.object({ name: Joi.string().valid("a", "b", "c") }))
      .unique("name"),
    "as somebody compares them": Joi.array()
      .items(Joi.number())
      .unique((one: number, other: number) => Object.is(one, other)),
    "one at least": Joi.array().items(Joi.string().max(3).required()).max(2),
    moments: Joi.object({ at: Joi.string().isoDate().required(), on: Joi.boolean() }),
    "what is not known here": Joi.object({
      mail: Joi.string().email({ tlds: { allow: ["com"] } }),
      n: Joi.number().multiple(3),
    }),
    "a reference": Joi.object({ from: Joi.number(), to: Joi.number().min(Joi.ref("from")) }),
    "a rule that changes": Joi.object({ a: Joi.string().custom((text: string) => text.toUpperCase()) }),
    "a rule that asks": Joi.object({
      a: Joi.string().custom((text: string, { state }) => `${String(state.path?.[0])}${text}`),
    }),
  };
  it.each(Object.entries(shapes))("agrees with Joi on %s", (_name, schema) => {
    for (const convert of [false, true]) agree(schema, convert, 400);
  });

  const sent = [
    "a@b.de",
    "a.b@c-d.example.com",
    "A1+x@b.info",
    "a@b",
    "a..b@c.de",
    "a@-b.de",
    "ä@b.de",
    "a@b.de\n",
    "@b.de",
  ];
  const places = [
    "https://a.de",
    "http://a-b.de/x/y.svg",
    "/x.svg",
    "ftp://a.de",
    "https://a b.de",
    "https://a.de//",
    "a",
  ];
  const packed = ["YQ==", "YWI=", "YWJj", "YQ", "Y", "YQ=", "YW Jj", "_-_-", "YQ==YQ=="];
  it.each<[string, Schema, readonly string[]]>([
    ["addresses", Joi.string().email({ tlds: { allow: false } }), sent],
    ["addresses of any country", Joi.string().email({ tlds: false }), sent],
    ["links", Joi.string().uri({ scheme: ["http", "https"], allowRelative: true }), places],
    ["links to other places", Joi.string().uri({ scheme: ["http", "https"] }), places],
    ["bytes", Joi.string().base64(), packed],
  ])("agrees with Joi on %s", (_name, schema, texts) => {
    const take = surely(schema, false);
    const sure = texts.filter((text) => take(text) !== UNSURE);
    expect(sure.length).toBeGreaterThan(1);
    for (const text of sure) expect(joi(schema, false).validate(text).error).toBeUndefined();
  });

  it("leaves what is wrong to Joi, which names the field", () => {
    const schema = Joi.object({ name: Joi.string().max(3).required() });
    expect(surely(schema, false)({ name: "long" })).toBe(UNSURE);
    expect(() => void validated(schema, { name: "long", more: 1 }, false)).toThrow(/"name".*"more"/s);
  });

  it("gives the very thing that it was given where nothing is to be changed", () => {
    const schema = Joi.object({ ids: Joi.array().items(Joi.string()), n: Joi.number().default(2) });
    const given = { ids: ["a"], n: 1 };
    expect(surely(schema, true)(given)).toBe(given);
    expect(surely(schema, true)({ ids: [], n: "7" })).toEqual({ ids: [], n: 7 });
  });
});
