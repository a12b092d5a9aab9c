import * as fc from "fast-check";
import { derivedId, ID_PATTERN, paramsHash, randomId } from "../../../../models/kernel/ids";

describe("ids", () => {
  it("are 128 random bits that fit anywhere", () => {
    const ids = Array.from({ length: 2_000 }, randomId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(ID_PATTERN);
    expect(new Set(ids.map((id) => id.length))).toEqual(new Set([26]));
    // their first characters spread over the whole alphabet: no order by time
    expect(new Set(ids.map((id) => id.charAt(0))).size).toBe(32);
  });

  it("are derived: the same parts, the same id", () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (parts) => {
        expect(derivedId(...parts)).toBe(derivedId(...parts));
        expect(derivedId(...parts)).toMatch(ID_PATTERN);
      }),
    );
  });

  it("do not mix up where one part ends and the next begins", () => {
    const ids = [["ab", "c"], ["a", "bc"], ["abc"], ["abc", ""], ["", "abc"], ["1:a", ""], ["", "1:a"]];
    expect(new Set(ids.map((parts) => derivedId(...parts))).size).toBe(ids.length);
  });

  it("of params ignore the order of keys, and nothing else", () => {
    expect(paramsHash({ a: 1, b: [2] })).toBe(paramsHash({ b: [2], a: 1 }));
    expect(paramsHash({ a: 1, b: [2] })).not.toBe(paramsHash({ a: 1, b: [3] }));
    expect(paramsHash({})).toMatch(/^[0-9a-f]{64}$/);
  });
});
