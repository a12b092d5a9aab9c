import { conditionsOf } from "../../../../embedded/mongo/conditions";
import { indexOf, tableIndex } from "../../../../embedded/mongo/index-definition";
import { plan, type Plan } from "../../../../embedded/mongo/plan";
import { sortOf } from "../../../../embedded/mongo/sort";

type Doc = Record<string, unknown>;

const history = [
  tableIndex(1),
  indexOf({ key: { aggregateId: 1, "command.id": 1 }, name: "command", unique: true }, 2),
  indexOf({ key: { aggregateId: 1, version: 1 }, name: "version", unique: true }, 3),
  indexOf({ key: { hlc: 1 }, name: "outbox", partialFilterExpression: { published: false } }, 4),
  indexOf({ key: { kind: 1, at: -1 }, name: "mixed" }, 5),
];

const ask = (filter: Doc, sort: Doc = {}): Plan =>
  plan(history, { conditions: conditionsOf(filter), sort: sortOf(sort), collation: "" });

describe("the planner", () => {
  it("reads the newest row of an aggregate backwards, without looking at the others", () => {
    const { index, backwards, exact, sorted, ranges } = ask({ aggregateId: "a" }, { version: -1 });
    expect([index.name, backwards, exact, sorted, ranges.length]).toEqual(["version", true, true, true, 1]);
  });

  it("takes an equality and a range on the next field", () => {
    const { index, exact } = ask({ aggregateId: "a", version: { $gt: 2, $lte: 5 } });
    expect([index.name, exact]).toEqual(["version", true]);
  });

  it("finds the outbox in its partial index, in order", () => {
    const { index, exact, sorted } = ask({ published: false }, { hlc: 1 });
    expect([index.name, exact, sorted]).toEqual(["outbox", true, true]);
  });

  it("leaves a partial index alone when the filter asks for more than it holds", () => {
    expect(ask({ hlc: { $gt: "x" } }, { hlc: 1 }).index.name).toBe("_id_");
    expect(ask({ hlc: { $gt: "x" }, published: true }).index.name).toBe("_id_");
  });

  it("looks documents up by many _ids as points", () => {
    const { ranges, points, exact } = ask({ _id: { $in: ["c", "a", "b", "a"] } });
    expect([ranges.length, points, exact]).toEqual([3, true, true]);
  });

  it("pages by _id in order", () => {
    const { index, sorted, exact } = ask({ _id: { $gt: "x" } }, { _id: 1 });
    expect([index.name, sorted, exact]).toEqual(["_id_", true, true]);
  });

  it("reads mixed directions both ways, and no other", () => {
    expect(ask({}, { kind: 1, at: -1 })).toMatchObject({ sorted: true, backwards: false, index: { name: "mixed" } });
    expect(ask({}, { kind: -1, at: 1 })).toMatchObject({ sorted: true, backwards: true, index: { name: "mixed" } });
    expect(ask({ kind: "x" }, { at: 1 })).toMatchObject({ sorted: true, backwards: true, index: { name: "mixed" } });
    expect(ask({}, { kind: 1, at: 1 }).sorted).toBe(false);
  });

  it("does not trust an order when several points are read", () => {
    expect(ask({ aggregateId: { $in: ["a", "b"] } }, { version: 1 }).sorted).toBe(false);
  });

  it("tests documents again for what the keys do not promise", () => {
    expect(ask({ aggregateId: "a", other: 1 }).exact).toBe(false);
    expect(ask({ aggregateId: /a/ }).exact).toBe(false);
    expect(ask({ aggregateId: "a", version: { $ne: 1 } }).exact).toBe(false);
    expect(ask({ aggregateId: "a", version: { $gt: 1, $gte: 2 } }).exact).toBe(false);
  });

  it("uses one end of a range only, once an index has seen arrays", () => {
    const tags = { ...indexOf({ key: { tags: 1 }, name: "tags" }, 6), multikey: true };
    const found = plan([tableIndex(1), tags], {
      conditions: conditionsOf({ tags: { $gt: 1, $lt: 5 } }),
      sort: sortOf({ tags: 1 }),
      collation: "",
    });
    expect(found).toMatchObject({ index: { name: "tags" }, exact: false, sorted: false });
  });
});
