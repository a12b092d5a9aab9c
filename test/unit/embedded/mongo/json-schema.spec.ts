import { Decimal128, Double, Int32, Long, ObjectId, serialize } from "bson";
import { patternOf } from "../../../../embedded/mongo/pattern";
import { validateOf } from "../../../../embedded/mongo/validator";

type Doc = Record<string, unknown>;
const withCode = (code: number): Error => expect.objectContaining({ code }) as Error;
const checkOf = ($jsonSchema: Doc) => validateOf({ validator: { $jsonSchema } });
const allows = (schema: Doc, doc: Doc): boolean => {
  try {
    checkOf(schema)?.(Buffer.from(serialize(doc)));
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: 121 });
    return false;
  }
};
const field = (schema: Doc, value: unknown): boolean => allows({ properties: { a: schema } }, { a: value });

describe("a $jsonSchema", () => {
  it("tells the kinds of numbers apart", () => {
    expect(field({ bsonType: "int" }, new Int32(1))).toBe(true);
    expect(field({ bsonType: "int" }, new Double(1))).toBe(false);
    expect(field({ bsonType: "int" }, Long.fromNumber(1))).toBe(false);
    expect(field({ bsonType: ["long", "decimal"] }, Long.fromNumber(1))).toBe(true);
    for (const value of [new Int32(1), new Double(1), Long.fromNumber(1), Decimal128.fromString("1")]) {
      expect(field({ bsonType: "number" }, value)).toBe(true);
    }
    expect(field({ bsonType: "number" }, "1")).toBe(false);
    expect(field({ bsonType: "objectId" }, new ObjectId())).toBe(true);
  });

  it("asks for names that are required, and lets other kinds pass", () => {
    const schema = { required: ["a", "ä"] };
    expect(allows(schema, { a: null, ä: 1 })).toBe(true);
    expect(allows(schema, { a: 1 })).toBe(false);
    expect(field({ required: ["x"] }, "text")).toBe(true);
    expect(field({ required: ["x"] }, { y: 1 })).toBe(false);
  });

  it("knows names that no document has", () => {
    expect(allows({ required: ["toString"] }, {})).toBe(false);
    expect(allows({ properties: { constructor: { bsonType: "int" } } }, { a: 1 })).toBe(true);
  });

  it("keeps numbers within limits, open or closed", () => {
    expect([4, 5, 6].map((value) => field({ minimum: 5 }, value))).toEqual([false, true, true]);
    expect([4, 5, 6].map((value) => field({ minimum: 5, exclusiveMinimum: true }, value))).toEqual([
      false,
      false,
      true,
    ]);
    expect([4, 5, 6].map((value) => field({ maximum: 5 }, value))).toEqual([true, true, false]);
    expect([4, 5].map((value) => field({ maximum: 5, exclusiveMaximum: true }, value))).toEqual([true, false]);
    expect(field({ minimum: 5 }, "a")).toBe(true);
    expect(field({ maximum: 5 }, NaN)).toBe(false);
    expect(field({ maximum: 1 }, Decimal128.fromString("1.0000000000000000000001"))).toBe(false);
  });

  it("counts code points", () => {
    expect([field({ maxLength: 1 }, "😀"), field({ minLength: 2 }, "😀"), field({ maxLength: 1 }, "\n\n")]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("takes one of a list", () => {
    const schema = { enum: ["x", 1, null] };
    expect(["x", new Double(1), null, "y", 2, ["x"], {}].map((value) => field(schema, value))).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  it("looks into arrays and nested objects", () => {
    const schema = { items: { bsonType: "object", required: ["sku"], properties: { qty: { minimum: 1 } } } };
    expect(field(schema, [{ sku: "a", qty: 1 }])).toBe(true);
    expect(field(schema, [])).toBe(true);
    expect(field(schema, [{ sku: "a", qty: 0 }])).toBe(false);
    expect(field(schema, ["a"])).toBe(false);
  });

  it("lets no other field in, or only of a kind", () => {
    const named = { properties: { _id: {}, a: {} } };
    expect(allows({ ...named, additionalProperties: false }, { _id: 1, a: 1 })).toBe(true);
    expect(allows({ ...named, additionalProperties: false }, { _id: 1, b: 1 })).toBe(false);
    expect(allows({ ...named, additionalProperties: { bsonType: "string" } }, { b: "x" })).toBe(true);
    expect(allows({ ...named, additionalProperties: { bsonType: "string" } }, { b: 1 })).toBe(false);
  });

  it.each([
    { patternProperties: {} },
    { anyOf: [] },
    { properties: { a: { uniqueItems: true } } },
    { items: [{}] },
    { enum: [{ a: 1 }] },
    { pattern: "\\p{L}" },
  ])("with what is not checked here is refused: %j", (schema) => {
    expect(() => checkOf(schema)).toThrow(withCode(115));
  });

  it.each([{ required: [] }, { required: "a" }, { minimum: "1" }, { minLength: -1 }, { enum: [] }, { pattern: 1 }])(
    "that is wrong is told: %j",
    (schema) => {
      expect(() => checkOf(schema)).toThrow(withCode(9));
    },
  );
});

describe("a pattern", () => {
  it.each([
    ["^a.c$", "abc", true],
    ["^a.c$", "abc\n", true],
    ["^a.c$", "a\nc", false],
    ["^a.c$", "a\rc", true],
    ["b", "abc", true],
    ["^[a-z.$]+$", "a.$", true],
    ["(?:[.]x)", "ax", false],
    ["^\\d{2}-\\w+$", "12-ab", true],
  ])("%j on %j: %s", (source, text, expected) => {
    expect(patternOf(source).test(text)).toBe(expected);
  });

  it.each(["\\s", "(a)\\1", "[[:alpha:]]", "[]a]", "(?i)a", "a++", "(", "\\Qa\\E", "x".repeat(1001)])(
    "%s is refused",
    (source) => {
      expect(() => patternOf(source)).toThrow(withCode(115));
    },
  );
});
