import { asStored, difference } from "../../../../indexers/kernel/difference";

describe("the first difference of two values", () => {
  it.each<[string, unknown, unknown, string]>([
    ["a plain value", 1, 2, ""],
    ["a field", { a: 1, b: 2 }, { a: 1, b: 3 }, "b"],
    ["a field further down", { a: { b: { c: 1 } } }, { a: { b: { c: null } } }, "a.b.c"],
    ["an entry of a list", { a: [1, { b: 2 }] }, { a: [1, { b: 3 }] }, "a.1.b"],
    ["a field that is missing", { a: 1 }, {}, "a"],
    ["a field too many", {}, { a: 1 }, "a"],
    ["a list that is longer", [1], [1, 2], "1"],
    ["a list instead of a map", { a: [] }, { a: {} }, "a"],
    ["null instead of a map", { a: null }, { a: {} }, "a"],
    ["a number instead of its text", { a: 1 }, { a: "1" }, "a"],
  ])("names %s", (_what, expected, found, field) => {
    expect(difference(expected, found)?.field).toBe(field);
    expect(difference(found, expected)?.field).toBe(field);
  });

  it("tells what was expected and what was found", () => {
    expect(difference({ a: { b: 1 } }, { a: { b: [2] } })).toEqual({ field: "a.b", expected: 1, found: [2] });
  });

  it("is none between equals, in whatever order their members stand", () => {
    expect(difference({ a: 1, b: [{ c: null }] }, { b: [{ c: null }], a: 1 })).toBeNull();
  });

  it("passes over members that JSON does not keep", () => {
    expect(difference(asStored({ a: 1, b: undefined }), { a: 1 })).toBeNull();
    expect(asStored(undefined)).toBeUndefined();
  });
});
