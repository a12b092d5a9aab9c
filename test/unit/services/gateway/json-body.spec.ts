import fc from "fast-check";
import { isRefusal } from "../../../../models/kernel/refusal";
import { DEPTH_MAX, readBody, shapeOf, VALUES_MAX } from "../../../../services/gateway/json-body";

const bytes = (text: string) => new TextEncoder().encode(text);

/** Counted on the value itself, in another way than the guard counts. */
function measured(value: unknown): { depth: number; values: number } {
  if (typeof value !== "object" || value === null) return { depth: 0, values: 1 };
  const parts = Object.values(value).map(measured);
  const depth = 1 + Math.max(0, ...parts.map((part) => part.depth));
  return { depth, values: 1 + parts.reduce((sum, part) => sum + part.values, 0) };
}

describe("the guard", () => {
  test("sees the depth that a value has, and never fewer values, whatever its strings contain", () => {
    const tricky = fc.constantFrom('"', "\\", '\\"', "[[[[", "}}}}", ",,,", '\\\\"[');
    const text = fc.oneof(fc.string(), tricky);
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 6 },
        text,
        fc.integer(),
        fc.array(tie("value"), { maxLength: 4 }),
        fc.dictionary(text, tie("value"), { maxKeys: 4, noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(value, (one) => {
        const seen = shapeOf(JSON.stringify(one));
        const { depth, values } = measured(one);
        expect(seen.depth).toBe(depth);
        expect(seen.values).toBeGreaterThanOrEqual(values);
      }),
    );
  });

  test("stops counting at its limits", () => {
    expect(shapeOf("[".repeat(1_000_000)).depth).toBe(DEPTH_MAX + 1);
    expect(shapeOf(`[${"1,".repeat(500_000)}1]`).values).toBe(VALUES_MAX + 1);
  });

  test("takes what stands exactly at a limit and nothing beyond", () => {
    const nested = (depth: number) => bytes(`{"a":${"[".repeat(depth - 1)}${"]".repeat(depth - 1)}}`);
    expect(readBody(nested(DEPTH_MAX))).toHaveProperty("a");
    expect(() => readBody(nested(DEPTH_MAX + 1))).toThrow(`deeper than ${DEPTH_MAX}`);
  });
});

describe("a body", () => {
  test("comes back as it was sent", () => {
    const object = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }), { noNullPrototype: true });
    fc.assert(
      fc.property(object, (value) => {
        const text = JSON.stringify(value);
        expect(readBody(bytes(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  test("of any bytes is an object or a refusal, never another error", () => {
    const noise = fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.string().map(bytes), fc.json().map(bytes));
    fc.assert(
      fc.property(noise, (sent) => {
        try {
          const value = readBody(sent);
          expect(typeof value === "object" && !Array.isArray(value)).toBe(true);
        } catch (error) {
          expect(isRefusal(error, "BODY_INVALID")).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("that is empty has no fields", () => {
    expect(readBody(new Uint8Array())).toEqual({});
  });
});
