import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import { canonical } from "../../../../models/kernel/canonical";

/** The double with these 16 hex digits, as in appendix B of RFC 8785. */
const double = (hex: string): number => Buffer.from(hex, "hex").readDoubleBE(0);

describe("canonical JSON (RFC 8785)", () => {
  it("writes the sample of section 3.2.2", () => {
    const sample: unknown = JSON.parse(
      String.raw`{
        "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
        "literals": [null, true, false]
      }`,
    );
    expect(canonical(sample)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it("sorts by UTF-16 code units, as section 3.2.3 does", () => {
    const keys = ["\u20ac", "\r", "\ufb33", "1", "\ud83d\ude00", "\u0080", "\u00f6"];
    const sorted = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\ud83d\ude00", "\ufb33"];
    const text = canonical(Object.fromEntries(keys.map((key) => [key, 0])));
    expect(Object.keys(JSON.parse(text) as object).filter((key) => key !== "1")).toEqual(
      sorted.filter((key) => key !== "1"),
    );
    expect(text.indexOf('"1"')).toBe(text.indexOf("\u0080") - '"1":0,"'.length);
  });

  it.each([
    ["0000000000000000", "0"],
    ["8000000000000000", "0"],
    ["0000000000000001", "5e-324"],
    ["8000000000000001", "-5e-324"],
    ["7fefffffffffffff", "1.7976931348623157e+308"],
    ["ffefffffffffffff", "-1.7976931348623157e+308"],
    ["4340000000000000", "9007199254740992"],
    ["c340000000000000", "-9007199254740992"],
    ["4430000000000000", "295147905179352830000"],
    ["44b52d02c7e14af5", "9.999999999999997e+22"],
    ["44b52d02c7e14af6", "1e+23"],
    ["44b52d02c7e14af7", "1.0000000000000001e+23"],
    ["444b1ae4d6e2ef4e", "999999999999999700000"],
    ["444b1ae4d6e2ef4f", "999999999999999900000"],
    ["444b1ae4d6e2ef50", "1e+21"],
    ["3eb0c6f7a0b5ed8c", "9.999999999999997e-7"],
    ["3eb0c6f7a0b5ed8d", "0.000001"],
    ["41b3de4355555553", "333333333.3333332"],
    ["41b3de4355555557", "333333333.33333343"],
    ["becbf647612f3696", "-0.0000033333333333333333"],
    ["43143ff3c1cb0959", "1424953923781206.2"],
  ])("writes the double %s as %s", (hex, text) => {
    expect(canonical(double(hex))).toBe(text);
  });

  it.each([
    [NaN, "not a JSON number"],
    [Infinity, "not a JSON number"],
    [undefined, "not a JSON value"],
    [1n, "not a JSON value"],
    [() => 1, "not a JSON value"],
    [new Date(0), "not a plain object"],
    [new Map(), "not a plain object"],
  ])("refuses %p", (value, message) => {
    expect(() => canonical(value)).toThrow(message);
  });

  it("refuses what is nested without end", () => {
    const endless: unknown[] = [];
    endless.push(endless);
    expect(() => canonical(endless)).toThrow("deeper than 64");
  });

  it("leaves out undefined members, as JSON does", () => {
    expect(canonical({ b: undefined, a: [undefined] })).toBe('{"a":[null]}');
  });

  it("is the same whatever the order of keys, and reads back as the value", () => {
    const shuffled = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(shuffled);
      if (typeof value !== "object" || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, member]) => [key, shuffled(member)]),
      );
    };
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (any) => {
        const value = JSON.parse(JSON.stringify(any)) as unknown;
        expect(canonical(shuffled(value))).toBe(canonical(value));
        expect(JSON.parse(canonical(value))).toEqual(value);
      }),
    );
  });

  it("differs for different values", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        const [x, y] = [a, b].map((value) => JSON.parse(JSON.stringify(value)) as unknown);
        expect(canonical(x) === canonical(y)).toBe(isDeepStrictEqual(x, y));
      }),
    );
  });
});
