import fc from "fast-check";
import { isRefusal } from "../../../../models/kernel/refusal";
import { checkText, merged, queryText, readQuery } from "../../../../services/gateway/params";

const faultsOf = (act: () => unknown): unknown => {
  try {
    act();
    return undefined;
  } catch (error) {
    return isRefusal(error, "VALIDATION_FAILED") ? error.data["faults"] : error;
  }
};

describe("a query string", () => {
  test("gives back what URLSearchParams wrote: one value as text, several as a list", () => {
    const name = fc.stringMatching(/^[a-z]{1,3}$/);
    const value = fc.string({ unit: "grapheme", maxLength: 10 });
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value), { maxLength: 20 }), (pairs) => {
        const text = new URLSearchParams(pairs).toString();
        const found = readQuery(text);
        for (const [key] of pairs) {
          const values = pairs.filter(([other]) => other === key).map(([, one]) => one);
          expect(found[key]).toEqual(values.length === 1 ? values[0] : values);
        }
        expect(Object.keys(found)).toHaveLength(new Set(pairs.map(([key]) => key)).size);
      }),
    );
  });

  test("of any text is read or refused, never another error", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 100 }), (text) => {
        try {
          readQuery(text);
        } catch (error) {
          expect(isRefusal(error)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("bears odd but harmless forms", () => {
    expect(readQuery("")).toEqual({});
    expect(readQuery("&&a=1&&")).toEqual({ a: "1" });
    expect(readQuery("a&b=&c=x=y&d=1+1%2B1")).toEqual({ a: "", b: "", c: "x=y", d: "1 1+1" });
    expect(readQuery("toString=1&valueOf=2")).toEqual({ toString: "1", valueOf: "2" });
    expect(queryText("/a?b=c?d")).toBe("b=c?d");
    expect(queryText("/a")).toBe("");
  });
});

test("path and body become one, unless they contradict each other", () => {
  expect(merged({ id: "a" }, { brand: "x" })).toEqual({ id: "a", brand: "x" });
  expect(merged({ id: "a" }, { id: "a" })).toEqual({ id: "a" });
  expect(faultsOf(() => merged({ id: "a" }, { id: "b" }))).toMatchObject([{ field: "id" }]);
  expect(faultsOf(() => merged({ id: "a" }, { id: ["a"] }))).toMatchObject([{ field: "id" }]);
});

test("a NUL or half a character is found wherever it stands, and its place is named", () => {
  expect(faultsOf(() => checkText({ a: [{ b: "x" }, { b: "\u0000" }] }))).toMatchObject([{ field: "a[1].b" }]);
  expect(faultsOf(() => checkText({ a: "\udc00" }))).toMatchObject([{ field: "a" }]);
  expect(faultsOf(() => checkText({ a: { "b\ud800": 1 } }))).toMatchObject([{ field: "b\\ud800" }]);
  expect(faultsOf(() => checkText(JSON.parse('{"a":{"__proto__":1}}')))).toMatchObject([{ field: "__proto__" }]);
  expect(faultsOf(() => checkText({ a: "💡 ok", b: [1, null, true] }))).toBeUndefined();
});
