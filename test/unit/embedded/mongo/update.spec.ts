import { deserialize, Double, Long, serialize } from "bson";
import { change, type Update } from "../../../../embedded/mongo/update";

type Doc = Record<string, unknown>;

const given = (doc: Doc): Buffer => Buffer.from(serialize(doc));
const update = (spec: Doc | Doc[], filter: Doc = {}): Update => ({
  spec,
  filter,
  replacement: undefined,
  arrayFilters: [],
  fold: undefined,
});
const after = (doc: Doc, spec: Doc | Doc[], filter?: Doc): Doc | undefined => {
  const changed = change(given(doc), update(spec, filter));
  return changed && deserialize(changed.bytes);
};
const withCode = (code: number): Error => expect.objectContaining({ code }) as Error;

describe("an update", () => {
  it("of a field at the top keeps the other bytes, and tells which field", () => {
    const before = given({ _id: 1, n: new Double(1), published: false, long: Long.fromNumber(7) });
    const changed = change(before, update({ $set: { published: true } }));
    expect(changed?.touched).toEqual(new Set(["published"]));
    expect(deserialize(changed?.bytes ?? before, { promoteValues: false })).toMatchObject({
      n: new Double(1),
      long: Long.fromNumber(7),
      published: true,
    });
  });

  it("that changes nothing is told as such", () => {
    expect(after({ _id: 1, a: 1 }, { $set: { a: 1 } })).toBeUndefined();
    expect(after({ _id: 1, a: { b: 1 } }, { $set: { "a.b": 1 } })).toBeUndefined();
  });

  it("writes nested paths, in objects and arrays", () => {
    expect(after({ _id: 1, l: [1, 2] }, { $set: { "a.b.c": 1, "l.1": 5 } })).toEqual({
      _id: 1,
      l: [1, 5],
      a: { b: { c: 1 } },
    });
  });

  it("refuses arithmetic that would not be exact", () => {
    expect(() => after({ _id: 1, n: "x" }, { $inc: { n: 1 } })).toThrow(withCode(14));
    expect(() => after({ _id: 1, n: Long.fromNumber(1) }, { $inc: { n: 1 } })).toThrow(withCode(115));
    expect(() => after({ _id: 1, n: Number.MAX_SAFE_INTEGER }, { $inc: { n: 1 } })).toThrow(withCode(115));
    expect(() => after({ _id: 1, n: null }, { $inc: { n: 1 } })).toThrow(withCode(14));
  });

  it("refuses what mongod refuses", () => {
    expect(() => after({ _id: 1, a: 5 }, { $set: { "a.b": 1 } })).toThrow(withCode(28));
    expect(() => after({ _id: 1 }, { $set: { _id: 2 } })).toThrow(withCode(66));
    expect(() => after({ _id: 1 }, { $set: { "a.b": 1 }, $inc: { a: 1 } })).toThrow(withCode(40));
    expect(() => after({ _id: 1, a: 1 }, { $push: { a: 1 } })).toThrow(withCode(2));
    expect(() => after({ _id: 1 }, { $nonsense: { a: 1 } })).toThrow(withCode(9));
  });

  it("changes items of arrays", () => {
    const doc = { _id: 1, l: [{ k: 1 }, { k: 2 }], t: ["a"] };
    expect(after(doc, { $push: { t: "b" } })).toMatchObject({ t: ["a", "b"] });
    expect(after(doc, { $set: { "l.$.v": 1 } }, { "l.k": 2 })).toMatchObject({ l: [{ k: 1 }, { k: 2, v: 1 }] });
    expect(after(doc, { $addToSet: { t: "a" } })).toBeUndefined();
  });
});
